package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Poison;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.cpu.Allocation.Origin;
import org.warpgrade.gpu.host.CudaError;
import org.warpgrade.gpu.host.DeviceBackend;
import org.warpgrade.gpu.host.ProgramFault;
import org.warpgrade.gpu.ptx.typed.AddressMap;
import org.warpgrade.gpu.ptx.typed.ModuleLayout;

/**
 * The device memory of one run. Allocations begin on 64 KiB boundaries with at least one empty granule between two of
 * them, so that one array look-up finds the allocation of an address and its exact bounds decide.
 */
final class DeviceMemory {

    private static final int BITS = ModuleLayout.GRANULE_BITS;

    /** Freed memory keeps its address and its name, so that a late access is told apart: what was allocated adds up. */
    private static final int MOST_ALLOCATIONS = 100_000;

    private static final long MOST_ADDRESSES = 64L << 30;

    private final Poison poison;
    private final long budget;
    private final boolean watchWriters;
    private volatile Allocation[] table = new Allocation[0];
    private final List<Allocation> all = new ArrayList<>();
    private long next;
    private long alive;
    private long programAlive;
    private long programPeak;
    private int programCount;
    private long heapLimit = DeviceBackend.DEFAULT_HEAP_BYTES;
    private long heapAlive;
    private boolean heapUsed;

    DeviceMemory(long firstFree, Poison poison, long budget, boolean watchWriters) {
        this.next = firstFree;
        this.poison = poison;
        this.budget = budget;
        this.watchWriters = watchWriters;
    }

    /** The allocation whose granules hold the address, live or freed; {@link Allocation#NONE} if there is none. */
    Allocation find(long address) {
        long index = (address - AddressMap.GLOBAL) >>> BITS;
        Allocation[] granules = table;
        return index < granules.length ? granules[(int) index] : Allocation.NONE;
    }

    /** Places given bytes at a fixed address: a module variable. */
    Allocation place(long address, byte[] data, String name) {
        return register(new Allocation(address, data, name, Origin.MODULE));
    }

    /** Memory of the module, which is there before the program runs. */
    void requireRoom(long address, long bytes, String name) {
        if (address - AddressMap.GLOBAL > MOST_ADDRESSES) {
            throw new ProgramFault(
                    FindingKind.MEMORY_BUDGET,
                    "there is no room for " + name
                            + ": the variables before it are too many or their alignments too great");
        }
        if (bytes < 0 || bytes > budget - alive) {
            throw new ProgramFault(
                    FindingKind.MEMORY_BUDGET,
                    name + " has " + bytes + " bytes; the device has " + (budget - alive) + " bytes left");
        }
        alive += bytes;
    }

    /** A buffer of the call with its initial bytes, or poisoned if there are none. */
    Allocation argument(String name, int bytes, byte @Nullable [] initial, boolean readOnly) {
        byte[] data = initial == null ? new byte[bytes] : initial.clone();
        Allocation allocation = new Allocation(take(bytes), data, name, Origin.ARGUMENT);
        if (initial == null) {
            allocation.poison(poison);
        }
        if (readOnly) {
            allocation.makeReadOnly();
        }
        alive += bytes;
        return register(allocation);
    }

    /**
     * Memory that the program asks for; null if the budget does not hold it, as {@code cudaErrorMemoryAllocation}.
     */
    synchronized @Nullable Allocation allocate(long bytes, Origin origin, @Nullable SourceLocation at) {
        if (bytes < 0
                || bytes > Integer.MAX_VALUE - 64
                || bytes > budget - alive
                || origin == Origin.HEAP && isHeapTooSmall(bytes)
                || programCount >= MOST_ALLOCATIONS
                || next - AddressMap.GLOBAL + bytes > MOST_ADDRESSES) {
            return null;
        }
        programCount++;
        Allocation allocation =
                new Allocation(take(bytes), new byte[(int) bytes], maker(origin) + " #" + programCount, origin);
        allocation.askedForAt(at);
        allocation.poison(poison);
        alive += bytes;
        programAlive += bytes;
        heapAlive += origin == Origin.HEAP ? bytes : 0;
        programPeak = Math.max(programPeak, programAlive);
        return register(allocation);
    }

    private boolean isHeapTooSmall(long bytes) {
        heapUsed = true;
        return bytes > heapLimit - heapAlive;
    }

    synchronized long heapLimit() {
        return heapLimit;
    }

    /** Bytes that kernels asked for and have not freed. */
    synchronized long heapAlive() {
        return heapAlive;
    }

    synchronized CudaError limitHeap(long bytes) {
        if (heapUsed || bytes < 0) {
            return CudaError.INVALID_VALUE;
        }
        if (bytes > budget - alive) {
            return CudaError.MEMORY_ALLOCATION;
        }
        heapLimit = bytes;
        return CudaError.SUCCESS;
    }

    private static String maker(Origin origin) {
        return origin == Origin.HEAP ? "malloc" : "cudaMalloc";
    }

    /** Frees what {@link #allocate} gave to the same origin. */
    synchronized void free(long address, Origin origin) {
        Allocation allocation = find(address);
        if (allocation.base() != address || allocation.origin() != origin) {
            throw new ProgramFault(
                    FindingKind.API_MISUSE,
                    "frees " + describe(address) + ", which is not the start of memory that "
                            + (origin == Origin.HEAP ? "malloc gave to a kernel" : "was allocated here"));
        }
        if (allocation.isFreed()) {
            throw new ProgramFault(FindingKind.DOUBLE_FREE, "frees " + allocation.name() + " a second time");
        }
        allocation.free();
        alive -= allocation.size();
        programAlive -= allocation.size();
        heapAlive -= origin == Origin.HEAP ? allocation.size() : 0;
    }

    private long take(long bytes) {
        long address = next;
        next += ModuleLayout.granules(bytes);
        return address;
    }

    private synchronized Allocation register(Allocation allocation) {
        if (watchWriters) {
            allocation.watchWriters();
        }
        all.add(allocation);
        int first = (int) ((allocation.base() - AddressMap.GLOBAL) >>> BITS);
        int count = (int) (ModuleLayout.granules(allocation.size()) >>> BITS);
        Allocation[] granules = table;
        if (first + count > granules.length) {
            int old = granules.length;
            granules = Arrays.copyOf(granules, Math.max(first + count, old * 2));
            Arrays.fill(granules, old, granules.length, Allocation.NONE);
        }
        Arrays.fill(granules, first, first + count, allocation);
        table = granules;
        return allocation;
    }

    synchronized long freeBytes() {
        return budget - alive;
    }

    long programPeak() {
        return programPeak;
    }

    /** What the program allocated and never freed. */
    List<Allocation> leaks() {
        return all.stream()
                .filter(a -> (a.origin() == Origin.PROGRAM || a.origin() == Origin.HEAP) && !a.isFreed())
                .toList();
    }

    List<Allocation> allocations() {
        return all;
    }

    /**
     * The allocation and a checked offset in it for an access; what is wrong with the access is a fault with words.
     *
     * @return the allocation; the offset is {@code address - allocation.base()}
     */
    Allocation check(long address, int bytes, boolean write) {
        Allocation allocation = find(address);
        long offset = address - allocation.base();
        if (offset < 0 || offset > allocation.size() - bytes || allocation.isFreed()) {
            throw outOfBounds(address, bytes, write);
        }
        return allocation;
    }

    ProgramFault outOfBounds(long address, int bytes, boolean write) {
        String verb = write ? "writes " : "reads ";
        if (AddressMap.windowOf(address) == AddressMap.HOST) {
            return new ProgramFault(
                    FindingKind.KERNEL_DEREFERENCES_HOST_MEMORY,
                    "a kernel " + (write ? "writes" : "reads")
                            + " host memory: copy the data to device memory and pass that pointer");
        }
        if (AddressMap.windowOf(address) != AddressMap.GLOBAL) {
            String what = address >= 0 && address < AddressMap.GLOBAL
                    ? (address < 1 << 16 ? "through a null pointer" : "through a pointer that points nowhere")
                    : "through a pointer that is no address";
            return new ProgramFault(
                    FindingKind.OUT_OF_BOUNDS,
                    verb + bytes + " bytes " + what + " (address 0x" + Long.toHexString(address) + ")");
        }
        Allocation allocation = find(address);
        if (allocation == Allocation.NONE) {
            return nearest(address, bytes, verb);
        }
        long offset = address - allocation.base();
        if (allocation.isFreed() && offset >= 0 && offset + bytes <= allocation.size()) {
            return new ProgramFault(
                    FindingKind.USE_AFTER_FREE,
                    verb + bytes + " bytes at offset " + offset + " of " + allocation.name() + " after it was freed");
        }
        return beyond(allocation, offset, bytes, verb);
    }

    private ProgramFault nearest(long address, int bytes, String verb) {
        Allocation best = null;
        long distance = Long.MAX_VALUE;
        for (Allocation allocation : all) {
            long away = address < allocation.base()
                    ? allocation.base() - address
                    : address - allocation.base() - allocation.size();
            if (away < distance) {
                distance = away;
                best = allocation;
            }
        }
        if (best == null) {
            return new ProgramFault(FindingKind.OUT_OF_BOUNDS, verb + bytes + " bytes where no memory is");
        }
        return beyond(best, address - best.base(), bytes, verb);
    }

    private static ProgramFault beyond(Allocation allocation, long offset, int bytes, String verb) {
        String where;
        if (offset < 0) {
            where = -offset + " bytes before the start of ";
        } else if (offset >= allocation.size()) {
            where = (offset - allocation.size()) + " bytes past the end of ";
        } else {
            where = "across the end of ";
        }
        return new ProgramFault(
                FindingKind.OUT_OF_BOUNDS,
                verb + bytes + " bytes " + where + allocation.name() + " (" + allocation.size() + " bytes)");
    }

    static String writesToInput(Allocation allocation) {
        return "writes to the input " + allocation.name() + ", which must stay as it is";
    }

    /** An address in words: the buffer and the offset in it. */
    String describe(long address) {
        Allocation allocation = find(address);
        if (allocation == Allocation.NONE) {
            return "address 0x" + Long.toHexString(address);
        }
        long offset = address - allocation.base();
        return offset == 0 ? allocation.name() : allocation.name() + " + " + offset + " bytes";
    }
}
