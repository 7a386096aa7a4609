package org.warpgrade.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Buffers;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CompileRejected;
import org.warpgrade.gpu.Counters;
import org.warpgrade.gpu.Counting;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.LaunchCounters;
import org.warpgrade.gpu.LaunchRecord;
import org.warpgrade.gpu.LineCounters;
import org.warpgrade.gpu.Metric;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunLimits;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.RunTrace;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.compile.CompileRequest;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.reports.Inert;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code warpgrade run}: the runner without a course. */
@Command(
        description = "Run an entry of any CUDA file on a device with given buffers.",
        footer = {
            "",
            "Arguments, in the order of the entry's parameters, each as --arg [NAME=]SPEC:",
            "  i32:4  f32:1.5  f64:2  u8:1         a value",
            "  buf:f32:2x3=FILL                    a buffer that the entry reads",
            "  inout:f32:16=FILL                   a buffer that it reads and writes",
            "  out:f32:16                          a buffer that it writes",
            "  null                                a null pointer",
            "FILL: iota, zeros, ones, random, a list 1,2.5,-3 or @FILE with little-endian bytes.",
            "",
            "Example: warpgrade run saxpy.cu --entry saxpy --arg i32:8 --arg f32:2 --arg x=buf:f32:8 --arg"
                    + " y=inout:f32:8=ones"
        })
final class RunCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "A CUDA C++ file.")
    private Path file = Path.of("");

    @Option(
            names = "--entry",
            required = true,
            paramLabel = "NAME",
            description = "The host function to call, or a kernel.")
    private String entry = "";

    @Option(names = "--arg", paramLabel = "SPEC", description = "An argument; see below.")
    private List<String> arguments = new ArrayList<>();

    @Option(names = "--show", paramLabel = "N", description = "Values to print of each output; default: 16.")
    private int show = 16;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Deadline of the run; default: 10.")
    private int timeout = 10;

    @Option(
            names = "--counters",
            description =
                    "Count every memory access and instruction and print what each launch does, by kernel and line.")
    private boolean counters;

    @Option(names = "--no-sanitize", description = "Do not watch for races and unwritten memory: several times faster.")
    private boolean unwatched;

    @Option(names = "--trace-nan", description = "Tell which line made the NaNs and infinities of the outputs; slow.")
    private boolean traceNan;

    @Mixin
    private DeviceOption deviceOption = new DeviceOption();

    RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        List<Argument> values = new ArrayList<>();
        List<DeviceBuffer> outputs = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            ArgumentSpec spec = ArgumentSpec.parse(arguments.get(i), i);
            values.add(spec.argument());
            spec.buffer().filter(b -> b.access() != DeviceBuffer.Access.IN).ifPresent(outputs::add);
        }
        CudaSource source = new CudaSource(file.getFileName().toString(), Files.readString(file));
        try (Device device = deviceOption.openAlone();
                NvrtcCompiler nvrtc = NvrtcCompiler.ofUser(new ConsoleProgress(terminal, false))) {
            return switch (nvrtc.compile(CompileRequest.of(source))) {
                case CompileRejected rejected -> rejected(rejected).code();
                case Program program -> {
                    RunSettings settings = RunSettings.defaults()
                            .withSanitize(!unwatched)
                            .withTraceNan(traceNan)
                            .withLimits(RunLimits.defaults().withDeadline(Duration.ofSeconds(timeout)))
                            .withCounters(counters ? Counting.full() : Counting.none());
                    yield tell(device.run(program, new Call(symbol(program), values), settings), outputs)
                            .code();
                }
            };
        }
    }

    private ExitStatus rejected(CompileRejected rejected) {
        if (!rejected.log().isBlank()) {
            terminal.err().println(Inert.text(rejected.log().strip()));
        } else {
            rejected.diagnostics()
                    .forEach(d -> terminal.err().println((d.at() == null ? "" : d.at() + ": ") + d.message()));
        }
        return ExitStatus.NOT_FULL_MARKS;
    }

    /** The entry's PTX name: its own with C linkage, else the only C++ name that holds it. */
    private String symbol(Program program) {
        List<String> names = new ArrayList<>();
        Matcher matcher = Pattern.compile(
                        "(?m)^\\s*(?:\\.(?:visible|weak)\\s+)*\\.(?:func|entry)\\s+(?:\\([^)]*\\)\\s*)?" + "([\\w$]+)")
                .matcher(program.ptx());
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        if (names.contains(entry)) {
            return entry;
        }
        String mangled = "_Z" + entry.length() + entry;
        List<String> fitting =
                names.stream().filter(n -> n.startsWith(mangled)).distinct().toList();
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        throw new UsageException(
                fitting.isEmpty()
                        ? file + " defines no function '" + entry + "'."
                        : file + " overloads '" + entry + "'; name one of " + String.join(", ", fitting) + ".");
    }

    private ExitStatus tell(RunOutcome outcome, List<DeviceBuffer> outputs) {
        tell(outcome.trace());
        return switch (outcome) {
            case RunOutcome.Completed completed -> {
                Buffers buffers = completed.buffers();
                outputs.forEach(o -> terminal.out().println(BufferText.of(o, buffers.bytes(o), show)));
                boolean clean = completed.trace().findings().stream().noneMatch(f -> f.severity() == Severity.ERROR);
                yield clean ? ExitStatus.OK : ExitStatus.NOT_FULL_MARKS;
            }
            case RunOutcome.Faulted faulted -> ended(faulted.fault(), faulted.trace());
            case RunOutcome.TimedOut late -> ended(late.where(), late.trace());
            case RunOutcome.NoSuchEntry missing -> {
                terminal.err().println("warpgrade: " + missing.message());
                yield ExitStatus.USAGE;
            }
            case RunOutcome.Unsupported unsupported -> {
                String place = unsupported.at() == null ? "" : unsupported.at() + ": ";
                terminal.err().println("warpgrade: " + place + unsupported.message());
                yield ExitStatus.HARNESS;
            }
            case RunOutcome.DeviceLost lost -> {
                terminal.err().println("warpgrade: " + lost.message());
                yield ExitStatus.HARNESS;
            }
        };
    }

    private ExitStatus ended(Finding finding, RunTrace trace) {
        if (!trace.findings().contains(finding)) {
            terminal.err().println(line(finding));
        }
        return ExitStatus.NOT_FULL_MARKS;
    }

    private void tell(RunTrace trace) {
        if (!trace.printed().isEmpty()) {
            terminal.out().println(Inert.text(trace.printed().stripTrailing()));
        }
        for (LaunchRecord launch : trace.launches()) {
            terminal.err()
                    .println(String.format(
                            Locale.ROOT,
                            "launch %s<<<%s, %s, %d>>> %,d instructions, %.2f ms",
                            launch.displayName(),
                            launch.grid(),
                            launch.block(),
                            launch.dynamicSharedBytes(),
                            launch.threadInstructions(),
                            launch.nanos() / 1e6));
            if (launch.counters() != null) {
                tell(launch.counters());
            }
        }
        trace.findings().forEach(finding -> terminal.err().println(line(finding)));
    }

    private void tell(LaunchCounters counted) {
        counted.total()
                .metrics()
                .forEach((name, value) -> terminal.err().println("  " + name + " " + BenchLines.number(value)));
        for (LineCounters line : counted.lines()) {
            Counters c = line.counters();
            terminal.err()
                    .println(String.format(
                            Locale.ROOT,
                            "  line %d: %s warp instructions, %.2f active lanes",
                            line.line(),
                            BenchLines.number(c.get(Metric.INSTRUCTIONS)),
                            c.get(Metric.ACTIVE_LANES)));
        }
    }

    private static String line(Finding f) {
        StringBuilder text = new StringBuilder();
        if (f.at() != null) {
            text.append(f.at()).append(": ");
        }
        text.append(f.severity().name().toLowerCase(Locale.ROOT))
                .append(": ")
                .append(f.kind().id())
                .append(": ");
        text.append(Inert.text(f.message()));
        if (f.block() != null && f.thread() != null) {
            text.append(" (block ")
                    .append(f.block())
                    .append(", thread ")
                    .append(f.thread())
                    .append(')');
        }
        return text.toString();
    }
}
