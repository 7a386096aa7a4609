package org.warpgrade.gpu.cpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.ptx.typed.Op;

/**
 * Follows NaNs to the expression that made them. A NaN that arithmetic makes of numbers gets the number of its birth as
 * payload; arithmetic on it keeps the payload; so a NaN in an output tells its birth. Infinities have no payload: the
 * first one that was made of finite numbers is told.
 */
final class NanOrigins {

    /** Births that are told of one run. */
    private static final int MOST = 3;

    private static final int QUIET_F32 = 0x7FC00000;
    private static final int PAYLOAD_F32 = 0x3FFFFF;
    private static final long QUIET_F64 = 0x7FF8000000000000L;
    private static final long PAYLOAD_F64 = 0x7FFFFFFFFFFFFL;

    /** Births in order; a payload is an index plus one. */
    private final List<Finding> births = new ArrayList<>();

    private final Map<Integer, Integer> birthOfPlace = new HashMap<>();
    private @Nullable Finding infinity;

    /** The bits that an operation leaves in its destination, tagged if they are a NaN. */
    long trace(Op.Compute op, long[] operands, long result, LaneAtWork at) {
        Class<?> type = op.meaning().type().returnType();
        if (type == float.class) {
            return traceF32(op, operands, result, at);
        }
        return type == double.class ? traceF64(op, operands, result, at) : result;
    }

    private long traceF32(Op.Compute op, long[] operands, long result, LaneAtWork at) {
        float value = Float.intBitsToFloat((int) result);
        if (Float.isNaN(value)) {
            return QUIET_F32 | payload(op, operands, at);
        }
        if (Float.isInfinite(value)) {
            noteInfinity(op, operands, at);
        }
        return result;
    }

    private long traceF64(Op.Compute op, long[] operands, long result, LaneAtWork at) {
        double value = Double.longBitsToDouble(result);
        if (Double.isNaN(value)) {
            return QUIET_F64 | payload(op, operands, at);
        }
        if (Double.isInfinite(value)) {
            noteInfinity(op, operands, at);
        }
        return result;
    }

    /** The payload of a NaN operand, or that of a birth. */
    private int payload(Op.Compute op, long[] operands, LaneAtWork at) {
        boolean inherited = false;
        for (int i = 0; i < operands.length; i++) {
            if (Double.isNaN(valueOf(op, operands, i))) {
                inherited = true;
                int payload = op.meaning().type().parameterType(i) == float.class
                        ? payloadF32((int) operands[i])
                        : payloadF64(operands[i]);
                if (payload != 0) {
                    return payload;
                }
            }
        }
        return inherited ? 0 : birth(op, operands, at);
    }

    private static int payloadF32(int bits) {
        int payload = bits & PAYLOAD_F32;
        return (bits & QUIET_F32) != QUIET_F32 || payload == PAYLOAD_F32 ? 0 : payload;
    }

    private static int payloadF64(long bits) {
        long payload = bits & PAYLOAD_F64;
        return (bits & QUIET_F64) != QUIET_F64 || payload >= PAYLOAD_F32 ? 0 : (int) payload;
    }

    /** One birth per instruction: its first. */
    private int birth(Op.Compute op, long[] operands, LaneAtWork at) {
        Integer known = birthOfPlace.get(at.pc());
        if (known != null) {
            return known;
        }
        String from = infinity != null && infinity.at() != null && hasInfinity(op, operands)
                ? "; the first infinity came from line " + infinity.at().line()
                : "";
        births.add(
                at.finding(FindingKind.NAN_BORN, Severity.NOTE, "a NaN is born here: " + inWords(op, operands) + from));
        int payload = births.size();
        if (payload >= PAYLOAD_F32) {
            return 0;
        }
        birthOfPlace.put(at.pc(), payload);
        return payload;
    }

    private void noteInfinity(Op.Compute op, long[] operands, LaneAtWork at) {
        if (infinity == null && !hasInfinity(op, operands)) {
            infinity = at.finding(
                    FindingKind.NAN_BORN, Severity.NOTE, "an infinity is born here: " + inWords(op, operands));
        }
    }

    private static boolean hasInfinity(Op.Compute op, long[] operands) {
        for (int i = 0; i < operands.length; i++) {
            if (Double.isInfinite(valueOf(op, operands, i))) {
                return true;
            }
        }
        return false;
    }

    /** An operand as a number; integers are finite whatever they are. */
    private static double valueOf(Op.Compute op, long[] operands, int index) {
        Class<?> type = op.meaning().type().parameterType(index);
        if (type == float.class) {
            return Float.intBitsToFloat((int) operands[index]);
        }
        return type == double.class ? Double.longBitsToDouble(operands[index]) : 1;
    }

    // ------------------------------------------------------------------ words

    /** The operation without the values, which may be hidden: only what is special about them. */
    private static String inWords(Op.Compute op, long[] operands) {
        String name = op.meaning().name();
        String[] v = new String[4];
        for (int i = 0; i < operands.length; i++) {
            v[i] = kindOf(valueOf(op, operands, i));
        }
        return switch (name.substring(0, name.indexOf('_'))) {
            case "add" -> v[0] + " + " + v[1];
            case "sub" -> v[0] + " - " + v[1];
            case "mul" -> v[0] + " * " + v[1];
            case "div" -> v[0] + " / " + v[1];
            case "fma", "mad" -> v[0] + " * " + v[1] + " + " + v[2];
            case "sqrt" -> "square root of " + v[0];
            case "rsqrt" -> "1 / square root of " + v[0];
            case "rcp" -> "1 / " + v[0];
            case "lg2" -> "logarithm of " + v[0];
            case "ex2" -> "power of " + v[0];
            case "cvt" -> v[0] + " made narrower";
            default -> name.substring(0, name.indexOf('_')) + " of " + v[0];
        };
    }

    private static String kindOf(double value) {
        if (value == 0) {
            return "0";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "infinity" : "-infinity";
        }
        return value < 0 ? "a negative number" : "a positive number";
    }

    // ------------------------------------------------------------------ afterwards

    /** What outputs hold that is not finite. */
    private final class Outputs {
        private final BitSet reached = new BitSet();
        private boolean infinite;
        private boolean untraced;

        void add(ElementType type, ByteBuffer bytes) {
            switch (type) {
                case F32 -> {
                    while (bytes.remaining() >= 4) {
                        int bits = bytes.getInt();
                        add(Float.intBitsToFloat(bits), payloadF32(bits));
                    }
                }
                case F64 -> {
                    while (bytes.remaining() >= 8) {
                        long bits = bytes.getLong();
                        add(Double.longBitsToDouble(bits), payloadF64(bits));
                    }
                }
                case F16 -> {
                    while (bytes.remaining() >= 2) {
                        add(Float.float16ToFloat(bytes.getShort()), 0);
                    }
                }
                case BF16 -> {
                    while (bytes.remaining() >= 2) {
                        add(Float.intBitsToFloat(bytes.getShort() << 16), 0);
                    }
                }
                case U8, I32, U32, I64 -> {}
            }
        }

        private void add(double value, int payload) {
            infinite |= Double.isInfinite(value);
            if (Double.isNaN(value)) {
                if (payload > 0 && payload <= births.size()) {
                    reached.set(payload - 1);
                } else {
                    untraced = true;
                }
            }
        }
    }

    /** The births of the NaNs that outputs hold; if they hold none that can be traced, of their infinities. */
    List<Finding> reaching(Map<DeviceBuffer, Allocation> placed) {
        Outputs outputs = new Outputs();
        placed.forEach((buffer, allocation) -> {
            if (buffer.access() != DeviceBuffer.Access.IN) {
                outputs.add(buffer.type(), ByteBuffer.wrap(allocation.data()).order(ByteOrder.LITTLE_ENDIAN));
            }
        });
        if (outputs.reached.isEmpty() && outputs.untraced && !births.isEmpty()) {
            outputs.reached.set(0);
        }
        if (outputs.reached.isEmpty() && outputs.infinite && infinity != null) {
            return List.of(infinity);
        }
        return outputs.reached.stream().limit(MOST).mapToObj(births::get).toList();
    }
}
