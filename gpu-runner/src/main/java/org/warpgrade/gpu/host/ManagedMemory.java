package org.warpgrade.gpu.host;

import java.util.Map;
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

    /** The copy of one allocation. */
    private static final class Area {

        private final long base;
        private final byte[] copy;
        /** Bytes that host code has written and the device does not know of. */
        private final boolean[] written;

        private boolean anyWritten;
        private boolean stale = true;

        private Area(long base, int bytes) {
            this.base = base;
            this.copy = new byte[bytes];
            this.written = new boolean[bytes];
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
        return area != null && address - area.base <= area.copy.length - bytes;
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
            byte[] present = device.read(area.base, area.copy.length);
            System.arraycopy(present, 0, area.copy, 0, present.length);
            area.stale = false;
        }
        if (write) {
            java.util.Arrays.fill(area.written, offset(address), offset(address) + bytes, true);
            area.anyWritten = true;
        }
        return area.copy;
    }

    /** Where an address is among them. */
    public int offset(long address) {
        return (int) (address - areaOf(address).base);
    }

    private Area areaOf(long address) {
        return java.util.Objects.requireNonNull(area(address));
    }

    private @Nullable Area area(long address) {
        Map.Entry<Long, Area> before = areas.floorEntry(address);
        return before == null || address - before.getKey() >= before.getValue().copy.length ? null : before.getValue();
    }

    // ------------------------------------------------------------------ what the runtime tells

    /** The device is about to look. */
    void handOver() {
        for (Area area : areas.values()) {
            if (area.anyWritten) {
                handOver(area);
            }
        }
    }

    private void handOver(Area area) {
        int at = 0;
        while (at < area.written.length) {
            int from = at;
            while (at < area.written.length && area.written[at]) {
                area.written[at++] = false;
            }
            if (at > from) {
                device.write(area.base + from, java.util.Arrays.copyOfRange(area.copy, from, at));
            } else {
                at++;
            }
        }
        area.anyWritten = false;
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
