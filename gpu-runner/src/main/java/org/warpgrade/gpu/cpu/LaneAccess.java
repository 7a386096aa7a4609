package org.warpgrade.gpu.cpu;

import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.host.ProgramFault;
import org.warpgrade.gpu.ptx.PtxType;
import org.warpgrade.gpu.ptx.typed.AddressMap;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.SpecialRegister;

/**
 * Memory accesses of compiled lanes, with exact bounds and alignment. Small on purpose: the JIT inlines them into the lane
 * loops. Public because generated code calls them.
 */
public final class LaneAccess {

    private static final PtxType[] TYPES = PtxType.values();
    private static final Op.AtomicOp[] ATOMICS = Op.AtomicOp.values();
    static final Op.BarrierObjectMode[] BARRIER_OBJECTS = Op.BarrierObjectMode.values();
    private static final SpecialRegister[] SPECIALS = SpecialRegister.values();

    private LaneAccess() {}

    static ProgramFault misaligned(boolean write, int bytes, String where) {
        return new ProgramFault(
                FindingKind.MISALIGNED,
                (write ? "writes " : "reads ") + bytes + " bytes at " + where + ", which is not a multiple of "
                        + bytes);
    }

    // ------------------------------------------------------------------ global

    public static void globalAlign(Cohort c, long address, int bytes, boolean write) {
        if ((address & (bytes - 1)) != 0) {
            throw misaligned(write, bytes, c.memory.describe(address));
        }
    }

    public static int globalByte(Cohort c, Near near, byte[] data, long begin, long address) {
        return Near.getByte(near, data, begin, address);
    }

    public static int globalShort(Cohort c, Near near, byte[] data, long begin, long address) {
        return Near.getShort(near, data, begin, address);
    }

    public static int globalInt(Cohort c, Near near, byte[] data, long begin, long address) {
        return Near.getInt(near, data, begin, address);
    }

    public static long globalLong(Cohort c, Near near, byte[] data, long begin, long address) {
        return Near.getLong(near, data, begin, address);
    }

    public static void globalPutByte(Cohort c, Near near, byte[] data, long begin, long address, int value) {
        Near.putByte(near, data, begin, address, value);
    }

    public static void globalPutShort(Cohort c, Near near, byte[] data, long begin, long address, int value) {
        Near.putShort(near, data, begin, address, value);
    }

    public static void globalPutInt(Cohort c, Near near, byte[] data, long begin, long address, int value) {
        Near.putInt(near, data, begin, address, value);
    }

    public static void globalPutLong(Cohort c, Near near, byte[] data, long begin, long address, long value) {
        Near.putLong(near, data, begin, address, value);
    }

    // Accesses beside one that was in that allocation and had this alignment; they, too, may be somewhere else.

    public static int besideByte(Cohort c, Near near, Allocation a, byte[] data, int offset) {
        try {
            return data[offset] & 0xFF;
        } catch (IndexOutOfBoundsException elsewhere) {
            return (int) near.far(a.base() + offset, 1);
        }
    }

    public static int besideShort(Cohort c, Near near, Allocation a, byte[] data, int offset) {
        try {
            return Bytes.getShort(data, offset);
        } catch (IndexOutOfBoundsException elsewhere) {
            return (int) near.far(a.base() + offset, 2);
        }
    }

    public static int besideInt(Cohort c, Near near, Allocation a, byte[] data, int offset) {
        try {
            return Bytes.getInt(data, offset);
        } catch (IndexOutOfBoundsException elsewhere) {
            return (int) near.far(a.base() + offset, 4);
        }
    }

    public static long besideLong(Cohort c, Near near, Allocation a, byte[] data, int offset) {
        try {
            return Bytes.getLong(data, offset);
        } catch (IndexOutOfBoundsException elsewhere) {
            return near.far(a.base() + offset, 8);
        }
    }

    public static void besidePutByte(Cohort c, Near near, Allocation a, byte[] data, int offset, int value) {
        try {
            data[offset] = (byte) value;
        } catch (IndexOutOfBoundsException elsewhere) {
            near.farPut(a.base() + offset, 1, value);
        }
    }

    public static void besidePutShort(Cohort c, Near near, Allocation a, byte[] data, int offset, int value) {
        try {
            Bytes.putShort(data, offset, value);
        } catch (IndexOutOfBoundsException elsewhere) {
            near.farPut(a.base() + offset, 2, value);
        }
    }

    public static void besidePutInt(Cohort c, Near near, Allocation a, byte[] data, int offset, int value) {
        try {
            Bytes.putInt(data, offset, value);
        } catch (IndexOutOfBoundsException elsewhere) {
            near.farPut(a.base() + offset, 4, value);
        }
    }

    public static void besidePutLong(Cohort c, Near near, Allocation a, byte[] data, int offset, long value) {
        try {
            Bytes.putLong(data, offset, value);
        } catch (IndexOutOfBoundsException elsewhere) {
            near.farPut(a.base() + offset, 8, value);
        }
    }

    /** An access whose pointer nobody follows. */
    private static Allocation find(Cohort c, long address, int bytes, boolean write) {
        if ((address & (bytes - 1)) != 0) {
            throw misaligned(write, bytes, c.memory.describe(address));
        }
        return c.memory.check(address, bytes, write);
    }

    private static long globalGet(Cohort c, long address, int bytes) {
        Allocation a = find(c, address, bytes, false);
        return Bytes.get(a.data(), (int) (address - a.base()), bytes);
    }

    private static void globalPut(Cohort c, long address, int bytes, long value) {
        Allocation a = find(c, address, bytes, true);
        Bytes.put(a.data(), (int) (address - a.base()), bytes, value);
    }

    public static long globalAtomic(Cohort c, long address, int op, int type, long b, long d) {
        PtxType valueType = TYPES[type];
        Allocation a = find(c, address, valueType.bytes(), true);
        return AtomicOperations.apply(ATOMICS[op], valueType, a.data(), (int) (address - a.base()), b, d);
    }

    // ------------------------------------------------------------------ shared

    static ProgramFault badShared(Cohort c, int offset, int bytes, boolean write) {
        if ((offset & (bytes - 1)) != 0) {
            return misaligned(write, bytes, "offset " + (offset & 0xFFFFFFFFL) + " of shared memory");
        }
        return new ProgramFault(
                FindingKind.OUT_OF_BOUNDS,
                (write ? "writes " : "reads ") + bytes + " bytes at offset " + (offset & 0xFFFFFFFFL)
                        + " of shared memory, of which the block has " + c.shared.length + " bytes");
    }

    public static void sharedAlign(Cohort c, int offset, int bytes, boolean write) {
        if ((offset & (bytes - 1)) != 0) {
            throw badShared(c, offset, bytes, write);
        }
    }

    // The array is as long as the block's shared memory, so the JVM's bounds are ours; alignment was checked before.

    public static int sharedByte(Cohort c, byte[] data, int offset) {
        try {
            return data[offset] & 0xFF;
        } catch (IndexOutOfBoundsException beyond) {
            throw badShared(c, offset, 1, false);
        }
    }

    public static int sharedShort(Cohort c, byte[] data, int offset) {
        try {
            return Bytes.getShort(data, offset);
        } catch (IndexOutOfBoundsException beyond) {
            throw badShared(c, offset, 2, false);
        }
    }

    public static int sharedInt(Cohort c, byte[] data, int offset) {
        try {
            return Bytes.getInt(data, offset);
        } catch (IndexOutOfBoundsException beyond) {
            throw badShared(c, offset, 4, false);
        }
    }

    public static long sharedLong(Cohort c, byte[] data, int offset) {
        try {
            return Bytes.getLong(data, offset);
        } catch (IndexOutOfBoundsException beyond) {
            throw badShared(c, offset, 8, false);
        }
    }

    public static void sharedPutByte(Cohort c, byte[] data, int offset, int value) {
        try {
            data[offset] = (byte) value;
        } catch (IndexOutOfBoundsException beyond) {
            throw badShared(c, offset, 1, true);
        }
    }

    public static void sharedPutShort(Cohort c, byte[] data, int offset, int value) {
        try {
            Bytes.putShort(data, offset, value);
        } catch (IndexOutOfBoundsException beyond) {
            throw badShared(c, offset, 2, true);
        }
    }

    public static void sharedPutInt(Cohort c, byte[] data, int offset, int value) {
        try {
            Bytes.putInt(data, offset, value);
        } catch (IndexOutOfBoundsException beyond) {
            throw badShared(c, offset, 4, true);
        }
    }

    public static void sharedPutLong(Cohort c, byte[] data, int offset, long value) {
        try {
            Bytes.putLong(data, offset, value);
        } catch (IndexOutOfBoundsException beyond) {
            throw badShared(c, offset, 8, true);
        }
    }

    public static long sharedAtomic(Cohort c, int offset, int op, int type, long b, long d) {
        PtxType valueType = TYPES[type];
        int bytes = valueType.bytes();
        byte[] data = c.shared;
        if (offset < 0 || offset > data.length - bytes || (offset & (bytes - 1)) != 0) {
            throw badShared(c, offset, bytes, true);
        }
        long old = Bytes.get(data, offset, bytes);
        Bytes.put(data, offset, bytes, AtomicOperations.combine(ATOMICS[op], valueType, old, b, d));
        return old;
    }

    // ------------------------------------------------------------------ local, parameters, call arguments

    private static int local(Cohort c, long offset, int bytes, boolean write) {
        if (offset < 0 || offset > c.localStride - bytes) {
            throw new ProgramFault(
                    FindingKind.OUT_OF_BOUNDS,
                    (write ? "writes " : "reads ") + bytes + " bytes at offset " + offset
                            + " of the thread's local memory, which has " + c.localStride + " bytes");
        }
        if ((offset & (bytes - 1)) != 0) {
            throw misaligned(write, bytes, "offset " + offset + " of local memory");
        }
        return c.lane * c.localStride + (int) offset;
    }

    public static long localGet(Cohort c, long offset, int bytes) {
        return Bytes.get(c.locals, local(c, offset, bytes, false), bytes);
    }

    public static void localPut(Cohort c, long offset, int bytes, long value) {
        Bytes.put(c.locals, local(c, offset, bytes, true), bytes, value);
    }

    /** A function begins whose local variables lie there. */
    public static void enter(Cohort c, int from, int bytes) {}

    public static int paramInt(Cohort c, int offset) {
        return Bytes.getInt(c.params, offset);
    }

    public static long paramLong(Cohort c, int offset) {
        return Bytes.getLong(c.params, offset);
    }

    public static long paramGet(Cohort c, long offset, int bytes) {
        if (offset < 0 || offset > c.params.length - bytes) {
            throw new ProgramFault(FindingKind.OUT_OF_BOUNDS, "reads past the end of the parameters");
        }
        return Bytes.get(c.params, (int) offset, bytes);
    }

    public static long outGet(Cohort c, long offset, int bytes) {
        return Bytes.get(c.out, c.lane * c.outStride + (int) offset, bytes);
    }

    public static void outPut(Cohort c, long offset, int bytes, long value) {
        Bytes.put(c.out, c.lane * c.outStride + (int) offset, bytes, value);
    }

    // ------------------------------------------------------------------ generic

    static long genericGet(Cohort c, long address, int bytes) {
        long window = AddressMap.windowOf(address);
        if (window == AddressMap.SHARED) {
            return sharedGet(c, (int) (address - AddressMap.SHARED), bytes);
        }
        if (window == AddressMap.LOCAL) {
            return localGet(c, address - AddressMap.LOCAL, bytes);
        }
        if (window == AddressMap.PARAM) {
            return paramGet(c, address - AddressMap.PARAM, bytes);
        }
        return globalGet(c, address, bytes);
    }

    static void genericPut(Cohort c, long address, int bytes, long value) {
        long window = AddressMap.windowOf(address);
        if (window == AddressMap.SHARED) {
            sharedPut(c, (int) (address - AddressMap.SHARED), bytes, value);
        } else if (window == AddressMap.LOCAL) {
            localPut(c, address - AddressMap.LOCAL, bytes, value);
        } else {
            globalPut(c, address, bytes, value);
        }
    }

    private static long sharedGet(Cohort c, int offset, int bytes) {
        sharedAlign(c, offset, bytes, false);
        try {
            return Bytes.get(c.shared, offset, bytes);
        } catch (IndexOutOfBoundsException beyond) {
            throw badShared(c, offset, bytes, false);
        }
    }

    private static void sharedPut(Cohort c, int offset, int bytes, long value) {
        sharedAlign(c, offset, bytes, true);
        try {
            Bytes.put(c.shared, offset, bytes, value);
        } catch (IndexOutOfBoundsException beyond) {
            throw badShared(c, offset, bytes, true);
        }
    }

    public static int genericByte(Cohort c, Near near, long address) {
        return AddressMap.windowOf(address) == AddressMap.GLOBAL
                ? near.getByte(address)
                : (int) genericGet(c, address, 1);
    }

    public static int genericShort(Cohort c, Near near, long address) {
        return AddressMap.windowOf(address) == AddressMap.GLOBAL
                ? near.getShort(address)
                : (int) genericGet(c, address, 2);
    }

    public static int genericInt(Cohort c, Near near, long address) {
        return AddressMap.windowOf(address) == AddressMap.GLOBAL
                ? near.getInt(address)
                : (int) genericGet(c, address, 4);
    }

    public static long genericLong(Cohort c, Near near, long address) {
        return AddressMap.windowOf(address) == AddressMap.GLOBAL ? near.getLong(address) : genericGet(c, address, 8);
    }

    public static void genericPutByte(Cohort c, Near near, long address, int value) {
        if (AddressMap.windowOf(address) == AddressMap.GLOBAL) {
            near.putByte(address, value);
        } else {
            genericPut(c, address, 1, value);
        }
    }

    public static void genericPutShort(Cohort c, Near near, long address, int value) {
        if (AddressMap.windowOf(address) == AddressMap.GLOBAL) {
            near.putShort(address, value);
        } else {
            genericPut(c, address, 2, value);
        }
    }

    public static void genericPutInt(Cohort c, Near near, long address, int value) {
        if (AddressMap.windowOf(address) == AddressMap.GLOBAL) {
            near.putInt(address, value);
        } else {
            genericPut(c, address, 4, value);
        }
    }

    public static void genericPutLong(Cohort c, Near near, long address, long value) {
        if (AddressMap.windowOf(address) == AddressMap.GLOBAL) {
            near.putLong(address, value);
        } else {
            genericPut(c, address, 8, value);
        }
    }

    public static void genericAlign(Cohort c, long address, int bytes, boolean write) {
        if ((address & (bytes - 1)) != 0) {
            throw misaligned(write, bytes, "address 0x" + Long.toHexString(address));
        }
    }

    public static long genericAtomic(Cohort c, long address, int op, int type, long b, long d) {
        if (AddressMap.windowOf(address) == AddressMap.SHARED) {
            return sharedAtomic(c, (int) (address - AddressMap.SHARED), op, type, b, d);
        }
        return globalAtomic(c, address, op, type, b, d);
    }

    // ------------------------------------------------------------------ warp-wide accesses, element by element

    static long get(Cohort c, Op.Space space, long address, int bytes) {
        return switch (space) {
            case SHARED -> sharedGet(c, (int) address, bytes);
            case GLOBAL -> globalGet(c, address, bytes);
            default -> genericGet(c, address, bytes);
        };
    }

    static void put(Cohort c, Op.Space space, long address, int bytes, long value) {
        switch (space) {
            case SHARED -> sharedPut(c, (int) address, bytes, value);
            case GLOBAL -> globalPut(c, address, bytes, value);
            default -> genericPut(c, address, bytes, value);
        }
    }

    static void requireAligned(Cohort c, Op.Space space, long address, int bytes, boolean write) {
        if ((address & (bytes - 1)) == 0) {
            return;
        }
        if (space == Op.Space.SHARED) {
            throw misaligned(write, bytes, "offset " + (address & 0xFFFFFFFFL) + " of shared memory");
        }
        throw misaligned(
                write,
                bytes,
                AddressMap.windowOf(address) == AddressMap.GLOBAL
                        ? c.memory.describe(address)
                        : "address 0x" + Long.toHexString(address));
    }

    // ------------------------------------------------------------------ the rest

    /** {@code cp.async}: copies at once; later waits find it done. */
    public static void asyncCopy(Cohort c, int to, long from, int bytes, int sourceBytes) {
        byte[] moved = new byte[bytes];
        if (sourceBytes > 0) {
            globalAlign(c, from, bytes, false);
            int count = Math.min(bytes, sourceBytes);
            Allocation a = c.memory.check(from, count, false);
            System.arraycopy(a.data(), (int) (from - a.base()), moved, 0, count);
        }
        if (to < 0 || to > c.shared.length - bytes || (to & (bytes - 1)) != 0) {
            throw badShared(c, to, bytes, true);
        }
        System.arraycopy(moved, 0, c.shared, to, bytes);
    }

    /** {@code cp.async} groups: copies are done at once, so only the sanitizers care. */
    public static void asyncGroup(Cohort c, int mode, int remaining) {}

    /** {@code mbarrier} at a generic address. */
    public static long barrierObject(Cohort c, long address, int mode, long a) {
        if (AddressMap.windowOf(address) != AddressMap.SHARED) {
            throw barrierObjectElsewhere();
        }
        int offset = (int) (address - AddressMap.SHARED);
        if (offset < 0 || offset > c.shared.length - 8 || (offset & 7) != 0) {
            throw badShared(c, offset, 8, true);
        }
        return BarrierObjects.apply(BARRIER_OBJECTS[mode], c.shared, offset, a);
    }

    static ProgramFault barrierObjectElsewhere() {
        return new ProgramFault(FindingKind.API_MISUSE, "uses an mbarrier that is not in shared memory");
    }

    /** Special registers that are not worth inlining. */
    public static long special(Cohort c, int register, int lane) {
        int laneId = lane & 31;
        return switch (SPECIALS[register]) {
            case LANEMASK_EQ -> 1L << laneId;
            case LANEMASK_LT -> (1L << laneId) - 1;
            case LANEMASK_LE -> (2L << laneId) - 1;
            case LANEMASK_GE -> -(1L << laneId) & 0xFFFFFFFFL;
            case LANEMASK_GT -> -(2L << laneId) & 0xFFFFFFFFL;
            case NWARPID -> (c.launch.threadsPerBlock() + 31) / 32;
            case SMID -> c.linearBlock % Machine.MULTIPROCESSORS;
            case NSMID -> Machine.MULTIPROCESSORS;
            case GRIDID -> c.launch.index() + 1;
            case CLOCK, GLOBALTIMER_LO -> c.clock() & 0xFFFFFFFFL;
            case CLOCK_HI, GLOBALTIMER_HI -> c.clock() >>> 32;
            case CLOCK64, GLOBALTIMER -> c.clock();
            case DYNAMIC_SMEM_SIZE -> c.launch.dynamicSharedBytes();
            case TOTAL_SMEM_SIZE -> c.shared.length;
            case ENVREG -> 0;
            default -> throw new IllegalArgumentException("inlined: " + SPECIALS[register]);
        };
    }

    public static ProgramFault trap() {
        return new ProgramFault(FindingKind.TRAP, "the kernel executed a trap");
    }

    public static ProgramFault badSwitch() {
        return new ProgramFault(FindingKind.TRAP, "a switch jumped outside its table");
    }

    /** Without other JVM threads in the launch there is nothing to order. */
    public static void fence(Cohort c, boolean blockOnly) {
        java.lang.invoke.VarHandle.fullFence();
    }

    /** Only the sanitizers tell strong accesses from weak ones. */
    public static void strong(Cohort c) {}

    public static int select(boolean p, int a, int b) {
        return p ? a : b;
    }

    public static long select(boolean p, long a, long b) {
        return p ? a : b;
    }

    public static float select(boolean p, float a, float b) {
        return p ? a : b;
    }

    public static double select(boolean p, double a, double b) {
        return p ? a : b;
    }
}
