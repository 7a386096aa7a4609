import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CompileRejected;
import org.warpgrade.gpu.Counting;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.gpu.LaunchRecord;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.compile.CompileRequest;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.compile.Progress;
import org.warpgrade.gpu.cpu.CpuDevice;
import org.warpgrade.gpu.cpu.Executor;

/**
 * Throughput of the CPU device on five kernels in steady state, and the time of a first run; native C++ beside it. Run
 * by {@code gpu-runner/bench/run}, with the optimising compiler of the JVM.
 *
 * <p>A thread instruction is one PTX instruction executed by one CUDA thread. Memory checks are always on. Sanitizers and
 * counters run on a part of the problem, because what they cost per thread instruction does not depend on its size.
 */
final class CpuDeviceBench {

    /** Launches by which a longer run differs from a shorter one: what else a run does cancels. */
    private static final int LAUNCHES = 3;

    /** Processor time spent on each row at least, some of it before lanes go abreast; the best pair of runs counts. */
    private static final long NANOS_PER_ROW = 4_000_000_000L;

    /** The first rounds run before the JIT is done. */
    private static final int FEWEST_ROUNDS = 5;

    /** The argument that asks for {@link #measureFromSource}. */
    private static final String FROM_SOURCE = "source";

    private static final int WARM_UP = 10;
    private static final int SOURCES = 31;

    private enum Kernel {
        SAXPY,
        MATMUL,
        SOFTMAX,
        LAYERNORM,
        LAYERNORM_BLOCK;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What it computes, by the name that native C++ gives it. */
        String computation() {
            return this == LAYERNORM_BLOCK ? LAYERNORM.id() : id();
        }

        /**
         * A call of the kernel's entry.
         *
         * @param part 1 for the whole problem, 16 for a sixteenth, 0 for the smallest
         */
        Call call(int part, int launches) {
            Argument times = Argument.i32(launches);
            return switch (this) {
                case SAXPY -> {
                    int n = part == 0 ? 256 : (1 << 24) / part;
                    yield Call.of(id(), Argument.f32(2), in(n), inOut(n), Argument.i32(n), times);
                }
                case MATMUL -> {
                    int n = part == 0 ? 16 : part == 1 ? 512 : 192;
                    yield Call.of(id(), in(n * n), in(n * n), out(n * n), Argument.i32(n), times);
                }
                case SOFTMAX -> {
                    int rows = part == 0 ? 1 : 4096 / part;
                    yield Call.of(
                            id(), in(rows * 1024), out(rows * 1024), Argument.i32(rows), Argument.i32(1024), times);
                }
                case LAYERNORM, LAYERNORM_BLOCK -> {
                    int rows = part == 0 ? 1 : 4096 / part;
                    yield Call.of(
                            id(), in(rows * 768), in(768), in(768), out(rows * 768), Argument.i32(rows),
                            Argument.i32(768), times);
                }
            };
        }
    }

    private enum Mode {
        CHECKS("memory checks", 1, RunSettings.defaults()),
        SANITIZERS("all sanitizers", 16, RunSettings.defaults().withSanitize(true).withTrackWriters(true)),
        COUNTERS("all counters", 64, RunSettings.defaults().withCounters(Counting.full())),
        EVERYTHING("sanitizers and counters", 64, SANITIZERS.settings.withCounters(Counting.full())),
        SAMPLED("sanitizers, 64 blocks counted", 16, SANITIZERS.settings.withCounters(Counting.sampled(64)));

        private final String words;
        private final int part;
        private final RunSettings settings;

        Mode(String words, int part, RunSettings settings) {
            this.words = words;
            this.part = part;
            this.settings = settings;
        }
    }

    private record Row(Kernel kernel, Mode mode, int threads, double nanos, double nativeNanos, double firstMillis) {

        String line() {
            return told("%-15s %-29s %7d %10.3f %10s %7s %10.1f", "%.3f", "%.1f", "-");
        }

        String json() {
            return told(
                    "  {\"kernel\": \"%s\", \"mode\": \"%s\", \"threads\": %d, \"nsPerThreadInstruction\": %.4f,"
                            + " \"nativeNsPerThreadInstruction\": %s, \"ratio\": %s, \"firstLaunchMillis\": %.2f}",
                    "%.4f",
                    "%.2f",
                    "null");
        }

        /** @param unknown what is told of native code that was not measured */
        private String told(String format, String nativeFormat, String ratioFormat, String unknown) {
            boolean known = nativeNanos > 0;
            return String.format(
                    Locale.ROOT,
                    format,
                    kernel.id(),
                    mode.words,
                    threads,
                    nanos,
                    known ? String.format(Locale.ROOT, nativeFormat, nativeNanos) : unknown,
                    known ? String.format(Locale.ROOT, ratioFormat, nanos / nativeNanos) : unknown,
                    firstMillis);
        }
    }

    private final String source;
    private final Map<String, Double> nativeNanos;
    private final Map<Kernel, Long> work = new HashMap<>();

    private CpuDeviceBench(String source, Map<String, Double> nativeNanos) {
        this.source = source;
        this.nativeNanos = nativeNanos;
    }

    /**
     * Arguments: the folder of the benchmark, the native program or nothing, and which rows to measure, each as {@code
     * KERNEL:MODE} of names in small letters, or {@code source}; none for all, which are then kept in {@code cpu-device.json}.
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Map<String, Double> measured = arguments[1].isEmpty() ? Map.of() : measureNative(arguments[1]);
        List<String> wanted = List.of(arguments).subList(2, arguments.length);
        CpuDeviceBench bench = new CpuDeviceBench(Files.readString(folder.resolve("kernels.cu")), measured);
        List<Row> rows = new ArrayList<>();
        System.out.printf(
                "%-15s %-29s %7s %10s %10s %7s %10s%n", "kernel", "mode", "threads", "ns/ti", "native", "ratio", "first ms");
        for (Mode mode : Mode.values()) {
            for (Kernel kernel : Kernel.values()) {
                String name = kernel.id() + ":" + mode.name().toLowerCase(Locale.ROOT);
                if (!wanted.isEmpty() && !wanted.contains(name)) {
                    continue;
                }
                for (int threads = 1; threads <= (mode == Mode.CHECKS ? 2 : 1); threads++) {
                    Row row = bench.measure(kernel, mode, threads);
                    rows.add(row);
                    System.out.println(row.line());
                    if (!wanted.isEmpty()) {
                        continue;
                    }
                    Files.writeString(
                            folder.resolve("cpu-device.json"),
                            "[\n" + String.join(",\n", rows.stream().map(Row::json).toList()) + "\n]\n");
                }
            }
        }
        if (wanted.isEmpty() || wanted.contains(FROM_SOURCE)) {
            bench.measureFromSource("saxpy alone", bench.source.substring(0, bench.source.indexOf("__global__ void matmul")));
            bench.measureFromSource("all five kernels", bench.source);
        }
        System.exit(0);
    }

    /**
     * What a student waits for after a change: the time from a text that nobody has compiled to the results of a small
     * launch, in a process that has done others before. The compiler, a process of its own, is part of it.
     */
    private void measureFromSource(String words, String part) {
        List<Double> compiling = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        try (CpuDevice device = new CpuDevice();
                NvrtcCompiler compiler = NvrtcCompiler.ofUser(Progress.silent())) {
            for (int i = 0; i < WARM_UP + SOURCES; i++) {
                String text = part + "inline int salt" + System.nanoTime() + "() { return 0; }\n"; // known to no cache
                long begin = System.nanoTime();
                Program program = compile(compiler, text);
                long compiled = System.nanoTime();
                run(device, program, Kernel.SAXPY.call(0, 1), RunSettings.defaults());
                if (i >= WARM_UP) {
                    compiling.add((compiled - begin) / 1e6);
                    all.add((System.nanoTime() - begin) / 1e6);
                }
            }
        }
        all.sort(null);
        compiling.sort(null);
        System.out.printf(
                Locale.ROOT,
                "source to first result, warm process, %s: median %.0f ms (%.0f to %.0f) of %d sources; the compiler takes %.0f ms"
                        + " of it%n",
                words,
                all.get(SOURCES / 2),
                all.getFirst(),
                all.getLast(),
                SOURCES,
                compiling.get(SOURCES / 2));
    }

    private Row measure(Kernel kernel, Mode mode, int threads) {
        try (CpuDevice device = new CpuDevice(Executor.LANE_LOOPS, threads)) {
            Program program = compile();
            long begin = System.nanoTime();
            run(device, program, kernel.call(0, 1), mode.settings);
            double firstMillis = (System.nanoTime() - begin) / 1e6;
            Call once = kernel.call(mode.part, 1);
            Call more = kernel.call(mode.part, 1 + LAUNCHES);
            long least = Long.MAX_VALUE;
            long most = Long.MAX_VALUE;
            long wall = Long.MAX_VALUE;
            long instructions = 0;
            long spent = 0;
            int rounds = 0;
            do {
                Spent one = spent(device, program, once, mode.settings);
                Spent many = spent(device, program, more, mode.settings);
                least = Math.min(least, one.cpu);
                most = Math.min(most, many.cpu);
                wall = Math.min(wall, many.wall / (1 + LAUNCHES));
                instructions = one.instructions;
                spent += one.cpu + many.cpu;
                rounds++;
            } while (spent < NANOS_PER_ROW || rounds < FEWEST_ROUNDS);
            if (mode == Mode.CHECKS) {
                work.put(kernel, instructions);
            }
            double nativeNanos = work.containsKey(kernel)
                    ? this.nativeNanos.getOrDefault(kernel.computation(), 0.0) / work.get(kernel)
                    : 0;
            // Several threads are there for the time on the wall; of one, the processor time is known on a busy machine, too.
            double nanos = threads > 1 ? wall : (most - least) / (double) LAUNCHES;
            return new Row(kernel, mode, threads, nanos / instructions, nativeNanos, firstMillis);
        }
    }

    private record Spent(long cpu, long wall, long instructions) {}

    private static Spent spent(CpuDevice device, Program program, Call call, RunSettings settings) {
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        long cpu = thread.getCurrentThreadCpuTime();
        List<LaunchRecord> launches = run(device, program, call, settings);
        return new Spent(
                thread.getCurrentThreadCpuTime() - cpu,
                launches.stream().mapToLong(LaunchRecord::nanos).sum(),
                launches.stream().mapToLong(LaunchRecord::threadInstructions).sum());
    }

    private static List<LaunchRecord> run(CpuDevice device, Program program, Call call, RunSettings settings) {
        RunOutcome outcome = device.run(program, call, settings);
        if (!(outcome instanceof RunOutcome.Completed) || !outcome.trace().findings().isEmpty()) {
            throw new IllegalStateException(call.entry() + " ended as " + outcome);
        }
        return outcome.trace().launches();
    }

    /** A program of its own, so that nothing of it is compiled to bytecode yet. */
    private Program compile() {
        try (NvrtcCompiler compiler = NvrtcCompiler.ofUser(Progress.silent())) {
            return compile(compiler, source);
        }
    }

    private static Program compile(NvrtcCompiler compiler, String text) {
        return switch (compiler.compile(CompileRequest.of(new CudaSource("kernels.cu", text)))) {
            case Program program -> program;
            case CompileRejected rejected -> throw new IllegalStateException(rejected.log());
        };
    }

    private static Map<String, Double> measureNative(String program) throws IOException {
        Map<String, Double> nanos = new HashMap<>();
        Process process = new ProcessBuilder(program).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var lines = process.inputReader()) {
            lines.lines().map(line -> line.split(" ")).forEach(pair -> nanos.put(pair[0], Double.valueOf(pair[1])));
        }
        return nanos;
    }

    private static Argument in(int n) {
        return Argument.pointer(DeviceBuffer.floats("x", Access.IN, values(n)));
    }

    private static Argument inOut(int n) {
        return Argument.pointer(DeviceBuffer.floats("y", Access.INOUT, values(n)));
    }

    private static Argument out(int n) {
        return Argument.pointer(DeviceBuffer.output("z", ElementType.F32, n));
    }

    private static float[] values(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = i * 37L % 101 / 101f - 0.5f;
        }
        return values;
    }
}
