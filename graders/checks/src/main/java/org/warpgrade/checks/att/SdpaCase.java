package org.warpgrade.checks.att;

import static org.warpgrade.gpu.Argument.f32;
import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.nullPointer;
import static org.warpgrade.gpu.Argument.pointer;
import static org.warpgrade.gpu.DeviceBuffer.Access.IN;
import static org.warpgrade.gpu.ElementType.F32;

import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.DeviceTensor;
import org.warpgrade.engine.check.Run;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.SdpaOracle;
import org.warpgrade.reference.oracle.SdpaOracle.Attention;
import org.warpgrade.reference.oracle.SdpaOracle.Dims;

/** One input of {@code attn-sdpa}; the arrays are [B][A][S][D] and the mask [B][Sq][Sk], null for none. */
record SdpaCase(Dims dims, float[] q, float[] k, float[] v, byte @Nullable [] mask, float scale) {

    /** Normal inputs of these extents, nothing masked. */
    static SdpaCase normal(Inputs inputs, Dims d, float scale) {
        return new SdpaCase(
                d,
                inputs.normals(d.rows() * d.depth()),
                inputs.normals(d.batch() * d.heads() * d.keys() * d.depth()),
                inputs.normals(d.batch() * d.heads() * d.keys() * d.width()),
                null,
                scale);
    }

    SdpaCase withMask(byte[] other) {
        return new SdpaCase(dims, q, k, v, other, scale);
    }

    SdpaCase withQueries(float[] other) {
        return new SdpaCase(dims, other, k, v, mask, scale);
    }

    SdpaCase withKeys(float[] other) {
        return new SdpaCase(dims, q, other, v, mask, scale);
    }

    SdpaCase withValues(float[] other) {
        return new SdpaCase(dims, q, k, other, mask, scale);
    }

    Attention oracle() {
        return SdpaOracle.attention(q, k, v, mask, dims, scale);
    }

    /** A finished run with its two outputs. */
    record Attempt(SdpaCase input, Run run, DeviceBuffer probs, DeviceBuffer out) {

        DeviceTensor probsTensor() {
            return new DeviceTensor("probs", probs.shape(), run.floats(probs));
        }

        DeviceTensor outTensor() {
            return new DeviceTensor("out", out.shape(), run.floats(out));
        }

        /** Probabilities first: they are the earlier stage. */
        Attempt matchesTheOracle() {
            Attention expected = input.oracle();
            run.assertThat(probs)
                    .isCloseTo(
                            expected.probs(),
                            Tolerance.perElement(expected.probsBounds(), Attention.PROBS_FORMULA),
                            SdpaMistakes.ofProbabilities(input));
            run.assertThat(out)
                    .isCloseTo(
                            expected.out(),
                            Tolerance.perElement(expected.outBounds(), Attention.OUT_FORMULA),
                            SdpaMistakes.ofContext(input));
            return this;
        }
    }

    Attempt run(Bench bench, String family) {
        return run(
                bench,
                family,
                DeviceBuffer.floats("q", IN, q, dims.batch(), dims.heads(), dims.queries(), dims.depth()),
                DeviceBuffer.floats("k", IN, k, dims.batch(), dims.heads(), dims.keys(), dims.depth()),
                DeviceBuffer.floats("v", IN, v, dims.batch(), dims.heads(), dims.keys(), dims.width()));
    }

    /** The case with given buffers for q, k and v, which may be one and the same. */
    Attempt run(Bench bench, String family, DeviceBuffer queries, DeviceBuffer keys, DeviceBuffer values) {
        DeviceBuffer probs = DeviceBuffer.output("probs", F32, dims.batch(), dims.heads(), dims.queries(), dims.keys());
        DeviceBuffer out = out();
        Run run = bench.run(family, label(), call(queries, keys, values, pointer(out), pointer(probs)));
        return new Attempt(this, run, probs, out);
    }

    DeviceBuffer out() {
        return DeviceBuffer.output("out", F32, dims.batch(), dims.heads(), dims.queries(), dims.width());
    }

    Call call(DeviceBuffer queries, DeviceBuffer keys, DeviceBuffer values, Argument out, Argument probs) {
        return Call.of(
                "sdpa",
                pointer(queries),
                pointer(keys),
                pointer(values),
                mask == null
                        ? nullPointer()
                        : pointer(DeviceBuffer.unsignedBytes(
                                "mask", IN, mask, dims.batch(), dims.queries(), dims.keys())),
                out,
                probs,
                i32(dims.batch()),
                i32(dims.heads()),
                i32(dims.queries()),
                i32(dims.keys()),
                i32(dims.depth()),
                i32(dims.width()),
                f32(scale));
    }

    String label() {
        return "B=" + dims.batch() + " A=" + dims.heads() + " Sq=" + dims.queries() + " Sk=" + dims.keys() + " D="
                + dims.depth() + " Dv=" + dims.width() + " scale=" + scale + (mask == null ? "" : " masked");
    }
}
