package org.warpgrade.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.performance.Speed;
import org.warpgrade.engine.performance.TimedReference;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.timing.Peaks;
import org.warpgrade.gpu.timing.Plan;
import org.warpgrade.gpu.timing.TimedDevice;

/** Times programs on their assignment's problem, each against the last rung of the assignment's ladder of references. */
public final class SpeedBench {

    private final Intake intake;
    private final Compiler compiler;
    private final TimedDevice device;
    private final Function<TimedDevice, Peaks> meter;
    private final Path references;
    private @Nullable Peaks peaks;
    private @Nullable Key key;
    private @Nullable TimedReference reference;

    private record Key(String assignment, Map<String, Integer> sizes, long seed) {}

    /**
     * @param meter measures the peaks of the device, once
     * @param home the root of the repository
     */
    public SpeedBench(
            Catalog catalog, Compiler compiler, TimedDevice device, Function<TimedDevice, Peaks> meter, Path home) {
        this.intake = new Intake(catalog);
        this.compiler = compiler;
        this.device = device;
        this.meter = meter;
        this.references = home.resolve("reference-impls").resolve("cuda");
    }

    /**
     * Times a program. One at a time: what else wants the GPU waits.
     *
     * @param name of the program, for people
     * @param sizes sizes that replace those of the problem
     * @param seed of the inputs
     */
    public synchronized Speed measure(
            Assignment assignment, String name, Program program, Map<String, Integer> sizes, long seed, Plan plan) {
        try {
            Optional<TimedReference> against =
                    reference(new Key(assignment.id(), new LinkedHashMap<>(sizes), seed), assignment);
            if (against.isEmpty()) {
                return new Speed.NotTimed(new Text(
                        "Speed is not measured: " + assignment.id()
                                + " has no problem or no reference to measure with.",
                        "不测量性能：" + assignment.id() + " 没有可供测量的问题或参考实现。"));
            }
            return against.get().time(name, program, peaks(), plan);
        } catch (TimedReference.TooLarge e) {
            return new Speed.NotTimed(e.text());
        } catch (RuntimeException | OutOfMemoryError e) {
            return new Speed.NotTimed(
                    new Text("Speed could not be measured: " + e.getMessage() + ".", "无法测量性能：" + e.getMessage() + "。"));
        }
    }

    /** What our own kernels reach on the GPU. */
    public synchronized Peaks peaks() {
        Peaks known = peaks;
        if (known == null) {
            known = meter.apply(device);
            peaks = known;
        }
        return known;
    }

    /** One is kept: its inputs and outputs are large, and a class hands in one assignment after the other. */
    private Optional<TimedReference> reference(Key wanted, Assignment assignment) {
        if (!wanted.equals(key)) {
            reference = null; // room for the next
            key = wanted;
            Program program = lastRung(assignment).orElse(null);
            reference = program == null
                    ? null
                    : TimedReference.of(assignment, wanted.sizes(), wanted.seed(), program, device)
                            .orElse(null);
        }
        return Optional.ofNullable(reference);
    }

    private Optional<Program> lastRung(Assignment assignment) {
        return rungs(references, assignment).stream()
                .reduce((_, last) -> last)
                .flatMap(file -> compiled(file, assignment));
    }

    /** The files of an assignment's ladder, naive first. */
    static List<Path> rungs(Path references, Assignment assignment) {
        Path folder = references.resolve(assignment.id());
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".cu")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Program> compiled(Path file, Assignment assignment) {
        try {
            return intake.take(file, assignment.id()) instanceof Intake.Taken.Accepted(Submission submission)
                            && compiler.compile(submission) instanceof Program program
                    ? Optional.of(program)
                    : Optional.empty();
        } catch (IntakeException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a rung of a ladder took. */
    @FunctionalInterface
    public interface RungListener {
        void timed(String file, Speed speed);
    }

    /** Times every rung of an assignment's ladder against its last. */
    public void ladder(Assignment assignment, Map<String, Integer> sizes, long seed, Plan plan, RungListener listener) {
        for (Path file : rungs(references, assignment)) {
            String name = file.getFileName().toString();
            compiled(file, assignment)
                    .ifPresent(program -> listener.timed(name, measure(assignment, name, program, sizes, seed, plan)));
        }
    }

    /**
     * Writes the problem with the reference's outputs, for programs of others.
     *
     * @return whether there is one
     */
    public synchronized boolean export(Assignment assignment, Map<String, Integer> sizes, long seed, Path folder)
            throws IOException {
        Optional<TimedReference> against =
                reference(new Key(assignment.id(), new LinkedHashMap<>(sizes), seed), assignment);
        if (against.isPresent()) {
            against.get().writeTo(folder);
        }
        return against.isPresent();
    }
}
