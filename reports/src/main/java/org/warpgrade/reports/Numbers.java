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

    /** Two significant digits in groups of three: {@code 420 000}; for how many times too large an error is. */
    public static String grouped(double value) {
        return value >= 1000 && value < 1e9
                ? String.format(
                                Locale.ROOT,
                                "%,d",
                                new BigDecimal(value).round(new MathContext(2)).longValue())
                        .replace(',', '\u2009')
                : significant(value, 2);
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

    /** {@code 39.1 ns}, {@code 95 µs} or {@code 1.75 ms}; a dash where unknown. */
    public static String micros(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        return value > 0 && value < 1
                ? rough(1000 * value) + " ns"
                : value < 1000 ? rough(value) + " µs" : rough(value / 1000) + " ms";
    }

    /** {@code y[3][1024]}, as the student would write it. */
    public static String coordinate(String tensor, List<Integer> coordinate) {
        return tensor + coordinate.stream().map(String::valueOf).collect(Collectors.joining("][", "[", "]"));
    }

    /** {@code 3 × 1024}. */
    public static String shape(List<Integer> extents) {
        return extents.stream().map(String::valueOf).collect(Collectors.joining(" × "));
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
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < 9) {
            return rounded.toPlainString();
        }
        String mantissa = rounded.scaleByPowerOfTen(-exponent).toPlainString();
        return mantissa + "e" + exponent;
    }
}
