package org.warpgrade.engine.diagnosis;

import org.jspecify.annotations.Nullable;

/**
 * Errors of the size of a narrower format's rounding. The unit roundoff of half and TF32 (10 fraction bits) is 2^-11 and of
 * bfloat16 (7 bits) 2^-8; an error that is a few roundoffs accumulated is still of that size, one of single precision
 * (2^-24) or of a wrong formula is not.
 */
final class Precision implements Pattern {

    private static final int FLOAT_FRACTION = 23;

    @Override
    public @Nullable Recognised in(Evidence evidence) {
        if (evidence.distinctExpected() < 3) {
            return null;
        }
        double worst = 0;
        for (int i = 0; i < evidence.elements(); i++) {
            double error = Math.abs(evidence.actual()[i] - evidence.expected()[i]) / Math.abs(evidence.expected()[i]);
            if (evidence.wrong().get(i) && !Double.isFinite(error)) {
                return null;
            }
            worst = evidence.wrong().get(i) ? Math.max(worst, error) : worst;
        }
        if (worst > 0x1p-6 || worst < 0x1p-14) {
            return null;
        }
        if (storedWith(evidence, 7) && worst > 0x1p-11) {
            return told("bfloat16", "about 2^-8");
        }
        if (storedWith(evidence, 10)) {
            return told("half or TF32", "about 2^-11");
        }
        return worst <= 0x1p-9 ? told("half or TF32", "about 2^-11") : null;
    }

    private static Recognised told(String format, String size) {
        return Recognised.of(
                        "the errors are as large as " + format + " rounding (" + size + ")",
                        "误差与 " + format.replace(" or ", " 或 ") + " 的舍入误差相当（约 " + size.substring(6) + "）")
                .because(
                        "is something computed or stored in " + format + " precision instead of float?",
                        "是否有数据以 " + format.replace(" or ", " 或 ") + " 而不是 float 精度计算或存储？");
    }

    /** Whether every value needs no more fraction bits than that. */
    private static boolean storedWith(Evidence evidence, int bits) {
        int below = (1 << (FLOAT_FRACTION - bits)) - 1;
        for (double value : evidence.actual()) {
            if ((Float.floatToRawIntBits((float) value) & below) != 0) {
                return false;
            }
        }
        return true;
    }
}
