package org.warpgrade.gpu.host;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Set;

/** C's {@code printf} as CUDA defines it for device code (CUDA programming guide, formatted output). */
public final class PrintfFormat {

    /** Where the values come from: the argument buffer, and strings in the program's memory. */
    public interface Values {

        int nextInt();

        long nextLong();

        double nextDouble();

        String nextString();
    }

    /** The text and how many values it consumed. */
    public record Result(String text, int values) {}

    /** A program may ask for as many as it likes. */
    private static final int MOST_DIGITS = 500;

    /** What zeros do not fill. */
    private static final Set<String> NOT_FINITE = Set.of("inf", "nan", "INF", "NAN");

    private PrintfFormat() {}

    public static Result format(String format, Values values) {
        StringBuilder out = new StringBuilder();
        int consumed = 0;
        int i = 0;
        while (i < format.length()) {
            char c = format.charAt(i++);
            if (c != '%') {
                out.append(c);
                continue;
            }
            int begin = i;
            while (i < format.length() && "-+ #0".indexOf(format.charAt(i)) >= 0) {
                i++;
            }
            String flags = format.substring(begin, i);
            StringBuilder width = new StringBuilder();
            if (i < format.length() && format.charAt(i) == '*') {
                width.append(values.nextInt());
                consumed++;
                i++;
            }
            while (i < format.length() && Character.isDigit(format.charAt(i))) {
                width.append(format.charAt(i++));
            }
            int precision = -1;
            if (i < format.length() && format.charAt(i) == '.') {
                i++;
                precision = 0;
                if (i < format.length() && format.charAt(i) == '*') {
                    precision = Math.min(values.nextInt(), MOST_DIGITS);
                    consumed++;
                    i++;
                }
                while (i < format.length() && Character.isDigit(format.charAt(i))) {
                    precision = Math.min(precision * 10 + format.charAt(i++) - '0', MOST_DIGITS);
                }
            }
            int longs = 0;
            while (i < format.length() && "hlLzjt".indexOf(format.charAt(i)) >= 0) {
                longs += "lzjt".indexOf(format.charAt(i)) >= 0 ? 1 : 0;
                i++;
            }
            if (i >= format.length()) {
                out.append('%').append(format.substring(begin));
                break;
            }
            char conversion = format.charAt(i++);
            if (conversion == '%') {
                out.append('%');
                continue;
            }
            String body = switch (conversion) {
                case 'd', 'i' -> signed(longs > 0 ? values.nextLong() : values.nextInt(), flags, precision);
                case 'u' -> digits(Long.toUnsignedString(unsigned(values, longs)), precision);
                case 'x' -> prefix("0x", flags) + digits(Long.toHexString(unsigned(values, longs)), precision);
                case 'X' ->
                    prefix("0X", flags)
                            + digits(Long.toHexString(unsigned(values, longs)), precision)
                                    .toUpperCase(Locale.ROOT);
                case 'o' -> prefix("0", flags) + digits(Long.toOctalString(unsigned(values, longs)), precision);
                case 'c' -> String.valueOf((char) (values.nextInt() & 0xFF));
                case 'p' -> "0x" + Long.toHexString(values.nextLong());
                case 's' -> {
                    String text = values.nextString();
                    yield precision >= 0 && precision < text.length() ? text.substring(0, precision) : text;
                }
                case 'f', 'F', 'e', 'E', 'g', 'G', 'a', 'A' ->
                    floating(conversion, values.nextDouble(), flags, precision);
                default -> "%" + conversion;
            };
            consumed++;
            out.append(padded(body, flags, width.toString(), conversion));
        }
        return new Result(out.toString(), consumed);
    }

    private static long unsigned(Values values, int longs) {
        return longs > 0 ? values.nextLong() : values.nextInt() & 0xFFFFFFFFL;
    }

    private static String signed(long value, String flags, int precision) {
        String digits = digits(value < 0 ? Long.toString(value).substring(1) : Long.toString(value), precision);
        return value < 0 ? "-" + digits : sign(flags) + digits;
    }

    private static String sign(String flags) {
        return flags.indexOf('+') >= 0 ? "+" : flags.indexOf(' ') >= 0 ? " " : "";
    }

    private static String prefix(String prefix, String flags) {
        return flags.indexOf('#') >= 0 ? prefix : "";
    }

    private static String digits(String digits, int precision) {
        return "0".repeat(Math.max(0, precision - digits.length())) + digits;
    }

    private static String floating(char conversion, double value, String flags, int precision) {
        boolean upper = Character.isUpperCase(conversion);
        String body;
        double magnitude = Math.abs(value);
        boolean negative = Double.doubleToRawLongBits(value) < 0;
        if (Double.isNaN(value)) {
            body = "nan";
        } else if (Double.isInfinite(value)) {
            body = "inf";
        } else {
            int digits = precision < 0 ? 6 : precision;
            body = switch (Character.toLowerCase(conversion)) {
                case 'f' -> fixed(magnitude, digits);
                case 'e' -> scientific(magnitude, digits);
                case 'a' -> hexadecimal(magnitude);
                default -> general(magnitude, Math.max(1, digits), flags.indexOf('#') >= 0);
            };
        }
        String text = (negative ? "-" : sign(flags)) + body;
        return upper ? text.toUpperCase(Locale.ROOT) : text;
    }

    // C prints the exact value of a double, rounded to even; Java's formats begin with the shortest digits that tell it
    // apart.

    private static String fixed(double magnitude, int decimals) {
        return new BigDecimal(magnitude)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static String scientific(double magnitude, int decimals) {
        BigDecimal rounded = new BigDecimal(magnitude).round(new MathContext(decimals + 1, RoundingMode.HALF_EVEN));
        return String.format(Locale.ROOT, "%." + decimals + "e", rounded);
    }

    /** C's {@code %g}: the shorter of fixed and scientific, without trailing zeros. */
    private static String general(double magnitude, int digits, boolean keepZeros) {
        String scientific = scientific(magnitude, digits - 1);
        int exponent = Integer.parseInt(scientific.substring(scientific.indexOf('e') + 1));
        if (exponent < -4 || exponent >= digits) {
            int e = scientific.indexOf('e');
            String mantissa = scientific.substring(0, e);
            return (keepZeros ? withPoint(mantissa) : withoutZeros(mantissa)) + scientific.substring(e);
        }
        String fixed = fixed(magnitude, Math.max(0, digits - 1 - exponent));
        return keepZeros ? withPoint(fixed) : withoutZeros(fixed);
    }

    private static String withPoint(String number) {
        return number.indexOf('.') < 0 ? number + "." : number;
    }

    private static String hexadecimal(double magnitude) {
        String text = Double.toHexString(magnitude).replace(".0p", "p");
        return text.indexOf("p-") < 0 ? text.replace("p", "p+") : text;
    }

    private static String withoutZeros(String number) {
        if (number.indexOf('.') < 0) {
            return number;
        }
        int end = number.length();
        while (number.charAt(end - 1) == '0') {
            end--;
        }
        return number.substring(0, number.charAt(end - 1) == '.' ? end - 1 : end);
    }

    private static String padded(String body, String flags, String width, char conversion) {
        int wanted = 0;
        boolean left = flags.indexOf('-') >= 0;
        if (!width.isEmpty()) {
            wanted = Integer.parseInt(width.length() > 6 ? width.substring(0, 6) : width);
            if (wanted < 0) {
                left = true;
                wanted = -wanted;
            }
        }
        int missing = Math.min(wanted, 4096) - body.length();
        if (missing <= 0) {
            return body;
        }
        if (left) {
            return body + " ".repeat(missing);
        }
        boolean numeric = conversion != 's' && conversion != 'c' && !NOT_FINITE.contains(body.replaceAll("^[-+ ]", ""));
        if (flags.indexOf('0') >= 0 && numeric) {
            int signs = !body.isEmpty() && "+- ".indexOf(body.charAt(0)) >= 0 ? 1 : 0;
            return body.substring(0, signs) + "0".repeat(missing) + body.substring(signs);
        }
        return " ".repeat(missing) + body;
    }
}
