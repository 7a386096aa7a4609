package org.warpgrade.cli;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.StringJoiner;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.ElementType;

/** A buffer's contents as lines for people. */
final class BufferText {

    private BufferText() {}

    /** {@code y[2, 3] f32: 1 2 3 4 … (2 more)}. */
    static String of(DeviceBuffer buffer, ByteBuffer bytes, int show) {
        StringJoiner values = new StringJoiner(" ");
        long elements = buffer.elements();
        for (int i = 0; i < Math.min(elements, show); i++) {
            values.add(element(buffer.type(), bytes, i));
        }
        if (elements > show) {
            values.add("… (" + (elements - show) + " more)");
        }
        return buffer + " " + buffer.type().name().toLowerCase(Locale.ROOT) + ": " + values;
    }

    private static String element(ElementType type, ByteBuffer bytes, int i) {
        return switch (type) {
            case U8 -> Integer.toString(bytes.get(i) & 0xFF);
            case I32 -> Integer.toString(bytes.getInt(4 * i));
            case U32 -> Integer.toUnsignedString(bytes.getInt(4 * i));
            case I64 -> Long.toString(bytes.getLong(8 * i));
            case F16 -> decimal(Float.float16ToFloat(bytes.getShort(2 * i)));
            case BF16 -> decimal(Float.intBitsToFloat(bytes.getShort(2 * i) << 16));
            case F32 -> decimal(bytes.getFloat(4 * i));
            case F64 -> number(Double.toString(bytes.getDouble(8 * i)));
        };
    }

    private static String decimal(float value) {
        return number(Float.toString(value));
    }

    private static String number(String text) {
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
