package org.warpgrade.gpu.cpu;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.host.HostMemory;
import org.warpgrade.gpu.host.ManagedMemory;
import org.warpgrade.gpu.host.ProgramFault;
import org.warpgrade.gpu.ptx.typed.AddressMap;
import org.warpgrade.gpu.ptx.typed.Op.Space;

/**
 * Memory as one lane sees it: every access resolved to its window, checked for bounds and alignment. With host memory it
 * is the entry's view, in which device memory may not be touched.
 */
final class LaneMemory {

    /** Where the bytes of a checked access lie. */
    static final class Spot {
        byte[] data = new byte[0];
        int offset;
        /** The allocation in global memory, null elsewhere. */
        @Nullable
        Allocation allocation;
        /** What the sanitizers know it as: GLOBAL, SHARED, LOCAL; parameters and host memory are GENERIC to them. */
        Space space = Space.GENERIC;
    }

    private final DeviceMemory global;
    private final @Nullable HostMemory host;
    private final EntryMachine.@Nullable ForeignMemory foreign;
    private final Spot spot = new Spot();

    LaneMemory(DeviceMemory global, @Nullable HostMemory host) {
        this(global, host, null);
    }

    /** The view of an entry whose device memory is not ours. */
    LaneMemory(DeviceMemory global, @Nullable HostMemory host, EntryMachine.@Nullable ForeignMemory foreign) {
        this.global = global;
        this.host = host;
        this.foreign = foreign;
    }

    boolean isHost() {
        return host != null;
    }

    /**
     * Checks an access and tells where its bytes are. The result is reused by the next call.
     *
     * @param address window offset for named windows, generic address for generic, global and const
     * @param bytes size of the whole access, also its alignment
     */
    Spot check(Space space, long address, int bytes, boolean write, Warp warp, Frame frame, int lane) {
        requireAligned(space, address, bytes, write);
        spot.allocation = null;
        spot.space = Space.GENERIC;
        switch (space) {
            case GENERIC -> generic(address, bytes, write, warp, frame, lane);
            case GLOBAL, CONST -> global(address, bytes, write);
            case SHARED -> shared(address & 0xFFFFFFFFL, bytes, write, warp);
            case LOCAL -> local(address, bytes, write, warp, lane);
            case PARAM_IN -> area(frame.in, frame.inStride, address, bytes, lane);
            case PARAM_OUT -> area(frame.out, frame.function.outgoingBytes(), address, bytes, lane);
            case PARAM_RETURN -> area(frame.ret, frame.function.returnBytes(), address, bytes, lane);
        }
        return spot;
    }

    /** The bytes that an access of several lanes goes to, the first of them at an address. */
    record Row(byte[] data, long address) {

        /** Whether every access is aligned and within the bytes. */
        private boolean holds(long[] addresses, int bytes) {
            long last = data.length - bytes;
            long signs = 0;
            long bits = 0;
            for (int lane = 0; lane < Frame.LANES; lane++) {
                long offset = addresses[lane] - address;
                signs |= offset | last - offset;
                bits |= addresses[lane];
            }
            return signs >= 0 && (bits & bytes - 1) == 0;
        }
    }

    /**
     * Where the accesses of all given lanes lie, if that is one array and nothing is wrong with any of them; null where each lane
     * must be asked by itself.
     *
     * @param addresses by lane, see {@link #check}; those of other lanes may be overwritten
     */
    @Nullable
    Row row(Space space, long[] addresses, int bytes, int lanes, Warp warp, Frame frame) {
        if (host != null || foreign != null) {
            return null;
        }
        long some = addresses[Integer.numberOfTrailingZeros(lanes)];
        if (lanes != -1) {
            for (int lane = 0; lane < Frame.LANES; lane++) {
                addresses[lane] = (lanes & 1 << lane) == 0 ? some : addresses[lane];
            }
        }
        Row row = switch (space) {
            case GLOBAL, CONST -> row(global.find(some));
            case SHARED -> new Row(warp.block.shared, 0);
            case PARAM_IN -> frame.inStride == 0 ? new Row(frame.in, 0) : null;
            case GENERIC, LOCAL, PARAM_OUT, PARAM_RETURN -> null;
        };
        return row != null && row.holds(addresses, bytes) ? row : null;
    }

    /** What is freed has no bytes. */
    private static Row row(Allocation allocation) {
        return new Row(allocation.data(), allocation.base());
    }

    void requireAligned(Space space, long address, int bytes, boolean write) {
        if ((address & (bytes - 1)) != 0) {
            throw new ProgramFault(
                    FindingKind.MISALIGNED,
                    (write ? "writes " : "reads ") + bytes + " bytes at " + where(space, address)
                            + ", which is not a multiple of " + bytes);
        }
    }

    private String where(Space space, long address) {
        return switch (space) {
            case SHARED -> "offset " + (address & 0xFFFFFFFFL) + " of shared memory";
            case LOCAL -> "offset " + address + " of local memory";
            case GENERIC, GLOBAL, CONST ->
                foreign != null && foreign.isDevice(address)
                        ? foreign.describe(address)
                        : AddressMap.windowOf(address) == AddressMap.GLOBAL
                                ? global.describe(address)
                                : "address 0x" + Long.toHexString(address);
            case PARAM_IN, PARAM_OUT, PARAM_RETURN -> "parameter offset " + address;
        };
    }

    private void generic(long address, int bytes, boolean write, Warp warp, Frame frame, int lane) {
        long window = AddressMap.windowOf(address);
        if (window == AddressMap.GLOBAL || isForeign(window, address)) {
            global(address, bytes, write);
        } else if (window == AddressMap.SHARED && host == null) {
            shared(address - AddressMap.SHARED, bytes, write, warp);
        } else if (window == AddressMap.LOCAL && host == null) {
            local(address - AddressMap.LOCAL, bytes, write, warp, lane);
        } else if (window == AddressMap.PARAM && host == null) {
            area(frame.in, frame.inStride, address - AddressMap.PARAM, bytes, lane);
        } else if (window == AddressMap.HOST) {
            hostAccess(address, bytes, write, warp, lane);
        } else {
            throw global.outOfBounds(address, bytes, write);
        }
    }

    private boolean isForeign(long window, long address) {
        return foreign != null && window != AddressMap.HOST && foreign.isDevice(address);
    }

    private void hostAccess(long address, int bytes, boolean write, Warp warp, int lane) {
        if (host == null) {
            throw global.outOfBounds(address, bytes, write);
        }
        if (address < HostMemory.ARENA) {
            local(address - AddressMap.HOST, bytes, write, warp, lane);
        } else if (host.holds(address, bytes)) {
            spot.data = host.data();
            spot.offset = host.offset(address);
        } else {
            throw new ProgramFault(
                    FindingKind.OUT_OF_BOUNDS,
                    (write ? "writes " : "reads ") + bytes + " bytes past the end of host memory");
        }
    }

    private void global(long address, int bytes, boolean write) {
        if (host != null && address >= HostMemory.ARENA && host.holds(address, bytes)) {
            spot.data = host.data();
            spot.offset = host.offset(address);
            return;
        }
        ManagedMemory managed = host == null ? null : host.managed();
        if (managed != null && managed.holds(address, bytes)) {
            spot.data = managed.bytes(address, bytes, write);
            spot.offset = managed.offset(address);
            return;
        }
        if (foreign != null) {
            foreign(foreign, address, bytes, write);
            return;
        }
        Allocation allocation = global.check(address, bytes, write);
        if (host != null && (write || allocation.origin() != Allocation.Origin.MODULE)) {
            throw hostDereferences(write, global.describe(address));
        }
        spot.data = allocation.data();
        spot.offset = (int) (address - allocation.base());
        spot.allocation = allocation;
        spot.space = Space.GLOBAL;
    }

    /** Variables of the module may be read, as on the device that is ours. */
    private void foreign(EntryMachine.ForeignMemory device, long address, int bytes, boolean write) {
        if (!device.isDevice(address)) {
            throw global.outOfBounds(address, bytes, write);
        }
        byte[] present = write ? null : device.variable(address, bytes);
        if (present == null) {
            throw hostDereferences(write, device.describe(address));
        }
        spot.data = present;
        spot.offset = 0;
    }

    private static ProgramFault hostDereferences(boolean write, String what) {
        return new ProgramFault(
                FindingKind.HOST_DEREFERENCES_DEVICE_MEMORY,
                "host code " + (write ? "writes" : "reads") + " device memory (" + what
                        + "): on a GPU this crashes; do it in a kernel");
    }

    private void shared(long offset, int bytes, boolean write, Warp warp) {
        byte[] data = warp.block.shared;
        if (offset < 0 || offset > data.length - bytes) {
            throw new ProgramFault(
                    FindingKind.OUT_OF_BOUNDS,
                    (write ? "writes " : "reads ") + bytes + " bytes at offset " + offset
                            + " of shared memory, of which the block has " + data.length + " bytes");
        }
        spot.data = data;
        spot.offset = (int) offset;
        spot.space = Space.SHARED;
    }

    private void local(long offset, int bytes, boolean write, Warp warp, int lane) {
        byte[] stack = warp.stacks[lane];
        int size = stack == null ? 0 : stack.length;
        if (stack == null || offset < 0 || offset > size - bytes) {
            throw new ProgramFault(
                    FindingKind.OUT_OF_BOUNDS,
                    (write ? "writes " : "reads ") + bytes + " bytes at offset " + offset
                            + " of the thread's local memory, which has " + size + " bytes");
        }
        spot.data = stack;
        spot.offset = (int) offset;
        spot.space = Space.LOCAL;
    }

    private void area(byte[] data, int stride, long offset, int bytes, int lane) {
        int size = stride == 0 ? data.length : stride;
        if (offset < 0 || offset > size - bytes) {
            throw new ProgramFault(FindingKind.OUT_OF_BOUNDS, "reads past the end of the parameters");
        }
        spot.data = data;
        spot.offset = lane * stride + (int) offset;
    }
}
