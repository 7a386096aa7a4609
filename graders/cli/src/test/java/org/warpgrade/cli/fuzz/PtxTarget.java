package org.warpgrade.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunLimits;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.cpu.CpuDevice;
import org.warpgrade.gpu.cpu.Executor;

/** PTX on both executors, plain and watched; a runaway must be stopped within 100 ms of its deadline. */
final class PtxTarget implements Fuzzing.Target {

    private static final Duration DEADLINE = Duration.ofMillis(50);
    private static final Duration LATEST = DEADLINE.plusMillis(100);
    private static final RunLimits LIMITS = new RunLimits(DEADLINE, Long.MAX_VALUE, 16 << 20, 100, 1 << 10);
    private static final Pattern CODE = Pattern.compile("\\.(?:entry|func)\\s+([\\w$]+)\\s*\\(([^)]*)\\)");
    private static final Pattern PARAMETER = Pattern.compile("\\.param\\s+(?:\\.align\\s+\\d+\\s+)?\\.([a-z]\\d+)");
    private static final DeviceBuffer IN = DeviceBuffer.ints("in", Access.IN, values(), 1024);
    private static final DeviceBuffer OUT = DeviceBuffer.ints("out", Access.INOUT, values(), 1024);

    private static final Argument RESULT = Argument.pointer(OUT);

    /** Whose results depend on when threads run, which is each executor's own affair. */
    private static final Pattern SCHEDULED = Pattern.compile(
            "%clock|%globaltimer|activemask|atom\\.|red\\.|elect|relaxed|acquire|release|volatile|acq_rel");

    private Duration latest = Duration.ZERO;

    /** The longest that a run went on after its deadline. */
    Duration latest() {
        return latest;
    }

    @Override
    public String take(String ptx) {
        Program program = new Program(new CudaSource("fuzz.cu", ""), ptx, "fuzz", "", List.of(), Map.of());
        List<Call> calls = calls(ptx);
        Call call = calls.get(Math.floorMod(ptx.hashCode(), calls.size()));
        TreeSet<String> answers = new TreeSet<>();
        List<RunOutcome> outcomes = new ArrayList<>();
        for (Executor executor : Executor.values()) {
            try (CpuDevice device = new CpuDevice(executor)) {
                RunSettings settings = RunSettings.defaults().withLimits(LIMITS);
                device.run(program, call, settings); // loads and compiles, too
                outcomes.add(timely(device, program, call, settings));
                settings = settings.withSanitize(!settings.sanitize());
                device.run(program, call, settings);
                outcomes.add(timely(device, program, call, settings));
            }
        }
        outcomes.forEach(outcome -> answers.add(answer(outcome)));
        if (!SCHEDULED.matcher(ptx).find()) {
            assertThatAllSayTheSame(call, outcomes);
        }
        return String.join(" / ", answers);
    }

    /** What nobody finds fault with has one result, whoever runs it. */
    private static void assertThatAllSayTheSame(Call call, List<RunOutcome> outcomes) {
        List<byte[]> results = new ArrayList<>();
        for (RunOutcome outcome : outcomes) {
            if (outcome instanceof RunOutcome.Completed completed
                    && completed.trace().findings().isEmpty()
                    && call.arguments().contains(RESULT)) {
                ByteBuffer bytes = completed.buffers().bytes(OUT);
                byte[] result = new byte[bytes.remaining()];
                bytes.get(result);
                results.add(result);
            }
        }
        if (results.size() == outcomes.size()) {
            assertThat(results.stream().mapToInt(result -> Arrays.mismatch(result, results.getFirst())))
                    .as("first byte that the runs leave different")
                    .containsOnly(-1);
        }
    }

    private RunOutcome timely(CpuDevice device, Program program, Call call, RunSettings settings) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        RunOutcome outcome = device.run(program, call, settings);
        Duration took = Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);
        if (outcome instanceof RunOutcome.TimedOut && took.minus(DEADLINE).compareTo(latest) > 0) {
            latest = took.minus(DEADLINE);
        }
        assertThat(took).as("%s", outcome).isLessThan(LATEST);
        return outcome;
    }

    private static String answer(RunOutcome outcome) {
        return switch (outcome) {
            case RunOutcome.Completed completed ->
                "completed "
                        + new TreeSet<>(completed.trace().findings().stream()
                                .map(finding -> finding.kind().name())
                                .toList());
            case RunOutcome.Faulted(var fault, var _) -> "faulted: " + fault.message();
            case RunOutcome.TimedOut(var where, var _) -> "timed out: " + where.kind();
            case RunOutcome.NoSuchEntry(String message, var _) -> message;
            case RunOutcome.Unsupported(String message, var _, var _) -> message;
            case RunOutcome.DeviceLost lost -> throw new AssertionError("lost: " + lost.message());
        };
    }

    /** One for each function that has code, kernels and host functions alike. */
    private static List<Call> calls(String ptx) {
        List<Call> calls = new ArrayList<>();
        Matcher function = CODE.matcher(ptx);
        while (function.find()) {
            List<Argument> arguments = new ArrayList<>();
            Matcher parameter = PARAMETER.matcher(function.group(2));
            while (parameter.find()) {
                arguments.add(
                        switch (parameter.group(1)) {
                            case "u64", "b64", "s64" -> arguments.isEmpty() ? Argument.pointer(IN) : RESULT;
                            case "f64" -> Argument.f64(1);
                            default -> Argument.i32(3);
                        });
            }
            if (!arguments.isEmpty()) {
                calls.add(new Call(function.group(1), arguments));
            }
        }
        return calls.isEmpty() ? List.of(Call.of("sample")) : calls;
    }

    private static int[] values() {
        int[] values = new int[1024];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 0x9E3779B1;
        }
        return values;
    }
}
