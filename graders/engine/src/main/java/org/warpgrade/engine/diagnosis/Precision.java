package org.warpgrade.engine.diagnosis;

import org.jspecify.annotations.Nullable;

/**
 * Errors of the size of a narrower format's rounding. The unit roundoff of half and TF32 (10 fraction bits) is 2^-11 and of
 * bfloat16 (7 bits) 2^-8; an error that is a few roundoffs accumulated is still of that size, one of single precision
 * (2^-24) or of a wrong formula is not.
 */
final class Precision implements Pattern {

    private static final int FLOAT_FRACTION = 23;

    /** Fewer values may have short significands by chance or because they are whole. */
    private static final int FEWEST_STORED = 8;

    @Override
    public @Nullable Recognised in(Evidence evidence) {
        if (evidence.distinctExpected() < 3) {
            return null;
        }
        double[] errors = relativeErrors(evidence);
        double typical = errors[errors.length / 2];
        if (typical > 0x1p-6 || typical < 0x1p-14) {
            return null;
        }
        double nearlyWorst = errors[(int) (0.95 * (errors.length - 1))];
        if (storedWith(evidence, 7) && nearlyWorst > 0x1p-11) {
            return told("bfloat16", "about 2^-8");
        }
        if (storedWith(evidence, 10) && evidence.wrong().cardinality() >= FEWEST_STORED) {
            return told("half or TF32", "about 2^-11");
        }
        return nearlyWorst <= 0x1p-9 ? told("half or TF32", "about 2^-11") : null;
    }

    /**
     * The errors of the wrong elements over their values, ascending, never empty. Where terms cancel, an error of the terms
     * is many times larger over the result; hence quantiles and not the maximum.
     */
    private static double[] relativeErrors(Evidence evidence) {
        return evidence.wrong().stream()
                .mapToDouble(
                        i -> Math.abs(evidence.actual()[i] - evidence.expected()[i]) / Math.abs(evidence.expected()[i]))
                .map(error -> Double.isFinite(error) ? error : Double.POSITIVE_INFINITY)
                .sorted()
                .toArray();
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
