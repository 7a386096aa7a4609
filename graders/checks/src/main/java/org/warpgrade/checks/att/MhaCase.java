package org.warpgrade.checks.att;

import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.nullPointer;
import static org.warpgrade.gpu.Argument.pointer;
import static org.warpgrade.gpu.Argument.struct;
import static org.warpgrade.gpu.DeviceBuffer.Access.IN;
import static org.warpgrade.gpu.ElementType.F32;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.warpgrade.checks.stages.StageWatch;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.CheckFailure;
import org.warpgrade.engine.check.Run;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.MhaOracle;
import org.warpgrade.reference.oracle.MhaOracle.Size;
import org.warpgrade.reference.oracle.MhaOracle.Stages;
import org.warpgrade.reference.oracle.MhaOracle.Weights;

/**
 * One attention layer with its input.
 *
 * @param xkv the same array as {@code xq} in self-attention: then the submission gets one buffer twice
 * @param wantsProbs whether the probabilities are asked for
 */
record MhaCase(Size size, float[] xq, float[] xkv, Weights w, byte @Nullable [] mask, boolean wantsProbs) {

    /** NET(1e-4) of the curriculum entry, for probabilities and output alike. */
    static final Tolerance TOLERANCE = Tolerance.net(1e-4);

    /** A finished run. */
    record Done(
            MhaCase of,
            Bench bench,
            String family,
            Run run,
            DeviceBuffer out,
            @Nullable DeviceBuffer probs) {

        float[] values() {
            return run.floats(out);
        }

        /** Probabilities before output: the first one named is where the chain breaks. */
        void matchesTheOracle() {
            Stages expected = of.expected();
            try {
                if (probs != null) {
                    run.assertThat(probs).isCloseTo(expected.probs(), TOLERANCE, MhaMistakes.of(of, Stages::probs));
                }
                run.assertThat(out).isCloseTo(expected.out(), TOLERANCE, MhaMistakes.of(of, Stages::out));
            } catch (CheckFailure failure) {
                throw of.explained(failure, bench, family, expected);
            }
        }
    }

    /** Self-attention over normal tokens. */
    static MhaCase self(Inputs inputs, int batch, int tokens, int width, int heads) {
        float[] x = inputs.normals(batch * tokens * width);
        Size size = new Size(batch, tokens, tokens, width, heads);
        return new MhaCase(size, x, x, weights(inputs, width), null, true);
    }

    /** Cross-attention between normal tokens. */
    static MhaCase cross(Inputs inputs, Size size) {
        float[] xq = inputs.normals(size.batch() * size.queries() * size.width());
        float[] xkv = inputs.normals(size.batch() * size.keys() * size.width());
        return new MhaCase(size, xq, xkv, weights(inputs, size.width()), null, true);
    }

    /** Queries and keys of order 1.5, so that attention is neither uniform nor a single key. */
    static Weights weights(Inputs inputs, int width) {
        return new Weights(
                matrix(inputs, width, 1.5f),
                inputs.normals(width),
                matrix(inputs, width, 1.5f),
                inputs.normals(width),
                matrix(inputs, width, 1),
                inputs.normals(width),
                matrix(inputs, width, 1),
                inputs.normals(width));
    }

    private static float[] matrix(Inputs inputs, int width, float order) {
        float[] values = inputs.normals(width * width);
        for (int i = 0; i < values.length; i++) {
            values[i] *= order / (float) Math.sqrt(width);
        }
        return values;
    }

    MhaCase masked(byte[] by) {
        return new MhaCase(size, xq, xkv, w, by, wantsProbs);
    }

    MhaCase withoutProbs() {
        return new MhaCase(size, xq, xkv, w, mask, false);
    }

    MhaCase with(Weights other) {
        return new MhaCase(size, xq, xkv, other, mask, wantsProbs);
    }

    MhaCase withHeads(int heads) {
        Size other = new Size(size.batch(), size.queries(), size.keys(), size.width(), heads);
        return new MhaCase(other, xq, xkv, w, mask, wantsProbs);
    }

    MhaCase asking(float[] queries) {
        return new MhaCase(size, queries, xkv, w, mask, wantsProbs);
    }

    MhaCase asked(float[] sources) {
        return new MhaCase(size, xq, sources, w, mask, wantsProbs);
    }

    MhaCase selfAttending(float[] tokens) {
        return new MhaCase(size, tokens, tokens, w, mask, wantsProbs);
    }

    Stages expected() {
        return MhaOracle.stages(xq, xkv, w, mask, size);
    }

    Done run(Bench bench, String family) {
        int[] rows = {size.batch(), size.queries(), size.width()};
        int[] square = {size.batch(), size.heads(), size.queries(), size.keys()};
        DeviceBuffer out = DeviceBuffer.output("out", F32, rows);
        DeviceBuffer probs = wantsProbs ? DeviceBuffer.output("probs", F32, square) : null;
        Argument probsPointer = probs == null ? nullPointer() : pointer(probs);
        Run run = bench.run(family, label(), call("mha", pointer(out), probsPointer));
        return new Done(this, bench, family, run, out, probs);
    }

    private String label() {
        return size + (mask == null ? "" : " masked") + (xq == xkv ? " self" : "");
    }

    private Call call(String entry, Argument out, Argument probs, Argument... more) {
        DeviceBuffer queries = DeviceBuffer.floats("xq", IN, xq, size.batch(), size.queries(), size.width());
        DeviceBuffer sources =
                xkv == xq ? queries : DeviceBuffer.floats("xkv", IN, xkv, size.batch(), size.keys(), size.width());
        Argument[] usual = {
            pointer(queries),
            pointer(sources),
            weights(),
            mask == null
                    ? nullPointer()
                    : pointer(DeviceBuffer.unsignedBytes("mask", IN, mask, size.batch(), size.queries(), size.keys())),
            out,
            probs,
            i32(size.batch()),
            i32(size.queries()),
            i32(size.keys()),
            i32(size.width()),
            i32(size.heads())
        };
        Argument[] all = Arrays.copyOf(usual, usual.length + more.length);
        System.arraycopy(more, 0, all, usual.length, more.length);
        return Call.of(entry, all);
    }

    private CheckFailure explained(CheckFailure failure, Bench bench, String family, Stages expected) {
        StageWatch watch = new StageWatch(TOLERANCE);
        Argument q = watch.watch(expected.q(), MhaMistakes.of(this, Stages::q));
        Argument k = watch.watch(expected.k(), MhaMistakes.of(this, Stages::k));
        Argument v = watch.watch(expected.v(), MhaMistakes.of(this, Stages::v));
        Argument scores = watch.watch(expected.scores(), maskedScores(), MhaMistakes.of(this, Stages::scores));
        Argument probs = watch.watch(expected.probs(), MhaMistakes.of(this, Stages::probs));
        Argument context = watch.watch(expected.context(), MhaMistakes.of(this, Stages::context));
        Argument out = watch.watch(expected.out(), MhaMistakes.of(this, Stages::out));
        Call call = call("mha_stages", out, probs, struct(q, k, v, scores, context));
        return watch.explain(failure, bench, family, label(), call);
    }

    /** Nobody says what the score of a masked key is: the product, minus infinity, or nothing. */
    private BitSet maskedScores() {
        BitSet masked = new BitSet();
        if (mask == null) {
            return masked;
        }
        int row = size.queries() * size.keys();
        for (int z = 0; z < size.batch() * size.heads(); z++) {
            for (int i = 0; i < row; i++) {
                if (mask[z / size.heads() * row + i] == 0) {
                    masked.set(z * row + i);
                }
            }
        }
        return masked;
    }

    private Argument weights() {
        int h = size.width();
        return struct(
                parameter("wq", w.wq(), h, h),
                parameter("bq", w.bq(), h),
                parameter("wk", w.wk(), h, h),
                parameter("bk", w.bk(), h),
                parameter("wv", w.wv(), h, h),
                parameter("bv", w.bv(), h),
                parameter("wo", w.wo(), h, h),
                parameter("bo", w.bo(), h));
    }

    private static Argument parameter(String name, float @Nullable [] values, int... shape) {
        return values == null ? nullPointer() : pointer(DeviceBuffer.floats(name, IN, values, shape));
    }
}
