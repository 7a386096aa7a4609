package org.warpgrade.engine.performance;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Buffers;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.gpu.timing.TimedOutputs;
import org.warpgrade.gpu.timing.Workload;

/**
 * What the reference wrote for each call, and whether others wrote the same. Values need not be equal bit for bit: a sum of
 * fp32 values depends on its order. So for each tensor of floats
 *
 * <ul>
 *   <li>the root mean square of the differences is at most 2<sup>-15</sup> of that of the values: fp32 in any order stays below
 *       2<sup>-18</sup> for sums of 4,096 terms, products rounded to 10 bits (fp16, TF32) are at 2<sup>-12</sup>;
 *   <li>no element is off by more than 2<sup>-9</sup> of itself and of the root mean square.
 * </ul>
 *
 * <p>All else is equal bit for bit. It is not the judgement of the checks, which is stricter and knows the mathematics: it shows
 * that what was timed is what was checked.
 */
final class ReferenceOutputs {

    private static final double TOGETHER = 0x1p-15;
    private static final double EACH = 0x1p-9;

    /** Sums by atomics differ from run to run; what was compared once needs no second look. */
    private static final int MOST_CHECKSUMS = 64;

    private final List<Call> calls;
    private final Map<Call, Map<DeviceBuffer, byte[]>> right = new HashMap<>();

    ReferenceOutputs(List<Call> calls) {
        this.calls = calls;
    }

    /** Takes what the reference wrote. */
    void add(Call call, TimedOutputs outputs) {
        Buffers buffers = outputs.buffers();
        Map<DeviceBuffer, byte[]> contents = new LinkedHashMap<>();
        for (DeviceBuffer buffer : call.outputs()) {
            byte[] bytes = new byte[buffer.bytes()];
            buffers.bytes(buffer).get(bytes);
            contents.put(buffer, bytes);
        }
        right.put(call, contents);
    }

    /** What the reference wrote into a buffer; null if it was not to. */
    byte @Nullable [] of(Call call, DeviceBuffer buffer) {
        return right.getOrDefault(call, Map.of()).get(buffer);
    }

    /** The calls in turn, with the reference's outputs as the right ones. */
    Workload workload() {
        Map<Call, Set<Long>> seen = new HashMap<>();
        return new Workload() {
            @Override
            public Call call(int repetition) {
                return calls.get(repetition % calls.size());
            }

            @Override
            public @Nullable String wrong(int repetition, Call call, TimedOutputs after) {
                Set<Long> known = seen.computeIfAbsent(call, _ -> new HashSet<>());
                if (known.contains(after.checksum())) {
                    return null;
                }
                String words = compare(call, after.buffers());
                if (words == null && known.size() < MOST_CHECKSUMS) {
                    known.add(after.checksum());
                }
                return words;
            }
        };
    }

    private @Nullable String compare(Call call, Buffers after) {
        for (Map.Entry<DeviceBuffer, byte[]> entry :
                right.getOrDefault(call, Map.of()).entrySet()) {
            DeviceBuffer buffer = entry.getKey();
            ByteBuffer expected = ByteBuffer.wrap(entry.getValue()).order(java.nio.ByteOrder.LITTLE_ENDIAN);
            ByteBuffer actual = after.bytes(buffer);
            boolean same = expected.equals(actual)
                    || buffer.type() == ElementType.F32 && close(expected.asFloatBuffer(), actual.asFloatBuffer());
            if (!same) {
                return buffer + " does not hold what the reference computes from the same inputs";
            }
        }
        return null;
    }

    private static boolean close(FloatBuffer expected, FloatBuffer actual) {
        int n = expected.remaining();
        double squares = 0;
        double differences = 0;
        for (int i = 0; i < n; i++) {
            double value = expected.get(i);
            double difference = actual.get(i) - value;
            if (Double.isFinite(value)) {
                squares += value * value;
                differences += difference * difference;
            } else if (Float.floatToIntBits(expected.get(i)) != Float.floatToIntBits(actual.get(i))) {
                return false;
            }
        }
        double typical = Math.sqrt(squares / n);
        if (!(Math.sqrt(differences / n) <= TOGETHER * typical)) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            double value = expected.get(i);
            if (Double.isFinite(value) && !(Math.abs(actual.get(i) - value) <= EACH * (Math.abs(value) + typical))) {
                return false;
            }
        }
        return true;
    }
}
