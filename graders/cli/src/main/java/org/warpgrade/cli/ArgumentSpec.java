package org.warpgrade.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.ElementType;

/**
 * One {@code --arg} of {@code run}: {@code [NAME=]SPEC}.
 *
 * <ul>
 *   <li>{@code i32:4}, {@code u32:4}, {@code i64:4}, {@code u8:1}, {@code f32:1.5}, {@code f64:1.5}: a value
 *   <li>{@code null}: a null pointer
 *   <li>{@code buf:f32:2x3=FILL}: a buffer that the entry only reads
 *   <li>{@code inout:f32:2x3=FILL}: a buffer that it reads and writes
 *   <li>{@code out:f32:2x3}: a buffer that it writes, poisoned before
 * </ul>
 *
 * FILL is {@code iota} (0, 1, 2 …), {@code zeros}, {@code ones}, {@code random} (uniform in [-1, 1), integers in
 * [0, 100)), a list {@code 1,2.5,-3}, or {@code @FILE} with little-endian bytes.
 *
 * @param argument what the entry receives
 * @param buffer the buffer behind it, if it is one
 */
record ArgumentSpec(Argument argument, Optional<DeviceBuffer> buffer) {

    private static final Pattern NAMED = Pattern.compile("([A-Za-z_]\\w*)=((?:[a-z]+[0-9]*:|null$).*)");
    private static final Pattern BUFFER = Pattern.compile("(buf|inout|out):([a-z0-9]+):(\\d+(?:x\\d+)*)(?:=(.+))?");
    private static final Pattern SCALAR = Pattern.compile("([a-z0-9]+):(.+)");

    /** @param index the position of the argument, which names it if nothing else does: {@code arg0} */
    static ArgumentSpec parse(String text, int index) throws IOException {
        Matcher named = NAMED.matcher(text);
        String name = named.matches() ? named.group(1) : "arg" + index;
        String spec = named.matches() ? named.group(2) : text;
        if (spec.equals("null")) {
            return new ArgumentSpec(Argument.nullPointer(), Optional.empty());
        }
        Matcher buffer = BUFFER.matcher(spec);
        if (buffer.matches()) {
            DeviceBuffer made = buffer(name, text, buffer, index);
            return new ArgumentSpec(Argument.pointer(made), Optional.of(made));
        }
        Matcher scalar = SCALAR.matcher(spec);
        if (scalar.matches()) {
            ElementType type = type(scalar.group(1), text);
            byte[] bytes = encode(type, new double[] {number(scalar.group(2), text)}, scalar.group(2));
            return new ArgumentSpec(new Argument.Scalar(bytes), Optional.empty());
        }
        throw wrong(text, "expected a value such as f32:1.5, a buffer such as buf:f32:16=iota or out:f32:16, or null");
    }

    private static DeviceBuffer buffer(String name, String text, Matcher spec, int index) throws IOException {
        ElementType type = type(spec.group(2), text);
        int[] shape = shape(spec.group(3), text);
        String fill = spec.group(4);
        if (spec.group(1).equals("out")) {
            if (fill != null) {
                throw wrong(text, "an out buffer starts poisoned; use inout to fill it");
            }
            return DeviceBuffer.output(name, type, shape);
        }
        Access access = spec.group(1).equals("buf") ? Access.IN : Access.INOUT;
        byte[] initial = fill(fill == null ? "iota" : fill, type, elements(shape), text, index);
        return DeviceBuffer.of(name, type, access, initial, shape);
    }

    private static byte[] fill(String fill, ElementType type, int elements, String text, int index) throws IOException {
        if (fill.startsWith("@")) {
            byte[] bytes = Files.readAllBytes(Path.of(fill.substring(1)));
            if (bytes.length != elements * type.bytes()) {
                throw wrong(
                        text, "the file holds " + bytes.length + " bytes, " + elements * type.bytes() + " expected");
            }
            return bytes;
        }
        boolean whole = switch (type) {
            case U8, I32, U32, I64 -> true;
            case F16, BF16, F32, F64 -> false;
        };
        SplittableRandom random = new SplittableRandom(index);
        return switch (fill) {
            case "iota" -> encode(type, filled(elements, i -> i));
            case "zeros" -> encode(type, filled(elements, i -> 0));
            case "ones" -> encode(type, filled(elements, i -> 1));
            case "random" ->
                encode(type, filled(elements, i -> whole ? random.nextInt(100) : random.nextDouble(-1, 1)));
            default -> {
                String[] words = fill.split(",");
                if (words.length != elements) {
                    throw wrong(text, words.length + " values given, " + elements + " expected");
                }
                yield encode(
                        type,
                        Arrays.stream(words).mapToDouble(w -> number(w, text)).toArray());
            }
        };
    }

    private static double[] filled(int elements, LongToDoubleFunction value) {
        double[] values = new double[elements];
        for (int i = 0; i < elements; i++) {
            values[i] = value.applyAsDouble(i);
        }
        return values;
    }

    /** A single value keeps all digits of a 64-bit integer, which a double cannot. */
    private static byte[] encode(ElementType type, double[] values, String digits) {
        if (type == ElementType.I64 && digits.matches("[+-]?\\d+")) {
            return ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(Long.parseLong(digits))
                    .array();
        }
        return encode(type, values);
    }

    private static byte[] encode(ElementType type, double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            switch (type) {
                case U8 -> bytes.put((byte) (long) value);
                case I32, U32 -> bytes.putInt((int) (long) value);
                case I64 -> bytes.putLong((long) value);
                case F16 -> bytes.putShort(Float.floatToFloat16((float) value));
                case BF16 -> bytes.putShort(bfloat16((float) value));
                case F32 -> bytes.putFloat((float) value);
                case F64 -> bytes.putDouble(value);
            }
        }
        return bytes.array();
    }

    /** Round to nearest even; NaN stays NaN. */
    private static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16);
    }

    private static int[] shape(String text, String whole) {
        try {
            int[] shape =
                    Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray();
            elements(shape);
            return shape;
        } catch (NumberFormatException | ArithmeticException e) {
            throw wrong(whole, "the shape " + text + " is too large");
        }
    }

    private static int elements(int[] shape) {
        int count = 1;
        for (int extent : shape) {
            count = Math.multiplyExact(count, extent);
        }
        Math.multiplyExact(count, 8);
        return count;
    }

    private static ElementType type(String name, String text) {
        for (ElementType type : ElementType.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(name)) {
                return type;
            }
        }
        throw wrong(text, "'" + name + "' is no type; u8, i32, u32, i64, f16, bf16, f32 and f64 are");
    }

    private static double number(String word, String text) {
        return switch (word.strip()) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> {
                try {
                    yield Double.parseDouble(word);
                } catch (NumberFormatException e) {
                    throw wrong(text, "'" + word + "' is not a number");
                }
            }
        };
    }

    private static UsageException wrong(String text, String why) {
        return new UsageException("--arg " + text + ": " + why + ".");
    }
}
