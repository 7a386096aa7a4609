package org.warpgrade.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Assignment.Problem;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.engine.performance.ProblemCall;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Buffers;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.timing.Contender;
import org.warpgrade.gpu.timing.Measurement;
import org.warpgrade.gpu.timing.PairedTiming;
import org.warpgrade.gpu.timing.Peaks;
import org.warpgrade.gpu.timing.Plan;
import org.warpgrade.gpu.timing.TimedDevice;
import org.warpgrade.gpu.timing.Work;
import org.warpgrade.gpu.timing.Workload;

/** Times every rung of an assignment's ladder of references against its first rung. */
public final class LadderTiming {

    /** Buffers travel to the worker in every repetition, so a problem is halved until they fit into this. */
    private static final long MOST_BYTES = 64L << 20;

    /** Values of inputs differ between repetitions; making them takes longer than running, so they come around again. */
    private static final int SEEDS = 3;

    private final Intake intake;
    private final Compiler compiler;
    private final TimedDevice device;
    private final Path references;

    public LadderTiming(Catalog catalog, Compiler compiler, TimedDevice device, Path home) {
        this.intake = new Intake(catalog);
        this.compiler = compiler;
        this.device = device;
        this.references = home.resolve("reference-impls").resolve("cuda");
    }

    /** @param rungs gets each rung's file name with what came of it; nothing if the assignment has no problem */
    public void run(Assignment assignment, Plan plan, Peaks peaks, BiConsumer<String, Measurement> rungs)
            throws IOException, IntakeException {
        Problem problem = assignment.performance().problem();
        Path folder = references.resolve(assignment.id());
        if (problem == null || !Files.isDirectory(folder)) {
            return;
        }
        List<Contender> ladder = new ArrayList<>();
        List<Call> calls = calls(problem);
        Work work = work(calls.getFirst());
        for (Path file : files(folder)) {
            if (intake.take(file, assignment.id()) instanceof Intake.Taken.Accepted(Submission submission)
                    && compiler.compile(submission) instanceof Program program) {
                ladder.add(new Contender(file.getFileName().toString(), device, program, new Repeated(calls)));
            }
        }
        for (Contender rung : ladder) {
            rungs.accept(
                    rung.name(),
                    new PairedTiming(plan, new Random(), System::nanoTime).measure(rung, ladder.getFirst(), work, peaks));
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".cu")).sorted().toList();
        }
    }

    private static List<Call> calls(Problem problem) {
        Map<String, Integer> sizes = new LinkedHashMap<>(problem.gpu());
        while (bytes(problem, sizes) > MOST_BYTES) {
            String largest = sizes.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey();
            sizes.computeIfPresent(largest, (_, size) -> size / 2);
        }
        List<Call> calls = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            calls.add(ProblemCall.of(problem, sizes, seed));
        }
        return calls;
    }

    /** Estimated from the product of the two largest sizes, so that nothing large is made to find out. */
    private static long bytes(Problem problem, Map<String, Integer> sizes) {
        long area = sizes.values().stream()
                .sorted((a, b) -> Integer.compare(b, a))
                .limit(2)
                .mapToLong(Integer::longValue)
                .reduce(1, (a, b) -> a * b);
        return area * 4 * Math.max(1, problem.arguments().size() / 2);
    }

    /** Every input byte is read and every output byte written once; fewer is impossible. */
    private static Work work(Call call) {
        long read = 0;
        long written = 0;
        for (Argument argument : call.arguments()) {
            if (argument instanceof Argument.Pointer(DeviceBuffer buffer, long _)) {
                read += buffer.access() == DeviceBuffer.Access.OUT ? 0 : buffer.bytes();
                written += buffer.access() == DeviceBuffer.Access.IN ? 0 : buffer.bytes();
            }
        }
        return new Work(read, written, 0);
    }

    /** The same few calls again and again; outputs of one call must be the same every time, up to rounding. */
    private static final class Repeated implements Workload {

        private static final double TOLERANCE = 1e-3;

        private final List<Call> calls;
        private final Map<DeviceBuffer, float[]> first = new HashMap<>();

        Repeated(List<Call> calls) {
            this.calls = calls;
        }

        @Override
        public Call call(int repetition) {
            return calls.get(repetition % calls.size());
        }

        @Override
        public @Nullable String wrong(int repetition, Call call, Buffers after) {
            for (Argument argument : call.arguments()) {
                if (argument instanceof Argument.Pointer(DeviceBuffer buffer, long _)
                        && buffer.access() != DeviceBuffer.Access.IN
                        && buffer.type() == ElementType.F32) {
                    String words = compare(buffer, after.bytes(buffer).asFloatBuffer());
                    if (words != null) {
                        return words;
                    }
                }
            }
            return null;
        }

        private @Nullable String compare(DeviceBuffer buffer, FloatBuffer values) {
            float[] before = first.get(buffer);
            if (before == null) {
                before = new float[values.remaining()];
                values.duplicate().get(before);
                first.put(buffer, before);
            }
            for (int i = 0; i < before.length; i++) {
                float value = values.get(i);
                if (Float.isNaN(value) || Math.abs(value - before[i]) > TOLERANCE * (1 + Math.abs(before[i]))) {
                    return buffer.name() + "[" + i + "] is " + value + " now and was " + before[i];
                }
            }
            return null;
        }
    }
}
