package org.warpgrade.engine.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Assignment.CheckSpec;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.engine.Compiler;
import org.warpgrade.engine.Submission;
import org.warpgrade.engine.bench.CheckBench;
import org.warpgrade.engine.bench.CheckRecord;
import org.warpgrade.engine.bench.TimeBudget;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.GradedCheck;
import org.warpgrade.engine.check.HarnessFault;
import org.warpgrade.engine.runner.CheckRunner;
import org.warpgrade.engine.runner.ChecksFinder;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.Program;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a kit holds in place of the checks: for every assignment a resource with the recorded cases, and a small class.
 */
public final class Kit {

    private final Compiler compiler;
    private final Device device;
    private final ChecksFinder finder;
    private final Path references;

    /** @param home the root of the repository, where {@code reference-impls} lies */
    public Kit(Compiler compiler, Device device, ChecksFinder finder, Path home) {
        this.compiler = compiler;
        this.device = device;
        this.finder = finder;
        this.references = home.resolve("reference-impls").resolve("cuda");
    }

    /**
     * The public checks of an assignment as data.
     *
     * @param files path in the kit's archive of classes to content
     * @param recorded ids of the checks that it holds
     * @param left ids of public checks that cannot be written down, because they decide by looking at outputs
     * themselves
     */
    public record Part(Map<String, byte[]> files, List<String> recorded, List<String> left) {}

    public Part of(Assignment assignment) throws IOException {
        Program program = reference(assignment);
        Class<?> checks = finder.checksOf(assignment.id());
        ObjectNode cases = JsonNodeFactory.instance.objectNode();
        List<String> recorded = new ArrayList<>();
        List<String> left = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        for (CheckSpec check : assignment.checks()) {
            if (check.visibility() == Visibility.PUBLIC) {
                asked.add(check.id());
                RecordingBench bench = new RecordingBench(new CheckBench(
                        assignment,
                        check,
                        program,
                        device,
                        CheckRunner.PUBLIC_SEED,
                        TimeBudget.patient(),
                        new CheckRecord()));
                invoke(checks, check.id(), bench);
                if (bench.complete()) {
                    ArrayNode list = cases.putArray(check.id());
                    bench.cases().forEach(recordedCase -> list.add(RecordedJson.write(recordedCase)));
                    recorded.add(check.id());
                } else {
                    left.add(check.id());
                }
            }
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(
                RecordedChecks.resource(assignment.id()),
                JsonMapper.shared().writeValueAsString(cases).getBytes(StandardCharsets.UTF_8));
        files.put(KitClasses.name(assignment.id()) + ".class", KitClasses.of(assignment.id(), asked));
        return new Part(files, recorded, left);
    }

    /** The simplest rung. */
    private Program reference(Assignment assignment) throws IOException {
        try (Stream<Path> rungs = Files.list(references.resolve(assignment.id()))) {
            Path first = rungs.filter(file -> file.toString().endsWith(".cu"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
            CudaSource source = new CudaSource(first.getFileName().toString(), Files.readString(first));
            if (compiler.compile(new Submission(source, "", assignment)) instanceof Program program) {
                return program;
            }
            throw new HarnessFault(first + " does not compile");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void invoke(Class<?> checks, String id, Bench bench) {
        try {
            for (Method method : checks.getDeclaredMethods()) {
                GradedCheck check = method.getAnnotation(GradedCheck.class);
                if (check != null && check.value().equals(id)) {
                    Constructor<?> constructor = checks.getDeclaredConstructor();
                    constructor.setAccessible(true);
                    method.setAccessible(true);
                    method.invoke(constructor.newInstance(), bench);
                    return;
                }
            }
        } catch (InvocationTargetException e) {
            throw new HarnessFault("the reference does not pass " + id + " of " + checks.getName(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new HarnessFault("cannot run " + id + " of " + checks.getName(), e);
        }
        throw new HarnessFault("no check " + id + " in " + checks.getName());
    }
}
