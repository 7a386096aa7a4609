package org.warpgrade.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a GPU's result of an {@code .approx} instruction may be from another's: PTX promises an error, not bits. Twice the
 * error that the PTX ISA states for the type (section 9.7.3 and 9.7.4), since both sides may have it.
 *
 * @param relative to the value
 * @param absolute beside it: sines and logarithms near zero
 */
record Approximation(Format format, double relative, double absolute) {

    private static final Pattern INSTRUCTION =
            Pattern.compile("\\b(\\w+)\\.approx(?:\\.ftz)?\\.(f32|f64|f16x2|f16|bf16x2|bf16)\\b");

    /** How bits are values. */
    enum Format {
        F32(1),
        F64(1),
        F16(1),
        F16X2(2),
        BF16(1),
        BF16X2(2);

        private final int lanes;

        Format(int lanes) {
            this.lanes = lanes;
        }

        double value(long bits, int lane) {
            return switch (this) {
                case F32 -> Float.intBitsToFloat((int) bits);
                case F64 -> Double.longBitsToDouble(bits);
                case F16, F16X2 -> Float.float16ToFloat((short) (bits >>> 16 * lane));
                case BF16, BF16X2 -> Float.intBitsToFloat((int) (bits >>> 16 * lane) << 16);
            };
        }
    }

    /** That of the program's instruction; empty if all of it is exact. */
    static Optional<Approximation> of(String ptx) {
        Matcher instruction = INSTRUCTION.matcher(ptx);
        if (!instruction.find()) {
            return Optional.empty();
        }
        Format format = Format.valueOf(instruction.group(2).toUpperCase(java.util.Locale.ROOT));
        double relative = switch (format) {
            case F32 -> instruction.group(1).equals("tanh") ? 0x1p-10 : 0x1p-20;
            case F64 -> 0x1p-20;
            case F16, F16X2 -> 0x1p-9;
            case BF16, BF16X2 -> 0x1p-6;
        };
        return Optional.of(new Approximation(format, relative, 0x1p-19));
    }

    boolean holds(long expected, long actual) {
        for (int lane = 0; lane < format.lanes; lane++) {
            double wanted = format.value(expected, lane);
            double got = format.value(actual, lane);
            boolean same = Double.compare(wanted, got) == 0 || Double.isNaN(wanted) && Double.isNaN(got);
            boolean near = Double.isFinite(wanted) && Math.abs(got - wanted) <= relative * Math.abs(wanted) + absolute;
            if (!same && !near) {
                return false;
            }
        }
        return true;
    }
}
