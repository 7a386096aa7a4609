package org.warpgrade.engine.performance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Assignment.Problem;
import org.warpgrade.assignments.Text;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.timing.Contender;
import org.warpgrade.gpu.timing.Measurement;
import org.warpgrade.gpu.timing.PairedTiming;
import org.warpgrade.gpu.timing.Peaks;
import org.warpgrade.gpu.timing.Plan;
import org.warpgrade.gpu.timing.Repetition;
import org.warpgrade.gpu.timing.TimedDevice;
import org.warpgrade.gpu.timing.Workload;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The reference on its problem, with its outputs: whatever is timed is compared with it, in time and in values. */
public final class TimedReference {

    /** Three calls with their inputs, the reference's outputs of each, and one on its way through the channel. */
    private static final int COPIES = 6;

    private final TimedProblem problem;
    private final Map<String, Integer> sizes;
    private final TimedDevice device;
    private final Program program;
    private final ReferenceOutputs outputs;

    /** The problem does not fit into this JVM. */
    public static final class TooLarge extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final transient Text text;

        TooLarge(Text text) {
            super(text.en());
            this.text = text;
        }

        public Text text() {
            return text;
        }
    }

    private TimedReference(TimedProblem problem, Map<String, Integer> sizes, TimedDevice device, Program program) {
        this.problem = problem;
        this.sizes = sizes;
        this.device = device;
        this.program = program;
        this.outputs = new ReferenceOutputs(problem.calls());
    }

    /**
     * Runs the reference once on each call.
     *
     * @param sizes sizes that replace those of the problem
     * @return empty if nothing of the assignment is timed
     * @throws TooLarge if this JVM cannot hold the problem
     * @throws IllegalStateException if the reference does not get through it
     */
    public static Optional<TimedReference> of(
            Assignment assignment, Map<String, Integer> sizes, long seed, Program program, TimedDevice device) {
        Problem wanted = assignment.performance().problem();
        if (wanted == null) {
            return Optional.empty();
        }
        Map<String, Integer> chosen = new LinkedHashMap<>(wanted.gpu());
        chosen.putAll(sizes);
        fits(wanted, chosen);
        return TimedProblem.of(assignment, chosen, seed).map(problem -> {
            TimedReference reference = new TimedReference(problem, chosen, device, program);
            reference.rehearse();
            return reference;
        });
    }

    private static void fits(Problem problem, Map<String, Integer> sizes) {
        long needed = COPIES * ProblemCall.bytes(problem, sizes);
        long most = Runtime.getRuntime().maxMemory();
        if (needed > most) {
            throw new TooLarge(new Text(
                    "Speed is not measured: the problem needs " + (needed >> 20)
                            + " MiB of this program's memory, which has at" + " most " + (most >> 20) + " MiB.",
                    "不测量性能：该问题需要本程序 " + (needed >> 20) + " MiB 内存，而最多只有 " + (most >> 20) + " MiB。"));
        }
    }

    private void rehearse() {
        for (Call call : problem.calls()) {
            switch (device.time(program, call, call, PairedTiming.settings(call))) {
                case Repetition.Timed timed -> outputs.add(call, timed.outputs());
                case Repetition.NotTimable(String words) ->
                    throw new IllegalStateException("the reference cannot be timed: " + words);
                case Repetition.Ended(RunOutcome outcome) ->
                    throw new IllegalStateException("the reference ended with "
                            + outcome.getClass().getSimpleName() + ": "
                            + outcome.trace().findings());
            }
        }
    }

    /**
     * Writes the first call and what the reference wrote: {@code problem.json} with the sizes and the buffers in the order of
     * the call, and for each buffer its bytes before ({@code 0.in}) and after ({@code 0.out}), where it has them.
     */
    public void writeTo(Path folder) throws IOException {
        Call call = problem.calls().getFirst();
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        sizes.forEach(root.putObject("sizes")::put);
        ArrayNode described = root.putArray("buffers");
        List<DeviceBuffer> buffers = call.buffers();
        for (int i = 0; i < buffers.size(); i++) {
            DeviceBuffer buffer = buffers.get(i);
            ObjectNode node = described.addObject();
            node.put("type", buffer.type().name().toLowerCase(Locale.ROOT));
            node.put("access", buffer.access().name().toLowerCase(Locale.ROOT));
            ArrayNode shape = node.putArray("shape");
            for (int extent : buffer.shape()) {
                shape.add(extent);
            }
            byte[] before = buffer.initial();
            if (before != null) {
                Files.write(folder.resolve(i + ".in"), before);
            }
            byte[] after = outputs.of(call, buffer);
            if (after != null) {
                Files.write(folder.resolve(i + ".out"), after);
            }
        }
        Files.writeString(folder.resolve("problem.json"), root.toString());
    }

    /** Times a program against it. */
    public Speed.Timed time(String name, Program candidate, Peaks peaks, Plan plan) {
        Workload workload = outputs.workload();
        Measurement measurement = new PairedTiming(plan, new Random(), System::nanoTime)
                .measure(
                        new Contender(name, device, candidate, workload),
                        new Contender(Speed.REFERENCE, device, program, workload),
                        problem.work(),
                        peaks);
        return new Speed.Timed(problem, device.name(), peaks, measurement);
    }
}
