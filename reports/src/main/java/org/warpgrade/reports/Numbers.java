package org.warpgrade.reports;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers for people, the same on every machine: no locale decides on commas. */
public final class Numbers {

    private Numbers() {}

    /** At most seven significant digits, which tell every float apart from a wrong one; {@code 1.5e-7} when small. */
    public static String plain(double value) {
        return significant(value, 7);
    }

    /** Three significant digits: for errors, bounds and ratios, whose size matters and not their digits. */
    public static String rough(double value) {
        return significant(value, 3);
    }

    /** Milliseconds as {@code 12.3 ms} or {@code 1.23 s}. */
    public static String duration(double millis) {
        if (millis >= 1000) {
            return String.format(Locale.ROOT, "%.2f s", millis / 1000);
        }
        return String.format(Locale.ROOT, millis >= 100 ? "%.0f ms" : "%.1f ms", millis);
    }

    /** {@code 0.6667} as {@code 67 %}. */
    public static String percent(double fraction) {
        return Math.round(100 * fraction) + " %";
    }

    /** {@code y[3, 1024]}. */
    public static String coordinate(String tensor, List<Integer> coordinate) {
        return tensor + coordinate.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String significant(double value, int digits) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < 9) {
            return rounded.toPlainString();
        }
        String mantissa = rounded.scaleByPowerOfTen(-exponent).toPlainString();
        return mantissa + "e" + exponent;
    }
}
