package org.warpgrade.checks.stages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.CheckFailure;
import org.warpgrade.engine.check.DeviceTensor;
import org.warpgrade.engine.check.Hypothesis;
import org.warpgrade.engine.check.Run;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.reference.oracle.OracleTensor;

/**
 * The intermediates of one case of a composed assignment. When its final output is wrong and the submission defines the
 * optional entry with the stage pointers, that entry is run on the same case and the first stage that diverges is named.
 *
 * <p>Stages are listed in the order they are made. A stage that the submission leaves alone is skipped: its buffer still
 * holds what it held before.
 */
public final class StageWatch {

    /** What a stage's buffer holds before: no result has this value everywhere. */
    private static final float UNTOUCHED = -1.2345679e30f;

    private record Stage(
            String name, DeviceBuffer buffer, OracleTensor expected, BitSet ignored, Hypothesis[] hypotheses) {}

    private final Tolerance tolerance;
    private final List<Stage> stages = new ArrayList<>();

    public StageWatch(Tolerance tolerance) {
        this.tolerance = tolerance;
    }

    /** Adds the next stage and gives the buffer for it. */
    public Argument watch(OracleTensor expected, Hypothesis... hypotheses) {
        return watch(expected, new BitSet(), hypotheses);
    }

    /**
     * Adds the next stage and gives the buffer for it.
     *
     * @param ignored elements that nobody defines, such as the scores of masked keys
     */
    public Argument watch(OracleTensor expected, BitSet ignored, Hypothesis... hypotheses) {
        float[] before = new float[expected.values().length];
        Arrays.fill(before, UNTOUCHED);
        DeviceBuffer buffer = DeviceBuffer.floats(expected.name(), Access.INOUT, before, expected.shape());
        Hypothesis[] defined = Arrays.stream(hypotheses)
                .map(h -> new Hypothesis(h.cause(), () -> defined(h.mistaken().get(), expected, ignored)))
                .toArray(Hypothesis[]::new);
        stages.add(new Stage(expected.name(), buffer, expected, ignored, defined));
        return Argument.pointer(buffer);
    }

    /**
     * Tells the failure of the final output again with the first diverging stage named, or as it was if the submission has
     * no stage entry, if that entry does not run, or if every stage it fills is right.
     */
    public CheckFailure explain(CheckFailure failure, Bench bench, String family, String caseLabel, Call call) {
        if (!bench.defines(call.entry())) {
            return failure;
        }
        Run run;
        try {
            run = bench.run(family, caseLabel, call);
        } catch (CheckFailure stageEntryDoesNotRun) {
            return failure;
        }
        List<String> right = new ArrayList<>();
        for (Stage stage : stages) {
            float[] values = run.floats(stage.buffer);
            if (untouched(values)) {
                continue;
            }
            stage.ignored.stream().forEach(i -> values[i] = 0);
            try {
                run.assertThat(new DeviceTensor(stage.name, stage.buffer.shape(), values))
                        .isCloseTo(defined(stage.expected, stage.expected, stage.ignored), tolerance, stage.hypotheses);
            } catch (CheckFailure wrong) {
                return named(stage.name, right, wrong);
            }
            right.add(stage.name);
        }
        return failure;
    }

    /** The tensor with 0 where nobody defines what it holds; as it is if it has another shape than the stage. */
    private static OracleTensor defined(OracleTensor tensor, OracleTensor stage, BitSet ignored) {
        if (tensor.values().length != stage.values().length) {
            return tensor;
        }
        double[] values = tensor.values().clone();
        ignored.stream().forEach(i -> values[i] = 0);
        return new OracleTensor(stage.name(), stage.shape(), values, tensor.conditionSums());
    }

    private static boolean untouched(float[] values) {
        for (float value : values) {
            if (value != UNTOUCHED) {
                return false;
            }
        }
        return true;
    }

    private static CheckFailure named(String stage, List<String> right, CheckFailure wrong) {
        String before = String.join(", ", right);
        String en = "The first stage that goes wrong is " + stage
                + (right.isEmpty() ? ". " : " (right before it: " + before + "). ");
        String zh = "最先出错的阶段是 " + stage + (right.isEmpty() ? "。" : "（它之前正确的：" + before + "）。");
        return new CheckFailure(
                wrong.status(),
                new Text(en + wrong.text().en(), zh + wrong.text().zh()),
                wrong.diagnosis(),
                wrong.findings());
    }
}
