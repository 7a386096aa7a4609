package org.warpgrade.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.CatalogException;
import org.warpgrade.engine.Gate;
import org.warpgrade.engine.GateRow;
import org.warpgrade.engine.Grading;
import org.warpgrade.engine.IntakeException;
import org.warpgrade.engine.LadderTiming;
import org.warpgrade.engine.NvrtcSubmissions;
import org.warpgrade.engine.runner.ChecksFinder;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.cpu.CpuDevice;
import org.warpgrade.gpu.timing.Measurement;
import org.warpgrade.gpu.timing.PeakMeter;
import org.warpgrade.gpu.timing.Peaks;
import org.warpgrade.gpu.timing.Plan;
import org.warpgrade.gpu.worker.WatchedDevice;
import org.warpgrade.gpu.worker.WorkerDevice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code warpgrade gpu-checks}: everything that can only be known on a GPU, as rows for {@code MEASURED.md}. */
@Command(description = "On a machine with a GPU: check the cuda device against the cpu device and measure; writes Markdown rows.")
final class GpuChecksCommand implements Callable<Integer> {

    /** A rung is timed against the first one for at most this long; all ladders then take about four minutes. */
    private static final Plan RUNG = new Plan(1, 8, 60, 0.02, Duration.ofSeconds(6));

    private final Terminal terminal;
    private final List<String> rows = new ArrayList<>();
    private boolean good = true;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the rows go; default: gpu-checks.md.")
    private Path out = Path.of("gpu-checks.md");

    @Option(names = "--minutes", paramLabel = "N", description = "What is not begun by then is left out and told; default: 9.")
    private int minutes = 9;

    @Mixin
    private DeviceOption deviceOption = new DeviceOption();

    private long end;

    GpuChecksCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CatalogException {
        end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
        Path home = Path.of(System.getProperty("warpgrade.home", "."));
        Catalog catalog = Catalog.ofHome();
        try (Device opened = deviceOption.openAlone();
                NvrtcCompiler nvrtc = NvrtcCompiler.ofUser(new ConsoleProgress(terminal, false))) {
            if (!(opened instanceof WorkerDevice gpu)) {
                throw new DeviceUnavailableException("gpu-checks needs an NVIDIA GPU, and this machine has none that can be used.");
            }
            row("GPU", gpu.name() + ", driver for CUDA " + gpu.driverVersion() / 1000 + "." + gpu.driverVersion() % 1000 / 10);
            row("date", LocalDate.now().toString());
            row("state before", gpu.state().toString());
            samples(gpu, PtxSamples.folder(home));
            Peaks peaks = new PeakMeter(nvrtc).measure(gpu);
            row("peaks", String.format(
                    Locale.ROOT,
                    "%.0f GB/s, %.1f TFLOP/s fp32, %.1f TFLOP/s tensor cores",
                    peaks.bytesPerSecond() / 1e9,
                    peaks.fp32PerSecond() / 1e12,
                    peaks.tensorPerSecond() / 1e12));
            double overhead = new PeakMeter(nvrtc).overhead(gpu);
            good &= overhead <= 0.01;
            row("harness overhead over bare events", String.format(Locale.ROOT, "%.2f %%", 100 * overhead));
            ladders(catalog, nvrtc, gpu, home, peaks);
            verdicts(catalog, nvrtc, gpu, home);
            row("state after", gpu.state().toString());
        } catch (IntakeException e) {
            throw new UsageException(e.getMessage() + ".");
        }
        Files.writeString(out, String.join("\n", rows) + "\n");
        terminal.out().println("written to " + out);
        return (good ? ExitStatus.OK : ExitStatus.NOT_FULL_MARKS).code();
    }

    private void row(String what, String result) {
        String line = "| " + what + " | " + result + " |";
        rows.add(line);
        terminal.out().println(line);
    }

    private boolean isLate() {
        return System.nanoTime() - end > 0;
    }

    private void samples(Device gpu, Path folder) throws IOException {
        List<Path> files = PtxSamples.in(folder);
        int right = 0;
        for (Path file : files) {
            String wrong = PtxSamples.run(gpu, file);
            if (wrong.isEmpty()) {
                right++;
            } else {
                good = false;
                row(file.getFileName().toString(), wrong);
            }
        }
        row("PTX samples", right + " of " + files.size() + " store the bits of their headers");
    }

    private void ladders(Catalog catalog, NvrtcCompiler nvrtc, WorkerDevice gpu, Path home, Peaks peaks)
            throws IOException, CatalogException, IntakeException {
        LadderTiming timing = new LadderTiming(catalog, new NvrtcSubmissions(nvrtc), gpu, home);
        for (String id : catalog.ids()) {
            if (isLate()) {
                row(id, "not timed: no time left");
                continue;
            }
            Optional<Assignment> assignment = catalog.assignment(id);
            if (assignment.isPresent()) {
                timing.run(assignment.get(), RUNG, peaks, (file, result) -> row(id + "/" + file, words(result)));
            }
        }
    }

    /** The publish gate on both devices, assignment by assignment: every file must end alike. */
    private void verdicts(Catalog catalog, NvrtcCompiler nvrtc, WorkerDevice gpu, Path home)
            throws CatalogException, IntakeException {
        int files = 0;
        int same = 0;
        int assignments = 0;
        try (CpuDevice cpu = new CpuDevice();
                CpuDevice watcher = new CpuDevice()) {
            WatchedDevice watched = new WatchedDevice(gpu, watcher, gpu::renew);
            for (String id : catalog.ids()) {
                if (isLate()) {
                    break;
                }
                assignments++;
                List<GateRow> here = gate(catalog, nvrtc, cpu, home, id);
                List<GateRow> there = gate(catalog, nvrtc, watched, home, id);
                for (GateRow row : here) {
                    files++;
                    GateRow other = there.stream()
                            .filter(r -> r.kind() == row.kind() && r.file().equals(row.file()))
                            .findFirst()
                            .orElse(row);
                    boolean equal = other.ok() == row.ok() && other.result().equals(row.result());
                    same += equal ? 1 : 0;
                    if (!equal) {
                        good = false;
                        row(id + "/" + row.file(), "cpu: " + row.result() + "; cuda: " + other.result());
                    }
                }
            }
        }
        row("verdicts equal on both devices", same + " of " + files + " files, " + assignments + " of "
                + catalog.ids().size() + " assignments");
    }

    private static List<GateRow> gate(Catalog catalog, NvrtcCompiler nvrtc, Device device, Path home, String id)
            throws CatalogException, IntakeException {
        Grading grading = new Grading(catalog, new NvrtcSubmissions(nvrtc), device, ChecksFinder.onClassPath());
        return new Gate(catalog, home, grading).run(List.of(id), EnumSet.allOf(GateRow.Kind.class), _ -> {});
    }

    private static String words(Measurement measurement) {
        return switch (measurement) {
            case Measurement.Compared c ->
                String.format(
                        Locale.ROOT,
                        "%.1f µs, %.3f (%.3f to %.3f) of the first rung's time, %.0f %% of the floor, %d pairs, %s",
                        c.candidate().micros().median(),
                        c.ratio().median(),
                        c.ratio().low(),
                        c.ratio().high(),
                        100 * c.fractionOfFloor(),
                        c.candidate().samples().size(),
                        c.standing().name().toLowerCase(Locale.ROOT).replace('_', ' '));
            case Measurement.Refused refused -> "refused: " + refused.words();
            case Measurement.Unsteady unsteady -> "does not count: " + unsteady.words();
            case Measurement.Ended ended -> "did not complete: " + words(ended.outcome());
        };
    }

    /** How a run ended, in a few words. */
    static String words(RunOutcome outcome) {
        return switch (outcome) {
            case RunOutcome.Completed _ -> "completed";
            case RunOutcome.Faulted faulted -> faulted.fault().message();
            case RunOutcome.TimedOut late -> late.where().message();
            case RunOutcome.NoSuchEntry missing -> missing.message();
            case RunOutcome.Unsupported unsupported -> unsupported.message();
            case RunOutcome.DeviceLost lost -> lost.message();
        };
    }
}
