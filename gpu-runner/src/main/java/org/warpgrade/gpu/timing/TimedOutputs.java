package org.warpgrade.gpu.timing;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.warpgrade.gpu.Buffers;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;

/**
 * What the timed part of a repetition wrote. The bytes may be in another process and hundreds of megabytes, so a checksum
 * comes first; who has seen it before need not look at the bytes.
 */
public interface TimedOutputs {

    /**
     * Two checksums of the buffers that the entry may write, in the order of the call. A program that does not know the
     * right outputs cannot aim at their checksum.
     */
    long checksum();

    /** The bytes; only until the device's next repetition. */
    Buffers buffers();

    /** Outputs that are at hand. */
    static TimedOutputs of(Call call, Buffers buffers) {
        return new TimedOutputs() {
            @Override
            public long checksum() {
                return checksumOf(call.outputs(), buffers);
            }

            @Override
            public Buffers buffers() {
                return buffers;
            }
        };
    }

    private static long checksumOf(List<DeviceBuffer> written, Buffers buffers) {
        Checksum high = new CRC32();
        Checksum low = new CRC32C();
        for (DeviceBuffer buffer : written) {
            ByteBuffer bytes = buffers.bytes(buffer);
            high.update(bytes.duplicate());
            low.update(bytes);
        }
        return high.getValue() << 32 | low.getValue();
    }
}
