package org.warpgrade.gpu.host;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.SourceLocation;

/**
 * Memory of {@code cudaMallocManaged}: device memory with a copy that host code works on. Before the device looks, it is given what host
 * code has written; before host code looks again, the copy is read anew. Between a launch and the next synchronisation host code
 * may not look at all (CUDA C++ Programming Guide, Unified Memory, coherency and concurrency).
 */
public final class ManagedMemory {

    /** Bytes of all copies together. */
    private static final long MOST_BYTES = 128L << 20;

    /** One allocation and its copy, which is there as soon as host code looks. */
    private static final class Area {

        private final long base;
        private final int size;
        private byte[] copy = {};
        /** Bytes that host code has written and the device does not know of. */
        private final BitSet written = new BitSet();

        private boolean stale = true;

        private Area(long base, int size) {
            this.base = base;
            this.size = size;
        }
    }

    private record Launch(String kernel, @Nullable SourceLocation at) {}

    private final DeviceBackend device;
    private final TreeMap<Long, Area> areas = new TreeMap<>();
    private @Nullable Launch underWay;

    ManagedMemory(DeviceBackend device) {
        this.device = device;
    }

    void add(long address, long bytes) {
        areas.put(address, new Area(address, Math.toIntExact(bytes)));
    }

    void remove(long address) {
        areas.remove(address);
    }

    // ------------------------------------------------------------------ what host code asks

    /** Whether all of an access lies in managed memory. */
    public boolean holds(long address, long bytes) {
        Area area = areas.isEmpty() ? null : area(address);
        return area != null && address - area.base <= area.size - bytes;
    }

    /** The bytes that host code reads or is about to write. */
    public byte[] bytes(long address, int bytes, boolean write) {
        Area area = areaOf(address);
        if (underWay != null) {
            throw new ProgramFault(
                    FindingKind.GLOBAL_RACE,
                    "host code " + (write ? "writes" : "reads") + " managed memory while " + underWay.kernel
                            + (underWay.at == null ? "" : ", launched at line " + underWay.at.line() + ",")
                            + " may still be at work on it: call cudaDeviceSynchronize() first");
        }
        if (area.stale) {
            requireRoom(area);
            area.copy = device.read(area.base, area.size);
            area.stale = false;
        }
        if (write) {
            area.written.set(offset(address), offset(address) + bytes);
        }
        return area.copy;
    }

    private void requireRoom(Area area) {
        long others = areas.values().stream()
                .filter(other -> other != area)
                .mapToLong(other -> other.copy.length)
                .sum();
        if (others + area.size > MOST_BYTES) {
            throw new ProgramFault(
                    FindingKind.MEMORY_BUDGET,
                    "host code uses more than " + (MOST_BYTES >> 20) + " MiB of managed memory");
        }
    }

    /** Where an address is among them. */
    public int offset(long address) {
        return (int) (address - areaOf(address).base);
    }

    private Area areaOf(long address) {
        return Objects.requireNonNull(area(address));
    }

    private @Nullable Area area(long address) {
        Map.Entry<Long, Area> before = areas.floorEntry(address);
        return before == null || address - before.getKey() >= before.getValue().size ? null : before.getValue();
    }

    // ------------------------------------------------------------------ what the runtime tells

    /** The device is about to look. */
    void handOver() {
        for (Area area : areas.values()) {
            for (int from = area.written.nextSetBit(0); from >= 0; ) {
                int to = area.written.nextClearBit(from);
                device.write(area.base + from, Arrays.copyOfRange(area.copy, from, to));
                from = area.written.nextSetBit(to);
            }
            area.written.clear();
        }
    }

    /** The device may have written. */
    void changed() {
        areas.values().forEach(area -> area.stale = true);
    }

    /** A kernel was launched, and nobody has waited for it yet. */
    void launched(String kernel, @Nullable SourceLocation at) {
        underWay = areas.isEmpty() ? null : new Launch(kernel, at);
        changed();
    }

    /** Host code has waited for the device. */
    void synchronised() {
        underWay = null;
    }
}
