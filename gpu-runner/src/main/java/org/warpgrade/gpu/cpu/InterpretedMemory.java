package org.warpgrade.gpu.cpu;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.PtxType;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;
import org.warpgrade.gpu.ptx.typed.Source;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

/** Memory accesses of the interpreter: each checked first, then shown to the {@link Watch}, then carried out. */
final class InterpretedMemory {

    /** With fewer lanes, one after the other is as good. */
    private static final int FEWEST_OF_ROW = 4;

    private final Map<TypedFunction, DroppedLoads> dropped = new IdentityHashMap<>();
    private final LaneMemory memory;
    private final LaneValues values;
    private final LaneAtWork at;
    private final @Nullable Watch watch;
    private final long[] addresses = new long[Frame.LANES];
    private final long[] stored = new long[Frame.LANES];

    InterpretedMemory(LaneMemory memory, LaneValues values, LaneAtWork at, @Nullable Watch watch) {
        this.memory = memory;
        this.values = values;
        this.at = at;
        this.watch = watch;
    }

    boolean isHost() {
        return memory.isHost();
    }

    private long value(Source source) {
        return values.of(source, at.warp(), at.frame(), at.lane);
    }

    private LaneMemory.Spot check(Op.Space space, long address, int bytes, boolean write) {
        return memory.check(space, address, bytes, write, at.warp(), at.frame(), at.lane);
    }

    // ------------------------------------------------------------------ instructions of all lanes

    /** The lanes' accesses if they can be carried out together; see {@link LaneMemory#row}. */
    private LaneMemory.@Nullable Row row(Op.Space space, Source base, long offset, int bytes, int lanes) {
        if (watch != null || Integer.bitCount(lanes) < FEWEST_OF_ROW) {
            return null;
        }
        addresses(space, base, offset, lanes);
        return memory.row(space, addresses, bytes, lanes, at.warp(), at.frame());
    }

    /** Where the lanes are about to access memory; kept until the next question. */
    long[] addresses(Op.Space space, Source base, long offset, int lanes) {
        values.row(base, at.warp(), at.frame(), lanes, addresses);
        long mask = space == Op.Space.SHARED ? 0xFFFFFFFFL : -1;
        for (int lane = 0; lane < Frame.LANES; lane++) {
            addresses[lane] = addresses[lane] + offset & mask;
        }
        return addresses;
    }

    /** Whether all lanes could load together; if not, nothing has been done. */
    boolean loadRow(Op.Load op, int lanes) {
        LaneMemory.Row row = row(
                op.space(), op.base(), op.offset(), op.type().bytes() * op.d().size(), lanes);
        return row != null && loadRow(op, lanes, row);
    }

    /** The same by all lanes of a warp from the {@link #addresses} just asked for, where nobody watches. */
    boolean loadWarp(Op.Load op) {
        int bytes = op.type().bytes() * op.d().size();
        LaneMemory.Row row = memory.row(op.space(), addresses, bytes, -1, at.warp(), at.frame());
        return row != null && loadRow(op, -1, row);
    }

    private boolean loadRow(Op.Load op, int lanes, LaneMemory.Row row) {
        int size = op.type().bytes();
        Frame frame = at.frame();
        for (int i = 0; i < op.d().size(); i++) {
            int register = op.d().get(i);
            if (register < 0) {
                continue;
            }
            long first = row.address() - (long) i * size;
            if (size == Integer.BYTES && !op.type().isSigned()) {
                loadWords(row.data(), first, frame.registers, register * Frame.LANES, lanes);
                continue;
            }
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                long bits = Bytes.get(row.data(), (int) (addresses[lane] - first), size);
                frame.registers[register * Frame.LANES + lane] = extend(bits, op.type(), frame, register);
            }
        }
        return true;
    }

    /** The usual case, which the JIT makes one loop of. */
    private void loadWords(byte[] data, long first, long[] registers, int base, int lanes) {
        if (lanes == -1) {
            for (int lane = 0; lane < Frame.LANES; lane++) {
                registers[base + lane] = Bytes.getInt(data, (int) (addresses[lane] - first)) & 0xFFFFFFFFL;
            }
            return;
        }
        for (int lane = 0; lane < Frame.LANES; lane++) {
            if ((lanes & 1 << lane) != 0) {
                registers[base + lane] = Bytes.getInt(data, (int) (addresses[lane] - first)) & 0xFFFFFFFFL;
            }
        }
    }

    /** Whether all lanes could store together; if not, nothing has been done. */
    boolean storeRow(Op.Store op, int lanes) {
        LaneMemory.Row row = row(
                op.space(),
                op.base(),
                op.offset(),
                op.type().bytes() * op.values().size(),
                lanes);
        return row != null && storeRow(op, lanes, row);
    }

    /** As {@link #loadWarp}. */
    boolean storeWarp(Op.Store op) {
        int bytes = op.type().bytes() * op.values().size();
        LaneMemory.Row row = memory.row(op.space(), addresses, bytes, -1, at.warp(), at.frame());
        return row != null && storeRow(op, -1, row);
    }

    private boolean storeRow(Op.Store op, int lanes, LaneMemory.Row row) {
        int size = op.type().bytes();
        for (int i = 0; i < op.values().size(); i++) {
            values.row(op.values().get(i), at.warp(), at.frame(), lanes, stored);
            if (size == Integer.BYTES) {
                storeWords(row.data(), row.address() - (long) i * size, lanes);
                continue;
            }
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                Bytes.put(row.data(), (int) (addresses[lane] - row.address()) + i * size, size, stored[lane]);
            }
        }
        return true;
    }

    private void storeWords(byte[] data, long first, int lanes) {
        for (int lane = 0; lane < Frame.LANES; lane++) {
            if ((lanes & 1 << lane) != 0) {
                Bytes.putInt(data, (int) (addresses[lane] - first), (int) stored[lane]);
            }
        }
    }

    // ------------------------------------------------------------------ instructions of one lane

    void load(Op.Load op) {
        int size = op.type().bytes();
        int count = op.d().size();
        Frame frame = at.frame();
        LaneMemory.Spot spot = check(op.space(), value(op.base()) + op.offset(), size * count, false);
        at.strong = op.order().isStrong();
        for (int i = 0; i < count; i++) {
            int offset = spot.offset + i * size;
            long bits = Bytes.get(spot.data, offset, size);
            if (watch != null && !isDropped(op, frame)) {
                watchRead(spot, offset, size);
            }
            frame.set(
                    op.d().get(i),
                    at.lane,
                    extend(bits, op.type(), frame, op.d().get(i)));
        }
    }

    /** Whether the lane at work will drop the value of the load that it is at. */
    private boolean isDropped(Op.Load op, Frame frame) {
        if (op.space() != Op.Space.LOCAL && op.space() != Op.Space.SHARED) {
            return false;
        }
        DroppedLoads.Condition condition =
                dropped.computeIfAbsent(frame.function, DroppedLoads::new).at(at.instructionIndex());
        return condition != null && frame.get(condition.predicate(), at.lane) != 0 != condition.kept();
    }

    /** A signed value narrower than its register is sign-extended (PTX ISA 9.7.9.8). */
    private static long extend(long bits, PtxType type, Frame frame, int register) {
        return register < 0
                ? bits
                : extended(bits, type, frame.function.registers().get(register) == RegisterKind.LONG);
    }

    /** @param wide whether the register has 64 bits */
    static long extended(long bits, PtxType type, boolean wide) {
        if (!type.isSigned()) {
            return bits;
        }
        int shift = 64 - type.bytes() * 8;
        long value = bits << shift >> shift;
        return wide ? value : value & 0xFFFFFFFFL;
    }

    void store(Op.Store op) {
        int size = op.type().bytes();
        int count = op.values().size();
        LaneMemory.Spot spot = check(op.space(), value(op.base()) + op.offset(), size * count, true);
        at.strong = op.order().isStrong();
        release(op.order());
        for (int i = 0; i < count; i++) {
            put(spot, spot.offset + i * size, size, value(op.values().get(i)));
        }
    }

    private void release(Op.Order order) {
        if (watch != null && order.releases()) {
            watch.fence(at, order == Op.Order.RELEASE_TO_BLOCK);
        }
    }

    private void put(LaneMemory.Spot spot, int offset, int bytes, long bits) {
        watchWrite(spot, offset, bytes, bits);
        Bytes.put(spot.data, offset, bytes, bits);
    }

    void atomic(Op.Atomic op) {
        int size = op.type().bytes();
        LaneMemory.Spot spot = check(op.space(), value(op.base()) + op.offset(), size, true);
        release(op.order());
        if (watch != null) {
            boolean readsOld = op.op() != Op.AtomicOp.EXCH;
            if (spot.allocation != null) {
                watch.globalAtomic(at, spot.allocation, spot.offset, size, readsOld);
            } else if (spot.space == Op.Space.SHARED) {
                watch.sharedAtomic(at, sharedShadow(), spot.offset, size, readsOld);
            }
        }
        long b = value(op.b());
        long c = op.c() == null ? 0 : value(op.c());
        at.frame().set(op.d(), at.lane, AtomicOperations.apply(op.op(), op.type(), spot.data, spot.offset, b, c));
    }

    void asyncCopy(Op.AsyncCopy op) {
        int wanted = op.sourceBytes() == null ? op.bytes() : (int) value(op.sourceBytes());
        byte[] moved = new byte[op.bytes()];
        at.strong = false;
        if (wanted > 0) {
            int read = Math.min(wanted, op.bytes());
            LaneMemory.Spot source = check(Op.Space.GLOBAL, value(op.from()) + op.fromOffset(), op.bytes(), false);
            System.arraycopy(source.data, source.offset, moved, 0, read);
            watchRead(source, source.offset, read);
        }
        LaneMemory.Spot target = check(Op.Space.SHARED, value(op.to()) + op.toOffset(), op.bytes(), true);
        if (watch != null) {
            watch.asyncCopy(at, sharedShadow(), target.offset, op.bytes());
        }
        System.arraycopy(moved, 0, target.data, target.offset, moved.length);
    }

    void asyncGroup(Op.AsyncGroup op) {
        if (watch != null) {
            watch.asyncGroup(at, sharedShadow(), op.mode(), op.remaining());
        }
    }

    void barrierObject(Op.BarrierObject op) {
        LaneMemory.Spot spot = check(op.space(), value(op.base()) + op.offset(), 8, true);
        if (spot.space != Op.Space.SHARED) {
            throw LaneAccess.barrierObjectElsewhere();
        }
        long result = BarrierObjects.apply(op.mode(), spot.data, spot.offset, value(op.a()));
        if (watch != null) {
            watch.barrierObject(at, sharedShadow(), spot.offset, op.mode(), result);
        }
        at.frame().set(op.d(), at.lane, result);
    }

    // ------------------------------------------------------------------ for whoever acts on behalf of a lane

    /** One element, checked and watched as a load of the lane at work. */
    long read(Op.Space space, long address, int bytes) {
        LaneMemory.Spot spot = check(space, address, bytes, false);
        at.strong = false;
        watchRead(spot, spot.offset, bytes);
        return Bytes.get(spot.data, spot.offset, bytes);
    }

    /** One element, checked and watched as a store of the lane at work. */
    void write(Op.Space space, long address, int bytes, long bits) {
        LaneMemory.Spot spot = check(space, address, bytes, true);
        at.strong = false;
        put(spot, spot.offset, bytes, bits);
    }

    void requireAligned(Op.Space space, long address, int bytes, boolean write) {
        memory.requireAligned(space, address, bytes, write);
    }

    // ------------------------------------------------------------------ sanitizers

    private Watch.SharedShadow sharedShadow() {
        return Objects.requireNonNull(at.warp().block.sharedShadow);
    }

    private void watchRead(LaneMemory.Spot spot, int offset, int bytes) {
        if (watch == null) {
            return;
        }
        if (spot.allocation != null) {
            watch.globalRead(at, spot.allocation, offset, bytes);
        } else if (spot.space == Op.Space.SHARED) {
            watch.sharedRead(at, sharedShadow(), offset, bytes);
        } else if (spot.space == Op.Space.LOCAL) {
            watch.localRead(at, at.warp().writtenStack(at.lane), 0, offset, bytes);
        }
    }

    private void watchWrite(LaneMemory.Spot spot, int offset, int bytes, long bits) {
        if (watch == null) {
            return;
        }
        if (spot.allocation != null) {
            watch.globalWrite(at, spot.allocation, offset, bytes, bits);
        } else if (spot.space == Op.Space.SHARED) {
            watch.sharedWrite(at, sharedShadow(), spot.data, offset, bytes, bits);
        } else if (spot.space == Op.Space.LOCAL) {
            watch.localWrite(at.warp().writtenStack(at.lane), offset, bytes);
        }
    }
}
