package org.warpgrade.gpu.cpu;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.isa.PtxMath;
import org.warpgrade.gpu.ptx.isa.PtxMath.MethodRef;

/**
 * {@code .ftz} and {@code .sat} of half precision and bfloat16, whose bits are ints like any other: only the helper's name
 * tells. In conversions {@code .ftz} is about f32 alone.
 *
 * @param flush to apply to inputs and result, null if there is nothing to flush
 * @param saturate to apply to the result, null if there is nothing to saturate
 */
record HalfModifiers(@Nullable MethodRef flush, @Nullable MethodRef saturate) {

    static HalfModifiers of(MethodRef meaning, boolean ftz, boolean sat) {
        if (!ftz && !sat) {
            return new HalfModifiers(null, null);
        }
        String[] words = meaning.name().split("_");
        boolean conversion = words[0].equals("cvt");
        String result = words[conversion ? words.length - 2 : words.length - 1];
        return new HalfModifiers(
                ftz && !conversion && isHalf(result) ? helper("ftz_" + result) : null,
                sat && isHalf(result) ? helper("sat_" + result) : null);
    }

    private static MethodRef helper(String name) {
        return PtxMath.find(name).orElseThrow();
    }

    private static boolean isHalf(String type) {
        return switch (type) {
            case "f16", "bf16", "f16x2", "bf16x2" -> true;
            default -> false;
        };
    }
}
