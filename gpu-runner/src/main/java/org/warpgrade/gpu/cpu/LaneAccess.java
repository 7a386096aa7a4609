package org.warpgrade.gpu.cpu;

import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.host.ProgramFault;
import org.warpgrade.gpu.ptx.PtxType;
import org.warpgrade.gpu.ptx.typed.AddressMap;
import org.warpgrade.gpu.ptx.typed.ModuleLayout;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.SpecialRegister;

/**
 * Memory accesses of compiled lanes, with exact bounds and alignment. Small on purpose: the JIT inlines them into the lane
 * loops. Public because generated code calls them.
 */
public final class LaneAccess {

    private static final int BITS = ModuleLayout.GRANULE_BITS;
    private static final PtxType[] TYPES = PtxType.values();
    private static final Op.AtomicOp[] ATOMICS = Op.AtomicOp.values();
    static final Op.BarrierObjectMode[] BARRIER_OBJECTS = Op.BarrierObjectMode.values();
    private static final SpecialRegister[] SPECIALS = SpecialRegister.values();

    private LaneAccess() {}

    private static Allocation find(Cohort c, long address) {
        long granule = (address - AddressMap.GLOBAL) >>> BITS;
        Allocation[] table = c.table;
        return granule < table.length ? table[(int) granule] : Allocation.NONE;
    }

    private static ProgramFault bad(Cohort c, long address, int bytes, boolean write) {
        if ((address & (bytes - 1)) != 0) {
            return misaligned(write, bytes, c.memory.describe(address));
        }
        return c.memory.outOfBounds(address, bytes, write);
    }

    private static ProgramFault misaligned(boolean write, int bytes, String where) {
        return new ProgramFault(
                FindingKind.MISALIGNED,
                (write ? "writes " : "reads ") + bytes + " bytes at " + where + ", which is not a multiple of "
                        + bytes);
    }

    // ------------------------------------------------------------------ global

    public static void globalAlign(Cohort c, long address, int bytes) {
        if ((address & (bytes - 1)) != 0) {
            throw misaligned(false, bytes, c.memory.describe(address));
        }
    }

    public static int globalByte(Cohort c, long address) {
        Allocation a = find(c, address);
        byte[] data = a.data();
        long offset = address - a.base();
        if (offset < data.length && offset >= 0) {
            return data[(int) offset] & 0xFF;
        }
        throw bad(c, address, 1, false);
    }

    public static int globalShort(Cohort c, long address) {
        Allocation a = find(c, address);
        byte[] data = a.data();
        long offset = address - a.base();
        if ((address & 1) == 0 && offset <= data.length - 2 && offset >= 0) {
            return Bytes.getShort(data, (int) offset);
        }
        throw bad(c, address, 2, false);
    }

    public static int globalInt(Cohort c, long address) {
        Allocation a = find(c, address);
        byte[] data = a.data();
        long offset = address - a.base();
        if ((address & 3) == 0 && offset <= data.length - 4 && offset >= 0) {
            return Bytes.getInt(data, (int) offset);
        }
        throw bad(c, address, 4, false);
    }

    public static long globalLong(Cohort c, long address) {
        Allocation a = find(c, address);
        byte[] data = a.data();
        long offset = address - a.base();
        if ((address & 7) == 0 && offset <= data.length - 8 && offset >= 0) {
            return Bytes.getLong(data, (int) offset);
        }
        throw bad(c, address, 8, false);
    }

    public static void globalPutByte(Cohort c, long address, int value) {
        Allocation a = find(c, address);
        byte[] data = a.data();
        long offset = address - a.base();
        if (offset < data.length && offset >= 0) {
            data[(int) offset] = (byte) value;
            return;
        }
        throw bad(c, address, 1, true);
    }

    public static void globalPutShort(Cohort c, long address, int value) {
        Allocation a = find(c, address);
        byte[] data = a.data();
        long offset = address - a.base();
        if ((address & 1) == 0 && offset <= data.length - 2 && offset >= 0) {
            Bytes.putShort(data, (int) offset, value);
            return;
        }
        throw bad(c, address, 2, true);
    }

    public static void globalPutInt(Cohort c, long address, int value) {
        Allocation a = find(c, address);
        byte[] data = a.data();
        long offset = address - a.base();
        if ((address & 3) == 0 && offset <= data.length - 4 && offset >= 0) {
            Bytes.putInt(data, (int) offset, value);
            return;
        }
        throw bad(c, address, 4, true);
    }

    public static void globalPutLong(Cohort c, long address, long value) {
        Allocation a = find(c, address);
        byte[] data = a.data();
        long offset = address - a.base();
        if ((address & 7) == 0 && offset <= data.length - 8 && offset >= 0) {
            Bytes.putLong(data, (int) offset, value);
            return;
        }
        throw bad(c, address, 8, true);
    }

    public static long globalAtomic(Cohort c, long address, int op, int type, long b, long d) {
        PtxType valueType = TYPES[type];
        int bytes = valueType.bytes();
        Allocation a = find(c, address);
        long offset = address - a.base();
        if ((address & (bytes - 1)) != 0 || offset < 0 || offset > a.size() - bytes) {
            throw bad(c, address, bytes, true);
        }
        return AtomicOperations.apply(ATOMICS[op], valueType, a.data(), (int) offset, b, d);
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

    public static void sharedAlign(Cohort c, int offset, int bytes) {
        if ((offset & (bytes - 1)) != 0) {
            throw badShared(c, offset, bytes, false);
        }
    }

    public static int sharedByte(Cohort c, int offset) {
        byte[] data = c.shared;
        if (offset >= 0 && offset < data.length) {
            return data[offset] & 0xFF;
        }
        throw badShared(c, offset, 1, false);
    }

    public static int sharedShort(Cohort c, int offset) {
        byte[] data = c.shared;
        if (offset >= 0 && offset <= data.length - 2 && (offset & 1) == 0) {
            return Bytes.getShort(data, offset);
        }
        throw badShared(c, offset, 2, false);
    }

    public static int sharedInt(Cohort c, int offset) {
        byte[] data = c.shared;
        if (offset >= 0 && offset <= data.length - 4 && (offset & 3) == 0) {
            return Bytes.getInt(data, offset);
        }
        throw badShared(c, offset, 4, false);
    }

    public static long sharedLong(Cohort c, int offset) {
        byte[] data = c.shared;
        if (offset >= 0 && offset <= data.length - 8 && (offset & 7) == 0) {
            return Bytes.getLong(data, offset);
        }
        throw badShared(c, offset, 8, false);
    }

    public static void sharedPutByte(Cohort c, int offset, int value) {
        byte[] data = c.shared;
        if (offset >= 0 && offset < data.length) {
            data[offset] = (byte) value;
            return;
        }
        throw badShared(c, offset, 1, true);
    }

    public static void sharedPutShort(Cohort c, int offset, int value) {
        byte[] data = c.shared;
        if (offset >= 0 && offset <= data.length - 2 && (offset & 1) == 0) {
            Bytes.putShort(data, offset, value);
            return;
        }
        throw badShared(c, offset, 2, true);
    }

    public static void sharedPutInt(Cohort c, int offset, int value) {
        byte[] data = c.shared;
        if (offset >= 0 && offset <= data.length - 4 && (offset & 3) == 0) {
            Bytes.putInt(data, offset, value);
            return;
        }
        throw badShared(c, offset, 4, true);
    }

    public static void sharedPutLong(Cohort c, int offset, long value) {
        byte[] data = c.shared;
        if (offset >= 0 && offset <= data.length - 8 && (offset & 7) == 0) {
            Bytes.putLong(data, offset, value);
            return;
        }
        throw badShared(c, offset, 8, true);
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

    public static long genericGet(Cohort c, long address, int bytes) {
        long window = AddressMap.windowOf(address);
        if (window == AddressMap.SHARED) {
            int offset = (int) (address - AddressMap.SHARED);
            return switch (bytes) {
                case 1 -> sharedByte(c, offset);
                case 2 -> sharedShort(c, offset);
                case 4 -> sharedInt(c, offset) & 0xFFFFFFFFL;
                default -> sharedLong(c, offset);
            };
        }
        if (window == AddressMap.LOCAL) {
            return localGet(c, address - AddressMap.LOCAL, bytes);
        }
        if (window == AddressMap.PARAM) {
            return paramGet(c, address - AddressMap.PARAM, bytes);
        }
        return switch (bytes) {
            case 1 -> globalByte(c, address);
            case 2 -> globalShort(c, address);
            case 4 -> globalInt(c, address) & 0xFFFFFFFFL;
            default -> globalLong(c, address);
        };
    }

    public static void genericPut(Cohort c, long address, int bytes, long value) {
        long window = AddressMap.windowOf(address);
        if (window == AddressMap.SHARED) {
            int offset = (int) (address - AddressMap.SHARED);
            switch (bytes) {
                case 1 -> sharedPutByte(c, offset, (int) value);
                case 2 -> sharedPutShort(c, offset, (int) value);
                case 4 -> sharedPutInt(c, offset, (int) value);
                default -> sharedPutLong(c, offset, value);
            }
        } else if (window == AddressMap.LOCAL) {
            localPut(c, address - AddressMap.LOCAL, bytes, value);
        } else {
            switch (bytes) {
                case 1 -> globalPutByte(c, address, (int) value);
                case 2 -> globalPutShort(c, address, (int) value);
                case 4 -> globalPutInt(c, address, (int) value);
                default -> globalPutLong(c, address, value);
            }
        }
    }

    public static void genericAlign(Cohort c, long address, int bytes) {
        if ((address & (bytes - 1)) != 0) {
            throw misaligned(false, bytes, "address 0x" + Long.toHexString(address));
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
            case SHARED -> genericGet(c, AddressMap.SHARED + (address & 0xFFFFFFFFL), bytes);
            case GLOBAL ->
                switch (bytes) {
                    case 1 -> globalByte(c, address);
                    case 2 -> globalShort(c, address);
                    case 4 -> globalInt(c, address) & 0xFFFFFFFFL;
                    default -> globalLong(c, address);
                };
            default -> genericGet(c, address, bytes);
        };
    }

    static void put(Cohort c, Op.Space space, long address, int bytes, long value) {
        switch (space) {
            case SHARED -> genericPut(c, AddressMap.SHARED + (address & 0xFFFFFFFFL), bytes, value);
            case GLOBAL -> {
                switch (bytes) {
                    case 1 -> globalPutByte(c, address, (int) value);
                    case 2 -> globalPutShort(c, address, (int) value);
                    case 4 -> globalPutInt(c, address, (int) value);
                    default -> globalPutLong(c, address, value);
                }
            }
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
            if ((from & (bytes - 1)) != 0) {
                throw bad(c, from, bytes, false);
            }
            for (int i = 0; i < Math.min(bytes, sourceBytes); i++) {
                moved[i] = (byte) globalByte(c, from + i);
            }
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
