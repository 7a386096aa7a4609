package org.warpgrade.gpu.ptx.isa;

import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.warpgrade.gpu.ptx.isa.Inputs.Direction;

/** A 16-bit floating point format spelled out from its definition, to judge the fast helpers by. */
record SmallFloat(String name, int exponentBits, int fractionBits) {

    private static final Map<SmallFloat, BigDecimal[]> MAGNITUDES = new ConcurrentHashMap<>();

    static final SmallFloat F16 = new SmallFloat("f16", 5, 10);
    static final SmallFloat BF16 = new SmallFloat("bf16", 8, 7);

    int infinity() {
        return (1 << exponentBits) - 1 << fractionBits;
    }

    boolean isNaN(int bits) {
        return (bits & 0x7FFF) > infinity();
    }

    boolean isFinite(int bits) {
        return (bits & 0x7FFF) < infinity();
    }

    /** The value of finite bits; of infinity, the power of two that it stands for when overflow is decided. */
    double value(int bits) {
        int exponent = (bits & 0x7FFF) >>> fractionBits;
        int fraction = bits & (1 << fractionBits) - 1;
        int bias = (1 << exponentBits - 1) - 1;
        double magnitude = exponent == 0
                ? Math.scalb((double) fraction, 1 - bias - fractionBits)
                : Math.scalb((double) fraction + (1 << fractionBits), exponent - bias - fractionBits);
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }

    /** The value including infinities and NaN. */
    double fullValue(int bits) {
        if (isNaN(bits)) {
            return Double.NaN;
        }
        return isFinite(bits)
                ? value(bits)
                : (bits & 0x8000) == 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    /** The bits that an exact non-zero value rounds to, found by bisection. */
    int round(BigDecimal exact, Direction direction) {
        boolean negative = exact.signum() < 0;
        BigDecimal magnitude = exact.abs();
        BigDecimal[] magnitudes = MAGNITUDES.computeIfAbsent(this, SmallFloat::magnitudes);
        int below = 0;
        int limit = infinity();
        while (limit - below > 1) {
            int middle = below + limit >>> 1;
            if (magnitudes[middle].compareTo(magnitude) <= 0) {
                below = middle;
            } else {
                limit = middle;
            }
        }
        BigDecimal low = magnitudes[below];
        boolean outward = low.compareTo(magnitude) != 0
                && switch (direction) {
                    case ZERO -> false;
                    case DOWN -> negative;
                    case UP -> !negative;
                    case NEAREST -> {
                        BigDecimal half = low.add(magnitudes[below + 1]).divide(BigDecimal.TWO);
                        int order = magnitude.compareTo(half);
                        yield order > 0 || (order == 0 && (below & 1) != 0);
                    }
                };
        return (outward ? below + 1 : below) | (negative ? 0x8000 : 0);
    }

    private BigDecimal[] magnitudes() {
        return IntStream.rangeClosed(0, infinity())
                .mapToObj(bits -> new BigDecimal(value(bits)))
                .toArray(BigDecimal[]::new);
    }

    @Override
    public String toString() {
        return name;
    }
}
