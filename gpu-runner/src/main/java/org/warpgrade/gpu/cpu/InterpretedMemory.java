package org.warpgrade.gpu.cpu;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.PtxType;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;

/** Memory accesses of the interpreter: each checked first, then shown to the {@link Watch}, then carried out. */
final class InterpretedMemory {

    private final LaneMemory memory;
    private final LaneValues values;
    private final LaneAtWork at;
    private final @Nullable Watch watch;

    InterpretedMemory(LaneMemory memory, LaneValues values, LaneAtWork at, @Nullable Watch watch) {
        this.memory = memory;
        this.values = values;
        this.at = at;
        this.watch = watch;
    }

    boolean isHost() {
        return memory.isHost();
    }

    private long value(org.warpgrade.gpu.ptx.typed.Source source) {
        return values.of(source, at.warp(), at.frame(), at.lane);
    }

    private LaneMemory.Spot check(Op.Space space, long address, int bytes, boolean write) {
        return memory.check(space, address, bytes, write, at.warp(), at.frame(), at.lane);
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
            watchRead(spot, offset, size);
            frame.set(
                    op.d().get(i),
                    at.lane,
                    extend(bits, op.type(), frame, op.d().get(i)));
        }
    }

    /** A signed value narrower than its register is sign-extended (PTX ISA 9.7.9.8). */
    private static long extend(long bits, PtxType type, Frame frame, int register) {
        if (!type.isSigned() || register < 0) {
            return bits;
        }
        boolean wide = frame.function.registers().get(register) == RegisterKind.LONG;
        int shift = 64 - type.bytes() * 8;
        long extended = bits << shift >> shift;
        return wide ? extended : extended & 0xFFFFFFFFL;
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
