package org.warpgrade.gpu.cpu;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Poison;
import org.warpgrade.gpu.SourceLocation;

/** One piece of device memory with exact bounds. Public because generated code hands it on. */
public final class Allocation {

    /** Stands for "no allocation": every access is out of its bounds. */
    static final Allocation NONE = new Allocation(0, new byte[0], "nothing", Origin.MODULE);

    /** Who asked for the memory. */
    enum Origin {
        /** A buffer of the call. */
        ARGUMENT,
        /** {@code cudaMalloc} of the entry. */
        PROGRAM,
        /** {@code malloc} of a kernel: memory of its own, which only kernels may free. */
        HEAP,
        /** A variable of the module. */
        MODULE
    }

    private final long base;
    /** Replaced by nothing when freed. */
    private byte[] data;

    private final int size;
    private final String name;
    private final Origin origin;
    /** The line that asked for it; null if unknown. */
    private @Nullable SourceLocation at;

    /** One byte per byte of data, 1 where it was written; null if everything was. */
    private byte @Nullable [] written;
    /** Last writer per 4-byte word, as {@link WriterCode}; null if nobody watches. */
    private long @Nullable [] writers;

    private volatile boolean freed;
    private boolean readOnly;
    /** An input of the call that no kernel has written. */
    private boolean pristine;

    private @Nullable RaceShadow races;
    private @Nullable RaceShadow[] racePages = new RaceShadow[0];
    private int racePageCount;

    Allocation(long base, byte[] data, String name, Origin origin) {
        this.base = base;
        this.data = data;
        this.size = data.length;
        this.name = name;
        this.origin = origin;
    }

    long base() {
        return base;
    }

    byte[] data() {
        return data;
    }

    int size() {
        return size;
    }

    String name() {
        return name;
    }

    Origin origin() {
        return origin;
    }

    @Nullable
    SourceLocation at() {
        return at;
    }

    void askedForAt(@Nullable SourceLocation line) {
        at = line;
    }

    boolean isFreed() {
        return freed;
    }

    /** Ends its life: without bytes, every later access falls out of bounds and is told apart there. */
    void free() {
        freed = true;
        data = new byte[0];
    }

    /** What puts the bytes back as they are now. */
    Runnable remember() {
        byte[] bytes = data.clone();
        byte[] shadow = written == null ? null : written.clone();
        long[] last = writers == null ? null : writers.clone();
        return () -> {
            if (freed) {
                return;
            }
            System.arraycopy(bytes, 0, data, 0, bytes.length);
            written = shadow;
            writers = last;
        };
    }

    boolean isReadOnly() {
        return readOnly;
    }

    void makeReadOnly() {
        readOnly = true;
        pristine = origin == Origin.ARGUMENT && written == null;
    }

    /** Whether reads are all there was: they are in nobody's way, and a write would be the error that is told. */
    boolean isPristine() {
        return pristine;
    }

    /** A kernel writes what is read-only: from here on it is watched as other memory is. */
    void noLongerPristine() {
        pristine = false;
    }

    /** Fills the memory with poison and remembers that nothing was written yet. */
    void poison(Poison poison) {
        fill(data, poison);
        written = new byte[data.length];
    }

    static void fill(byte[] data, Poison poison) {
        int word = poison.word();
        int whole = data.length & ~3;
        for (int i = 0; i < whole; i += 4) {
            Bytes.putInt(data, i, word);
        }
        for (int i = whole; i < data.length; i++) {
            data[i] = poison.byteAt(i);
        }
    }

    byte @Nullable [] written() {
        return written;
    }

    void watchWriters() {
        writers = new long[(data.length + 3) / 4];
    }

    long @Nullable [] writers() {
        return writers;
    }

    void markWritten(int offset, int bytes) {
        if (written != null) {
            WrittenBytes.mark(written, offset, bytes);
        }
    }

    /** Whether all of the bytes were written. */
    boolean isWritten(int offset, int bytes) {
        return written == null || WrittenBytes.areWritten(written, offset, bytes);
    }

    /** After a copy: what was unwritten in the source is unwritten here. */
    void copyWritten(int offset, Allocation source, int sourceOffset, int bytes) {
        byte[] shadow = written;
        if (shadow == null) {
            return;
        }
        if (source.written == null) {
            Arrays.fill(shadow, offset, offset + bytes, (byte) 1);
        } else {
            System.arraycopy(source.written, sourceOffset, shadow, offset, bytes);
        }
    }

    /** Who touched what, made when first asked for. */
    RaceShadow raceShadow() {
        if (races == null) {
            races = RaceShadow.ofGlobal(name, 0, size);
        }
        return races;
    }

    /**
     * The same of the page around an offset; null if there are so many pages already.
     *
     * @param bits a page has {@code 1 << bits} bytes
     */
    @Nullable
    RaceShadow racePage(int offset, int bits, int most) {
        if (racePages.length == 0) {
            racePages = new RaceShadow[(size - 1 >> bits) + 1];
        }
        int index = offset >> bits;
        RaceShadow page = racePages[index];
        if (page == null && racePageCount < most) {
            page = RaceShadow.ofGlobal(name, index << bits, 1 << bits);
            racePages[index] = page;
            racePageCount++;
        }
        return page;
    }
}
