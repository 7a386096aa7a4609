package org.warpgrade.checks.blk;

import static org.warpgrade.gpu.Argument.nullPointer;
import static org.warpgrade.gpu.Argument.pointer;
import static org.warpgrade.gpu.Argument.struct;
import static org.warpgrade.gpu.DeviceBuffer.Access.IN;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.reference.oracle.EncoderLayerOracle.Norm;
import org.warpgrade.reference.oracle.FfnOracle;
import org.warpgrade.reference.oracle.MhaOracle;

/** The shared weight structs of curriculum C12 as arguments. */
final class EncoderArguments {

    private EncoderArguments() {}

    /** {@code AttnW}. */
    static Argument attention(MhaOracle.Weights w, int h) {
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

    /** {@code LnW}. */
    static Argument norm(String name, Norm norm) {
        int h = norm.gain().length;
        return struct(parameter(name + ".g", norm.gain(), h), parameter(name + ".b", norm.bias(), h));
    }

    /** {@code FfnW}. */
    static Argument feedForward(FfnOracle.Weights w, int h, int inner) {
        return struct(
                parameter("w1", w.w1(), inner, h),
                parameter("b1", w.b1(), inner),
                parameter("w2", w.w2(), h, inner),
                parameter("b2", w.b2(), h));
    }

    private static Argument parameter(String name, float @Nullable [] values, int... shape) {
        return values == null ? nullPointer() : pointer(DeviceBuffer.floats(name, IN, values, shape));
    }
}
