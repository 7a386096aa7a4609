package org.warpgrade.gpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The final contents of every buffer of a call. */
public final class Buffers {

    /** Who wrote an element last. */
    public record Writer(int launch, String kernel, Dim3 block, Dim3 thread) {}

    /** Answers who wrote the 4-byte word at a byte offset last; null if nobody did or nobody watched. */
    @FunctionalInterface
    public interface WriterLog {
        @Nullable
        Writer writerOf(DeviceBuffer buffer, long byteOffset);
    }

    private final Map<DeviceBuffer, byte[]> contents;
    private final WriterLog writers;

    public Buffers(Map<DeviceBuffer, byte[]> contents, WriterLog writers) {
        this.contents = new IdentityHashMap<>(contents);
        this.writers = writers;
    }

    /** These contents, with the writers that another run of the same call has watched. */
    public Buffers withWritersOf(Buffers watched) {
        return new Buffers(contents, watched.writers);
    }

    /** A read-only little-endian view of the buffer's final bytes. */
    public ByteBuffer bytes(DeviceBuffer buffer) {
        byte[] bytes = contents.get(buffer);
        if (bytes == null) {
            throw new IllegalArgumentException("buffer " + buffer + " was no argument of this call");
        }
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    public float[] floats(DeviceBuffer buffer) {
        float[] values = new float[Math.toIntExact(buffer.elements())];
        bytes(buffer).asFloatBuffer().get(values);
        return values;
    }

    public double[] doubles(DeviceBuffer buffer) {
        double[] values = new double[Math.toIntExact(buffer.elements())];
        bytes(buffer).asDoubleBuffer().get(values);
        return values;
    }

    public int[] ints(DeviceBuffer buffer) {
        int[] values = new int[Math.toIntExact(buffer.elements())];
        bytes(buffer).asIntBuffer().get(values);
        return values;
    }

    public long[] longs(DeviceBuffer buffer) {
        long[] values = new long[Math.toIntExact(buffer.elements())];
        bytes(buffer).asLongBuffer().get(values);
        return values;
    }

    /** Who wrote the element last; null if nobody did, or if the run did not track writers. */
    public @Nullable Writer writerOf(DeviceBuffer buffer, long element) {
        return writers.writerOf(buffer, element * buffer.type().bytes());
    }
}
