package org.warpgrade.gpu.cuda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Poison;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.host.ProgramFault;

/**
 * The device memory of one run, cut from chunks that the device keeps: every piece lies between guard zones, all of it
 * starts poisoned, and whatever a run used is overwritten when it ends.
 */
final class GpuMemory {

    /** Bytes before and after each piece whose change shows a write out of bounds. */
    static final int GUARD = 16 << 10;

    /** As {@code cudaMalloc} aligns. */
    private static final long ALIGNMENT = 512;

    private static final long CHUNK = 64L << 20;

    /** Freed memory up to this size is looked at for writes after the free. */
    private static final long WATCHED_AFTER_FREE = 16 << 20;

    /** Who asked for a piece. */
    enum Origin {
        ARGUMENT,
        PROGRAM
    }

    /** A piece of device memory with exact bounds. */
    static final class Piece {
        final long base;
        final long bytes;
        final String name;
        final Origin origin;
        byte @Nullable [] initial;
        boolean freed;

        Piece(long base, long bytes, String name, Origin origin, byte @Nullable [] initial) {
            this.base = base;
            this.bytes = bytes;
            this.name = name;
            this.origin = origin;
            this.initial = initial;
        }

        /** From the start of the guard before it. */
        long zoneBase() {
            return base - GUARD;
        }

        /** Both guards and what lies between, whole words. */
        long zoneBytes() {
            return GUARD + (bytes + 3) / 4 * 4 + GUARD;
        }
    }

    private record Chunk(long base, long bytes) {}

    private final CudaDriver driver;
    private final List<Chunk> chunks = new ArrayList<>();
    private final List<Piece> pieces = new ArrayList<>();
    private int chunk;
    private long next;
    private Poison poison = Poison.SIGNALLING_NAN;
    private long budget;
    private long alive;
    private long programAlive;
    private long programPeak;
    private int programCount;
    private boolean watchesFreed = true;

    GpuMemory(CudaDriver driver) {
        this.driver = driver;
    }

    /** Nothing is allocated any more, and nothing of the last run is left. */
    void begin(Poison newPoison, long newBudget) {
        for (Piece piece : pieces) {
            fill(piece);
        }
        pieces.clear();
        chunk = 0;
        next = chunks.isEmpty() ? 0 : chunks.getFirst().base();
        poison = newPoison;
        budget = newBudget;
        alive = 0;
        programAlive = 0;
        programPeak = 0;
        programCount = 0;
        watchesFreed = true;
    }

    /** A buffer of the call. */
    Piece argument(String name, byte @Nullable [] initial, long bytes) {
        alive += bytes;
        return place(new Piece(take(bytes), bytes, name, Origin.ARGUMENT, initial));
    }

    /** Memory that the entry asks for; null if the run's budget does not hold it. */
    @Nullable
    Piece allocate(long bytes) {
        if (bytes < 0 || alive + bytes > budget) {
            return null;
        }
        programCount++;
        alive += bytes;
        programAlive += bytes;
        programPeak = Math.max(programPeak, programAlive);
        return place(new Piece(take(bytes), bytes, "cudaMalloc #" + programCount, Origin.PROGRAM, null));
    }

    void free(long address) {
        Piece piece = find(address);
        if (piece == null || piece.base != address || piece.origin != Origin.PROGRAM) {
            throw new ProgramFault(
                    FindingKind.API_MISUSE,
                    "frees " + describe(address) + ", which is not the start of memory that was allocated here");
        }
        if (piece.freed) {
            throw new ProgramFault(FindingKind.DOUBLE_FREE, "frees " + piece.name + " a second time");
        }
        piece.freed = true;
        alive -= piece.bytes;
        programAlive -= piece.bytes;
        fill(piece); // What a kernel writes there from now on shows.
    }

    /** Memory for ourselves, beyond the program's reach and budget. */
    long reserve(long bytes) {
        return take(bytes);
    }

    /** Every piece as it was when it was allocated, for work that is done again; what frees it is not done again. */
    void restore() {
        watchesFreed = false;
        pieces.forEach(this::contents);
    }

    private Piece place(Piece piece) {
        pieces.add(piece);
        contents(piece);
        return piece;
    }

    private void contents(Piece piece) {
        fill(piece);
        if (piece.initial != null && piece.bytes > 0) {
            DriverFailure.check(driver.toDevice(piece.base, piece.initial), "copy the buffer " + piece.name);
        }
    }

    private void fill(Piece piece) {
        DriverFailure.check(
                driver.fillWords(piece.zoneBase(), poison.word(), piece.zoneBytes() / 4), "fill " + piece.name);
    }

    private long take(long bytes) {
        long zone = (GUARD + bytes + GUARD + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        while (chunk < chunks.size()) {
            Chunk present = chunks.get(chunk);
            if (next + zone <= present.base() + present.bytes()) {
                next += zone;
                return next - zone + GUARD;
            }
            chunk++;
            next = chunk < chunks.size() ? chunks.get(chunk).base() : 0;
        }
        long size = Math.max(CHUNK, zone);
        long[] base = new long[1];
        DriverFailure.check(driver.allocate(size, base), "allocate " + size + " bytes");
        chunks.add(new Chunk(base[0], size));
        next = base[0] + zone;
        return base[0] + GUARD;
    }

    long freeBytes() {
        return budget - alive;
    }

    long budget() {
        return budget;
    }

    long programPeak() {
        return programPeak;
    }

    List<Piece> leaks() {
        return pieces.stream()
                .filter(p -> p.origin == Origin.PROGRAM && !p.freed)
                .toList();
    }

    boolean holds(long address) {
        return chunks.stream().anyMatch(c -> address >= c.base() && address < c.base() + c.bytes());
    }

    /** The piece whose zone holds the address; null if there is none. */
    @Nullable
    Piece find(long address) {
        for (Piece piece : pieces) {
            if (address >= piece.zoneBase() && address < piece.zoneBase() + piece.zoneBytes()) {
                return piece;
            }
        }
        return null;
    }

    /** Throws the fault of an access that is not wholly inside one live piece. */
    void check(long address, long bytes, boolean write) {
        Piece piece = find(address);
        String verb = write ? "writes " : "reads ";
        if (piece == null) {
            throw new ProgramFault(FindingKind.OUT_OF_BOUNDS, verb + bytes + " bytes where no memory is");
        }
        long offset = address - piece.base;
        if (offset < 0 || bytes < 0 || offset + bytes > piece.bytes) {
            String where = offset < 0
                    ? -offset + " bytes before the start of "
                    : offset >= piece.bytes ? (offset - piece.bytes) + " bytes past the end of " : "across the end of ";
            throw new ProgramFault(
                    FindingKind.OUT_OF_BOUNDS,
                    verb + bytes + " bytes " + where + piece.name + " (" + piece.bytes + " bytes)");
        }
        if (piece.freed) {
            throw new ProgramFault(
                    FindingKind.USE_AFTER_FREE,
                    verb + bytes + " bytes at offset " + offset + " of " + piece.name + " after it was freed");
        }
    }

    String describe(long address) {
        Piece piece = find(address);
        if (piece == null) {
            return "address 0x" + Long.toHexString(address);
        }
        long offset = address - piece.base;
        return offset == 0 ? piece.name : piece.name + " + " + offset + " bytes";
    }

    byte[] read(Piece piece) {
        return read(piece.base, Math.toIntExact(piece.bytes));
    }

    byte[] read(long address, int bytes) {
        byte[] data = new byte[bytes];
        if (bytes > 0) {
            DriverFailure.check(driver.fromDevice(data, address), "read back " + describe(address));
        }
        return data;
    }

    /** The first write outside of a piece or after its free that the bytes show; null if there is none. */
    @Nullable
    Finding damage(@Nullable String kernel) {
        for (Piece piece : pieces) {
            byte[] before = read(piece.zoneBase(), GUARD);
            int low = lastChanged(before, 0);
            if (low >= 0) {
                return finding(
                        kernel, FindingKind.OUT_OF_BOUNDS, GUARD - low + " bytes before the start of " + sized(piece));
            }
            byte[] after = read(piece.base + piece.bytes, (int) (piece.zoneBytes() - GUARD - piece.bytes));
            int high = firstChanged(after, piece.bytes);
            if (high >= 0) {
                return finding(kernel, FindingKind.OUT_OF_BOUNDS, high + " bytes past the end of " + sized(piece));
            }
            if (watchesFreed && piece.freed && piece.bytes <= WATCHED_AFTER_FREE) {
                int at = firstChanged(read(piece), 0);
                if (at >= 0) {
                    return finding(
                            kernel,
                            FindingKind.USE_AFTER_FREE,
                            "at offset " + at + " of " + piece.name + " after it was freed");
                }
            }
        }
        return null;
    }

    private static String sized(Piece piece) {
        return piece.name + " (" + piece.bytes + " bytes)";
    }

    private static Finding finding(@Nullable String kernel, FindingKind kind, String where) {
        return new Finding(
                kind, Severity.ERROR, null, kernel, null, null, "writes " + where + Advice.CPU_NAMES_THE_LINE);
    }

    private int firstChanged(byte[] zone, long offset) {
        for (int i = 0; i < zone.length; i++) {
            if (zone[i] != poison.byteAt(offset + i)) {
                return i;
            }
        }
        return -1;
    }

    private int lastChanged(byte[] zone, long offset) {
        for (int i = zone.length - 1; i >= 0; i--) {
            if (zone[i] != poison.byteAt(offset + i)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the piece still holds what it was given. */
    boolean isAsGiven(Piece piece, byte[] present) {
        return Arrays.equals(present, piece.initial);
    }

    void close() {
        chunks.forEach(c -> driver.free(c.base()));
        chunks.clear();
        pieces.clear();
    }
}
