package org.warpgrade.gpu.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.worker.Frames.Kind;

/**
 * Which buffers a worker process keeps: those of calls that are timed, since the same few come again and again. Both sides
 * number them in the order in which they are sent.
 */
final class SentBuffers {

    /** The worker has 4 GiB and needs a few copies of what it works on. */
    private static final long MOST_BYTES = 1L << 30;

    private final Map<DeviceBuffer, Integer> numbers = new IdentityHashMap<>();
    private long bytes;

    /** The number of a kept buffer; null for others. */
    @Nullable
    Integer numberOf(DeviceBuffer buffer) {
        return numbers.get(buffer);
    }

    /** Sends those of the buffers that are not there yet. */
    void send(OutputStream requests, List<DeviceBuffer> buffers) throws IOException {
        long fresh = buffers.stream()
                .filter(b -> !numbers.containsKey(b))
                .mapToLong(DeviceBuffer::bytes)
                .sum();
        if (bytes > 0 && bytes + fresh > MOST_BYTES) {
            Frames.write(requests, Kind.FORGET, _ -> {});
            numbers.clear();
            bytes = 0;
        }
        for (DeviceBuffer buffer : buffers) {
            if (numbers.putIfAbsent(buffer, numbers.size()) == null) {
                bytes += buffer.bytes();
                Frames.write(requests, Kind.KEEP, buffer.bytes(), out -> Wire.description(out, buffer));
            }
        }
    }
}
