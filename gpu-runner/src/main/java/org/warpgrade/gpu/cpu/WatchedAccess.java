package org.warpgrade.gpu.cpu;

import org.warpgrade.gpu.host.ProgramFault;
import org.warpgrade.gpu.ptx.PtxType;
import org.warpgrade.gpu.ptx.typed.AddressMap;
import org.warpgrade.gpu.ptx.typed.Op;

/**
 * {@link LaneAccess} with the sanitizers: the same methods, each access checked first and then shown to the {@link Watch}.
 * Kernels are compiled against one or the other.
 */
public final class WatchedAccess {

    private static final PtxType[] TYPES = PtxType.values();
    private static final Op.GroupMode[] GROUPS = Op.GroupMode.values();
    private static final int EXCHANGE = Op.AtomicOp.EXCH.ordinal();

    private WatchedAccess() {}

    private static void read(Cohort c, Near near, long address, int bytes) {
        Allocation allocation = near.allocation;
        c.watch().globalRead(c, allocation, (int) (address - allocation.base()), bytes);
    }

    /** What was not in the allocation after all is in the one that is near now. */
    private static void readBeside(Cohort c, Near near, Allocation a, int offset, int bytes) {
        if (offset >= 0 && offset <= a.size() - bytes) {
            c.watch().globalRead(c, a, offset, bytes);
        } else {
            read(c, near, a.base() + offset, bytes);
        }
    }

    /** Finds the place first, so that a bad address faults before the sanitizers see it. */
    private static void write(Cohort c, Near near, long address, int bytes, long value) {
        int offset = near.place(address, bytes, true);
        c.watch().globalWrite(c, near.allocation, offset, bytes, value);
    }

    private static void read(Cohort c, long address, int bytes) {
        Allocation allocation = c.memory.find(address);
        c.watch().globalRead(c, allocation, (int) (address - allocation.base()), bytes);
    }

    private static void write(Cohort c, long address, int bytes, long value) {
        Allocation allocation = c.memory.check(address, bytes, true);
        c.watch().globalWrite(c, allocation, (int) (address - allocation.base()), bytes, value);
    }

    /** A write out of bounds is shown to nobody: the access itself faults. */
    private static void sharedWrite(Cohort c, int offset, int bytes, long value) {
        if (offset >= 0 && offset <= c.shared.length - bytes) {
            c.watch().sharedWrite(c, c.sharedShadow(), c.shared, offset, bytes, value);
        }
    }

    public static int globalByte(Cohort c, Near near, long address) {
        int value = near.getByte(address);
        read(c, near, address, 1);
        return value;
    }

    public static void globalPutByte(Cohort c, Near near, long address, int value) {
        write(c, near, address, 1, value);
        near.putByte(address, value);
    }

    public static int sharedByte(Cohort c, byte[] data, int offset) {
        int value = LaneAccess.sharedByte(c, data, offset);
        c.watch().sharedRead(c, c.sharedShadow(), offset, 1);
        return value;
    }

    public static void sharedPutByte(Cohort c, byte[] data, int offset, int value) {
        sharedWrite(c, offset, 1, value);
        LaneAccess.sharedPutByte(c, data, offset, value);
    }

    public static int genericByte(Cohort c, Near near, long address) {
        return AddressMap.windowOf(address) == AddressMap.GLOBAL
                ? globalByte(c, near, address)
                : (int) genericGet(c, address, 1);
    }

    public static void genericPutByte(Cohort c, Near near, long address, int value) {
        if (AddressMap.windowOf(address) == AddressMap.GLOBAL) {
            globalPutByte(c, near, address, value);
        } else {
            genericPut(c, address, 1, value);
        }
    }

    public static int globalShort(Cohort c, Near near, long address) {
        int value = near.getShort(address);
        read(c, near, address, 2);
        return value;
    }

    public static void globalPutShort(Cohort c, Near near, long address, int value) {
        write(c, near, address, 2, value);
        near.putShort(address, value);
    }

    public static int sharedShort(Cohort c, byte[] data, int offset) {
        int value = LaneAccess.sharedShort(c, data, offset);
        c.watch().sharedRead(c, c.sharedShadow(), offset, 2);
        return value;
    }

    public static void sharedPutShort(Cohort c, byte[] data, int offset, int value) {
        sharedWrite(c, offset, 2, value);
        LaneAccess.sharedPutShort(c, data, offset, value);
    }

    public static int genericShort(Cohort c, Near near, long address) {
        return AddressMap.windowOf(address) == AddressMap.GLOBAL
                ? globalShort(c, near, address)
                : (int) genericGet(c, address, 2);
    }

    public static void genericPutShort(Cohort c, Near near, long address, int value) {
        if (AddressMap.windowOf(address) == AddressMap.GLOBAL) {
            globalPutShort(c, near, address, value);
        } else {
            genericPut(c, address, 2, value);
        }
    }

    public static int globalInt(Cohort c, Near near, long address) {
        int value = near.getInt(address);
        read(c, near, address, 4);
        return value;
    }

    public static void globalPutInt(Cohort c, Near near, long address, int value) {
        write(c, near, address, 4, value);
        near.putInt(address, value);
    }

    public static int sharedInt(Cohort c, byte[] data, int offset) {
        int value = LaneAccess.sharedInt(c, data, offset);
        if (!c.readsSettled(offset)) {
            c.watch().sharedRead(c, c.sharedShadow(), offset, 4);
        }
        return value;
    }

    public static void sharedPutInt(Cohort c, byte[] data, int offset, int value) {
        sharedWrite(c, offset, 4, value);
        LaneAccess.sharedPutInt(c, data, offset, value);
    }

    public static int genericInt(Cohort c, Near near, long address) {
        return AddressMap.windowOf(address) == AddressMap.GLOBAL
                ? globalInt(c, near, address)
                : (int) genericGet(c, address, 4);
    }

    public static void genericPutInt(Cohort c, Near near, long address, int value) {
        if (AddressMap.windowOf(address) == AddressMap.GLOBAL) {
            globalPutInt(c, near, address, value);
        } else {
            genericPut(c, address, 4, value);
        }
    }

    public static long globalLong(Cohort c, Near near, long address) {
        long value = near.getLong(address);
        read(c, near, address, 8);
        return value;
    }

    public static void globalPutLong(Cohort c, Near near, long address, long value) {
        write(c, near, address, 8, value);
        near.putLong(address, value);
    }

    public static long sharedLong(Cohort c, byte[] data, int offset) {
        long value = LaneAccess.sharedLong(c, data, offset);
        c.watch().sharedRead(c, c.sharedShadow(), offset, 8);
        return value;
    }

    public static void sharedPutLong(Cohort c, byte[] data, int offset, long value) {
        sharedWrite(c, offset, 8, value);
        LaneAccess.sharedPutLong(c, data, offset, value);
    }

    public static long genericLong(Cohort c, Near near, long address) {
        return AddressMap.windowOf(address) == AddressMap.GLOBAL
                ? globalLong(c, near, address)
                : genericGet(c, address, 8);
    }

    public static void genericPutLong(Cohort c, Near near, long address, long value) {
        if (AddressMap.windowOf(address) == AddressMap.GLOBAL) {
            globalPutLong(c, near, address, value);
        } else {
            genericPut(c, address, 8, value);
        }
    }

    public static int besideByte(Cohort c, Near near, Allocation a, byte[] data, int offset) {
        int value = LaneAccess.besideByte(c, near, a, data, offset);
        readBeside(c, near, a, offset, 1);
        return value;
    }

    public static void besidePutByte(Cohort c, Near near, Allocation a, byte[] data, int offset, int value) {
        globalPutByte(c, near, a.base() + offset, value);
    }

    public static int besideShort(Cohort c, Near near, Allocation a, byte[] data, int offset) {
        int value = LaneAccess.besideShort(c, near, a, data, offset);
        readBeside(c, near, a, offset, 2);
        return value;
    }

    public static void besidePutShort(Cohort c, Near near, Allocation a, byte[] data, int offset, int value) {
        globalPutShort(c, near, a.base() + offset, value);
    }

    public static int besideInt(Cohort c, Near near, Allocation a, byte[] data, int offset) {
        int value = LaneAccess.besideInt(c, near, a, data, offset);
        readBeside(c, near, a, offset, 4);
        return value;
    }

    public static void besidePutInt(Cohort c, Near near, Allocation a, byte[] data, int offset, int value) {
        globalPutInt(c, near, a.base() + offset, value);
    }

    public static long besideLong(Cohort c, Near near, Allocation a, byte[] data, int offset) {
        long value = LaneAccess.besideLong(c, near, a, data, offset);
        readBeside(c, near, a, offset, 8);
        return value;
    }

    public static void besidePutLong(Cohort c, Near near, Allocation a, byte[] data, int offset, long value) {
        globalPutLong(c, near, a.base() + offset, value);
    }

    public static void globalAlign(Cohort c, long address, int bytes, boolean write) {
        LaneAccess.globalAlign(c, address, bytes, write);
    }

    public static void sharedAlign(Cohort c, int offset, int bytes, boolean write) {
        LaneAccess.sharedAlign(c, offset, bytes, write);
    }

    public static void genericAlign(Cohort c, long address, int bytes, boolean write) {
        LaneAccess.genericAlign(c, address, bytes, write);
    }

    public static long globalAtomic(Cohort c, long address, int op, int type, long b, long d) {
        int bytes = TYPES[type].bytes();
        if ((address & (bytes - 1)) == 0) {
            Allocation allocation = c.memory.check(address, bytes, true);
            c.watch().globalAtomic(c, allocation, (int) (address - allocation.base()), bytes, op != EXCHANGE);
        }
        return LaneAccess.globalAtomic(c, address, op, type, b, d);
    }

    public static long sharedAtomic(Cohort c, int offset, int op, int type, long b, long d) {
        int bytes = TYPES[type].bytes();
        if (offset >= 0 && offset <= c.shared.length - bytes && (offset & (bytes - 1)) == 0) {
            c.watch().sharedAtomic(c, c.sharedShadow(), offset, bytes, op != EXCHANGE);
        }
        return LaneAccess.sharedAtomic(c, offset, op, type, b, d);
    }

    public static long localGet(Cohort c, long offset, int bytes) {
        long value = LaneAccess.localGet(c, offset, bytes);
        int base = c.lane * c.localStride;
        c.watch().localRead(c, c.writtenLocals, base, base + (int) offset, bytes);
        return value;
    }

    public static void localPut(Cohort c, long offset, int bytes, long value) {
        LaneAccess.localPut(c, offset, bytes, value);
        c.watch().localWrite(c.writtenLocals, c.lane * c.localStride + (int) offset, bytes);
    }

    /** Its local variables hold nothing yet, whatever was there before. */
    public static void enter(Cohort c, int from, int bytes) {
        int base = c.lane * c.localStride + from;
        java.util.Arrays.fill(c.writtenLocals, base, base + bytes, (byte) 0);
    }

    public static int paramInt(Cohort c, int offset) {
        return LaneAccess.paramInt(c, offset);
    }

    public static long paramLong(Cohort c, int offset) {
        return LaneAccess.paramLong(c, offset);
    }

    public static long paramGet(Cohort c, long offset, int bytes) {
        return LaneAccess.paramGet(c, offset, bytes);
    }

    public static long outGet(Cohort c, long offset, int bytes) {
        return LaneAccess.outGet(c, offset, bytes);
    }

    public static void outPut(Cohort c, long offset, int bytes, long value) {
        LaneAccess.outPut(c, offset, bytes, value);
    }

    private static long genericGet(Cohort c, long address, int bytes) {
        long window = AddressMap.windowOf(address);
        if (window == AddressMap.LOCAL) {
            return localGet(c, address - AddressMap.LOCAL, bytes);
        }
        long value = LaneAccess.genericGet(c, address, bytes);
        if (window == AddressMap.GLOBAL) {
            read(c, address, bytes);
        } else if (window == AddressMap.SHARED) {
            c.watch().sharedRead(c, c.sharedShadow(), (int) (address - AddressMap.SHARED), bytes);
        }
        return value;
    }

    private static void genericPut(Cohort c, long address, int bytes, long value) {
        long window = AddressMap.windowOf(address);
        if (window == AddressMap.GLOBAL) {
            write(c, address, bytes, value);
        } else if (window == AddressMap.SHARED) {
            LaneAccess.requireAligned(c, Op.Space.SHARED, address, bytes, true);
            sharedWrite(c, (int) (address - AddressMap.SHARED), bytes, value);
        } else if (window == AddressMap.LOCAL) {
            localPut(c, address - AddressMap.LOCAL, bytes, value);
            return;
        }
        LaneAccess.genericPut(c, address, bytes, value);
    }

    public static long genericAtomic(Cohort c, long address, int op, int type, long b, long d) {
        if (AddressMap.windowOf(address) == AddressMap.SHARED) {
            return sharedAtomic(c, (int) (address - AddressMap.SHARED), op, type, b, d);
        }
        return globalAtomic(c, address, op, type, b, d);
    }

    public static void asyncCopy(Cohort c, int to, long from, int bytes, int sourceBytes) {
        LaneAccess.asyncCopy(c, to, from, bytes, sourceBytes);
        if (sourceBytes > 0) {
            read(c, from, Math.min(bytes, sourceBytes));
        }
        c.watch().asyncCopy(c, c.sharedShadow(), to, bytes);
    }

    public static void asyncGroup(Cohort c, int mode, int remaining) {
        c.watch().asyncGroup(c, c.sharedShadow(), GROUPS[mode], remaining);
    }

    public static long barrierObject(Cohort c, long address, int mode, long a) {
        long result = LaneAccess.barrierObject(c, address, mode, a);
        c.watch()
                .barrierObject(
                        c,
                        c.sharedShadow(),
                        (int) (address - AddressMap.SHARED),
                        LaneAccess.BARRIER_OBJECTS[mode],
                        result);
        return result;
    }

    static long get(Cohort c, Op.Space space, long address, int bytes) {
        return switch (space) {
            case SHARED -> genericGet(c, AddressMap.SHARED + (address & 0xFFFFFFFFL), bytes);
            case GLOBAL -> {
                long value = LaneAccess.get(c, space, address, bytes);
                read(c, address, bytes);
                yield value;
            }
            default -> genericGet(c, address, bytes);
        };
    }

    static void put(Cohort c, Op.Space space, long address, int bytes, long value) {
        switch (space) {
            case SHARED -> genericPut(c, AddressMap.SHARED + (address & 0xFFFFFFFFL), bytes, value);
            case GLOBAL -> {
                write(c, address, bytes, value);
                LaneAccess.put(c, space, address, bytes, value);
            }
            default -> genericPut(c, address, bytes, value);
        }
    }

    public static long special(Cohort c, int register, int lane) {
        return LaneAccess.special(c, register, lane);
    }

    public static ProgramFault trap() {
        return LaneAccess.trap();
    }

    public static ProgramFault badSwitch() {
        return LaneAccess.badSwitch();
    }

    /** A fence, for the order that no barrier makes. */
    public static void fence(Cohort c, boolean blockOnly) {
        c.watch().fence(c, blockOnly);
    }

    /** Announces that the next access is volatile, relaxed, acquire or release. */
    public static void strong(Cohort c) {
        c.nextIsStrong();
    }
}
