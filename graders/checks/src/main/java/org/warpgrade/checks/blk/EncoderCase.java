package org.warpgrade.checks.blk;

import static org.warpgrade.gpu.Argument.f32;
import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.nullPointer;
import static org.warpgrade.gpu.Argument.pointer;
import static org.warpgrade.gpu.Argument.struct;
import static org.warpgrade.gpu.DeviceBuffer.Access.IN;
import static org.warpgrade.gpu.DeviceBuffer.Access.INOUT;
import static org.warpgrade.gpu.ElementType.F32;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.warpgrade.checks.stages.StageWatch;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.CheckFailure;
import org.warpgrade.engine.check.DeviceTensor;
import org.warpgrade.engine.check.Hypothesis;
import org.warpgrade.engine.check.Run;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.EncoderLayerOracle;
import org.warpgrade.reference.oracle.EncoderLayerOracle.Norm;
import org.warpgrade.reference.oracle.EncoderLayerOracle.Size;
import org.warpgrade.reference.oracle.EncoderLayerOracle.Stages;
import org.warpgrade.reference.oracle.EncoderLayerOracle.Weights;
import org.warpgrade.reference.oracle.FfnOracle;
import org.warpgrade.reference.oracle.MhaOracle;
import org.warpgrade.reference.oracle.OracleTensor;

/**
 * One encoder layer with its input.
 *
 * @param len real tokens of each batch element, null for all
 */
record EncoderCase(Size size, float[] x, Weights w, int @Nullable [] len, int act, float eps) {

    /** NET(2e-4) of the curriculum entry. */
    static final Tolerance TOLERANCE = Tolerance.net(2e-4);

    /** A finished run. */
    record Done(EncoderCase of, Bench bench, String family, Run run, DeviceBuffer y) {

        float[] values() {
            return run.floats(y);
        }

        /** The rows of real tokens, one under the other. */
        DeviceTensor real() {
            return of.real(run.tensor(y));
        }

        void matchesTheOracle() {
            try {
                run.assertThatRows(y, of.realRows())
                        .isCloseTo(of.expected(Stages::y), TOLERANCE, of.mistakes(Stages::y));
            } catch (CheckFailure failure) {
                throw of.explained(failure, bench, family);
            }
        }
    }

    /** Normal tokens; weights scaled so that every stage's values are of order 1. */
    static EncoderCase normal(Inputs inputs, Size size, int act) {
        return new EncoderCase(
                size,
                inputs.normals(size.batch() * size.tokens() * size.width()),
                weights(inputs, size),
                null,
                act,
                1e-12f);
    }

    private static Weights weights(Inputs inputs, Size size) {
        int h = size.width();
        return new Weights(
                new MhaOracle.Weights(
                        matrix(inputs, h, h, 1.5f),
                        inputs.normals(h),
                        matrix(inputs, h, h, 1.5f),
                        inputs.normals(h),
                        matrix(inputs, h, h, 1),
                        inputs.normals(h),
                        matrix(inputs, h, h, 1),
                        inputs.normals(h)),
                new Norm(inputs.uniforms(h, 0.6f, 1.4f), inputs.normals(h)),
                FfnCase.weights(inputs, new FfnOracle.Size(1, h, size.inner())),
                new Norm(inputs.uniforms(h, 0.6f, 1.4f), inputs.normals(h)));
    }

    private static float[] matrix(Inputs inputs, int out, int in, float order) {
        float[] values = inputs.normals(out * in);
        for (int i = 0; i < values.length; i++) {
            values[i] *= order / (float) Math.sqrt(in);
        }
        return values;
    }

    EncoderCase padded(int... lengths) {
        return new EncoderCase(size, x, w, lengths, act, eps);
    }

    EncoderCase with(Weights other) {
        return new EncoderCase(size, x, other, len, act, eps);
    }

    EncoderCase with(float[] tokens) {
        return new EncoderCase(size, tokens, w, len, act, eps);
    }

    EncoderCase with(int otherAct, float otherEps) {
        return new EncoderCase(size, x, w, len, otherAct, otherEps);
    }

    /** The same weights over other tokens: {@code [batch][tokens][H]}. */
    EncoderCase over(int batch, int tokens, float[] values, int @Nullable [] lengths) {
        Size other = new Size(batch, tokens, size.width(), size.heads(), size.inner());
        return new EncoderCase(other, values, w, lengths, act, eps);
    }

    /** The number of real tokens of a batch element. */
    int length(int b) {
        return len == null ? size.tokens() : len[b];
    }

    /** The rows of a {@code [B][S][H]} tensor that belong to real tokens. */
    DeviceTensor real(DeviceTensor all) {
        int[] rows = realRows();
        return new DeviceTensor(
                all.name(),
                new int[] {rows.length, size.width()},
                all.rows(size.width(), rows).values());
    }

    private int[] realRows() {
        int[] rows = new int[size.batch() * size.tokens()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            if (row % size.tokens() < length(row / size.tokens())) {
                rows[count++] = row;
            }
        }
        return Arrays.copyOf(rows, count);
    }

    private OracleTensor expected(Function<Stages, OracleTensor> tensor) {
        return real(tensor.apply(EncoderLayerOracle.stages(x, w, len, size, act, eps)));
    }

    private OracleTensor real(OracleTensor all) {
        int[] rows = realRows();
        int width = size.width();
        double[] values = new double[rows.length * width];
        double[] sums = new double[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(all.values(), rows[i] * width, values, i * width, width);
            System.arraycopy(all.conditionSums(), rows[i] * width, sums, i * width, width);
        }
        return new OracleTensor(all.name(), new int[] {rows.length, width}, values, sums);
    }

    private Hypothesis[] mistakes(Function<Stages, OracleTensor> tensor) {
        return EncoderMistakes.of(this, stages -> real(tensor.apply(stages)));
    }

    Done run(Bench bench, String family) {
        DeviceBuffer y = output();
        return new Done(this, bench, family, bench.run(family, label(), call("encoder_layer", pointer(y))), y);
    }

    /** Rows of padding may be left alone: then they keep what they held, which is the same in both runs of a case. */
    private DeviceBuffer output() {
        int[] shape = {size.batch(), size.tokens(), size.width()};
        if (len == null) {
            return DeviceBuffer.output("y", F32, shape);
        }
        float[] before = new float[x.length];
        Arrays.fill(before, Float.NaN);
        return DeviceBuffer.floats("y", INOUT, before, shape);
    }

    private String label() {
        return size + " act=" + act + " eps=" + eps + (len == null ? "" : " len=" + Arrays.toString(len));
    }

    private Call call(String entry, Argument y, Argument... more) {
        Argument[] usual = {
            pointer(DeviceBuffer.floats("x", IN, x, size.batch(), size.tokens(), size.width())),
            struct(
                    EncoderArguments.attention(w.attention(), size.width()),
                    EncoderArguments.norm("ln1", w.first()),
                    EncoderArguments.feedForward(w.ffn(), size.width(), size.inner()),
                    EncoderArguments.norm("ln2", w.second())),
            len == null ? nullPointer() : pointer(DeviceBuffer.ints("len", IN, len)),
            y,
            i32(size.batch()),
            i32(size.tokens()),
            i32(size.width()),
            i32(size.heads()),
            i32(size.inner()),
            i32(act),
            f32(eps)
        };
        Argument[] all = Arrays.copyOf(usual, usual.length + more.length);
        System.arraycopy(more, 0, all, usual.length, more.length);
        return Call.of(entry, all);
    }

    private CheckFailure explained(CheckFailure failure, Bench bench, String family) {
        Stages expected = EncoderLayerOracle.stages(x, w, len, size, act, eps);
        StageWatch watch = new StageWatch(TOLERANCE);
        Argument stages = struct(
                watch(watch, expected, Stages::q),
                watch(watch, expected, Stages::k),
                watch(watch, expected, Stages::v),
                watch(watch, expected, Stages::scores),
                watch(watch, expected, Stages::probs),
                watch(watch, expected, Stages::context),
                watch(watch, expected, Stages::attention),
                watch(watch, expected, Stages::sum1),
                watch(watch, expected, Stages::norm1),
                watch(watch, expected, Stages::hidden),
                watch(watch, expected, Stages::ffn),
                watch(watch, expected, Stages::sum2));
        Argument y = watch(watch, expected, Stages::y);
        return watch.explain(failure, bench, family, label(), call("encoder_layer_stages", y, stages));
    }

    private Argument watch(StageWatch watch, Stages expected, Function<Stages, OracleTensor> stage) {
        OracleTensor tensor = stage.apply(expected);
        return watch.watch(tensor, padding(tensor), EncoderMistakes.of(this, stage));
    }

    /** Elements of padding: rows of padded tokens, and what padded queries and keys have to do with each other. */
    private BitSet padding(OracleTensor stage) {
        BitSet padding = new BitSet();
        int[] shape = stage.shape();
        int inner = shape[shape.length - 1];
        int tokens = size.tokens();
        boolean square = shape.length == 4;
        for (int i = 0; i < stage.values().length; i++) {
            int row = i / inner;
            int b = row / tokens / (square ? size.heads() : 1);
            boolean paddedKey = square && stage.name().equals("scores") && i % inner >= length(b);
            if (row % tokens >= length(b) || paddedKey) {
                padding.set(i);
            }
        }
        return padding;
    }
}
