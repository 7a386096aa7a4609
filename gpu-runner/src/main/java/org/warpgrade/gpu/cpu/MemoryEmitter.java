package org.warpgrade.gpu.cpu;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.cpu.RowAccesses.Row;
import org.warpgrade.gpu.ptx.PtxType;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;
import org.warpgrade.gpu.ptx.typed.Source;

/**
 * Emits loads, stores and atomics of one lane. What one access has found out about its base register, alignment and the
 * allocation, the accesses after it in the basic block need not find out again.
 */
final class MemoryEmitter {

    private static final ClassDesc I = ConstantDescs.CD_int;
    private static final ClassDesc J = ConstantDescs.CD_long;
    private static final ClassDesc V = ConstantDescs.CD_void;
    private static final ClassDesc BYTES = ConstantDescs.CD_byte.arrayType();
    private static final ClassDesc ALLOCATION = ClassDesc.of("org.warpgrade.gpu.cpu.Allocation");
    private static final MethodTypeDesc NEAR = MethodTypeDesc.of(V, RegionMethod.COHORT, RegionMethod.NEAR);
    private static final MethodTypeDesc PLACE = NEAR.insertParameterTypes(NEAR.parameterCount(), BYTES, J);
    private static final MethodTypeDesc BESIDE =
            MethodTypeDesc.of(V, RegionMethod.COHORT, RegionMethod.NEAR, ALLOCATION, BYTES, I);

    /** Accesses further away are searched for anew, so that offsets cannot wrap around. */
    private static final long FAR = 1 << 20;

    /** Accesses that must follow for an anchor to be worth its while: measured, with both compilers of the JVM. */
    private static final int FEWEST = 2;

    private final RegionMethod region;
    private final OperationEmitter operations;
    private final CodeBuilder b;
    /** What is known of the alignment of shared addresses since the basic block began. */
    private final Map<Integer, Aligned> aligned = new HashMap<>();

    /** Where base registers point to in global memory. */
    private final Map<Integer, Anchor> anchors = new HashMap<>();

    private final BitSet usedAnchors = new BitSet();
    private int pc;
    private boolean guarded;

    /**
     * Some offset from a register is a multiple of so many bytes.
     *
     * @param bytes a power of two
     */
    private record Aligned(long offset, int bytes) {

        boolean implies(long other, int wanted) {
            return bytes >= wanted && (other - offset & wanted - 1) == 0;
        }
    }

    /**
     * An access through a register was allowed: where the register points to in the allocation.
     *
     * @param local holds the allocation, the next one its bytes, the one after it the register's offset, which may lie
     *     outside
     * @param offset of the access from the register
     * @param size of the access
     */
    private record Anchor(int local, long offset, int size) {

        boolean serves(long other, int wanted) {
            return Math.abs(other - offset) < FAR && new Aligned(offset, size).implies(other, wanted);
        }
    }

    MemoryEmitter(RegionMethod region, OperationEmitter operations, CodeBuilder b) {
        this.region = region;
        this.operations = operations;
        this.b = b;
    }

    /** Other ways lead to the next instruction: nothing is known there. */
    void beginsBlock() {
        aligned.clear();
        anchors.clear();
        usedAnchors.clear();
    }

    /** What lanes find out in an instruction with a guard, those that pass it by do not know. */
    void begins(int at, Instruction instruction) {
        pc = at;
        guarded = instruction.guard() >= 0;
    }

    /** A register holds something else now. */
    void changes(int register) {
        aligned.remove(register);
        Anchor anchor = anchors.remove(register);
        if (anchor != null) {
            usedAnchors.clear(region.frame().anchorIndex(anchor.local()));
        }
    }

    void load(Op.Load op) {
        inRowOr(
                region.rows().of(op),
                row -> loadPlaces(op, offset -> region.rowEmitter().place(row, offset)),
                () -> loadAnywhere(op));
    }

    /** Loads elements whose places are known; {@code place} pushes some bytes, and where an offset from the address is in them. */
    void loadPlaces(Op.Load op, LongConsumer place) {
        int size = op.type().bytes();
        for (int i = 0; i < op.d().size(); i++) {
            place.accept(op.offset() + (long) i * size);
            b.invokestatic(RowEmitter.ROWS, "get" + word(size), MethodTypeDesc.of(type(size), BYTES, I));
        }
        storeLoaded(op);
    }

    /**
     * Accesses as one of a row or anywhere. What lanes find out on one of the two ways, they do not know on the other.
     *
     * @param row null if there is but one way
     */
    private void inRowOr(@Nullable Row row, Consumer<Row> inRow, Runnable anywhere) {
        if (row == null) {
            anywhere.run();
            return;
        }
        Label elsewhere = b.newLabel();
        Label done = b.newLabel();
        b.iload(region.frame().inRow()).ifeq(elsewhere);
        inRow.accept(row);
        b.goto_(done).labelBinding(elsewhere);
        boolean before = guarded;
        guarded = true;
        anywhere.run();
        guarded = before;
        b.labelBinding(done);
    }

    private void loadAnywhere(Op.Load op) {
        int size = op.type().bytes();
        int count = op.d().size();
        announce(op.order());
        align(op.space(), op.base(), op.offset(), size, count, false);
        // A destination may be the base of the next element: all are loaded before any is stored.
        for (int i = 0; i < count; i++) {
            loadElement(op, i, size);
        }
        storeLoaded(op);
    }

    private void storeLoaded(Op.Load op) {
        for (int i = op.d().size() - 1; i >= 0; i--) {
            storeLoaded(op.type(), op.d().get(i));
        }
    }

    private void announce(Op.Order order) {
        if (order.isStrong()) {
            operations.cohort();
            operations.call("strong", MethodTypeDesc.of(V, RegionMethod.COHORT));
        }
        release(order);
    }

    private void release(Op.Order order) {
        if (order.releases()) {
            operations.fence(order == Op.Order.RELEASE_TO_BLOCK);
        }
    }

    private void loadElement(Op.Load op, int index, int size) {
        long offset = op.offset() + (long) index * size;
        switch (op.space()) {
            case GLOBAL, CONST -> getGlobal(op.base(), offset, size, op.d().size() - 1 - index);
            case SHARED -> {
                operations.cohort();
                b.aload(region.frame().sharedLocal());
                sharedOffset(op.base(), offset);
                operations.call("shared" + word(size), MethodTypeDesc.of(type(size), RegionMethod.COHORT, BYTES, I));
            }
            case LOCAL -> get("localGet", op.base(), offset, size);
            case PARAM_IN -> parameter(op.base(), offset, size);
            case PARAM_OUT -> get("outGet", op.base(), offset, size);
            case GENERIC -> getNear("generic", op.base(), offset, size);
            case PARAM_RETURN -> throw new IllegalStateException("kernels return nothing");
        }
    }

    private void getGlobal(Source base, long offset, int size, int more) {
        Anchor anchor = anchorOf(base, offset, size);
        if (anchor != null) {
            beside(anchor, base, offset);
            operations.call("beside" + word(size), BESIDE.changeReturnType(type(size)));
            return;
        }
        getNear("global", base, offset, size);
        dropAnchor(base, offset, size, more);
    }

    private void putGlobal(Source base, long offset, int size, Source value, int more) {
        Anchor anchor = anchorOf(base, offset, size);
        if (anchor != null) {
            beside(anchor, base, offset);
            operations.push(value, size == 8 ? RegisterKind.LONG : RegisterKind.INT);
            operations.call("besidePut" + word(size), BESIDE.insertParameterTypes(BESIDE.parameterCount(), type(size)));
            return;
        }
        putNear("global", base, offset, size, value);
        dropAnchor(base, offset, size, more);
    }

    /** The anchor that serves an access; null if there is none. */
    private @Nullable Anchor anchorOf(Source base, long offset, int size) {
        Anchor anchor = base instanceof Source.Register(int register) ? anchors.get(register) : null;
        return anchor != null && anchor.serves(offset, size) ? anchor : null;
    }

    private void beside(Anchor anchor, Source base, long offset) {
        operations.cohort();
        b.aload(region.frame().near(base))
                .aload(anchor.local())
                .aload(anchor.local() + 1)
                .iload(anchor.local() + 2);
        if (offset != 0) {
            b.loadConstant((int) offset).iadd();
        }
    }

    /**
     * Remembers the place of the access just emitted if others follow it.
     *
     * @param more accesses of the instruction itself that are beside it
     */
    private void dropAnchor(Source base, long offset, int size, int more) {
        if (guarded || !(base instanceof Source.Register(int register))) {
            return;
        }
        Anchor anchor = new Anchor(region.frame().anchor(usedAnchors.nextClearBit(0)), offset, size);
        if (more + region.accessesFollowing(pc, register, anchor::serves, FEWEST) < FEWEST) {
            return;
        }
        Anchor before = anchors.put(register, anchor);
        usedAnchors.set(usedAnchors.nextClearBit(0));
        if (before != null) {
            usedAnchors.clear(region.frame().anchorIndex(before.local()));
        }
        int near = region.frame().near(base);
        b.aload(near).getfield(RegionMethod.NEAR, "allocation", ALLOCATION).astore(anchor.local());
        b.aload(near).getfield(RegionMethod.NEAR, "bytes", BYTES).astore(anchor.local() + 1);
        operations.push(base, RegisterKind.LONG);
        b.aload(near).getfield(RegionMethod.NEAR, "begin", J).lsub().l2i().istore(anchor.local() + 2);
    }

    private static ClassDesc type(int size) {
        return size == 8 ? J : I;
    }

    private void getNear(String space, Source base, long offset, int size) {
        MethodTypeDesc place = near(space, base);
        address(base, offset);
        operations.call(
                space + word(size),
                place.insertParameterTypes(place.parameterCount(), J).changeReturnType(type(size)));
    }

    /** Pushes what an access is near to; the type of a method that takes that. */
    private MethodTypeDesc near(String space, Source base) {
        int local = region.frame().near(base);
        operations.cohort();
        b.aload(local);
        if (!space.equals("global") || !region.knowsPlaces()) {
            return NEAR;
        }
        b.aload(local + 1).lload(local + 2);
        return PLACE;
    }

    /** The JVM checks the bounds of a parameter that no register moves: a bad one is a mistake in the PTX. */
    private void parameter(Source base, long offset, int size) {
        if (base instanceof Source.Constant(long begin)
                && size >= 4
                && begin + offset >= 0
                && begin + offset + size <= region.parameterBytes()) {
            operations.cohort();
            b.loadConstant((int) (begin + offset));
            operations.call("param" + word(size), MethodTypeDesc.of(type(size), RegionMethod.COHORT, I));
        } else {
            get("paramGet", base, offset, size);
        }
    }

    private void get(String name, Source base, long offset, int size) {
        operations.cohort();
        address(base, offset);
        b.loadConstant(size);
        operations.call(name, MethodTypeDesc.of(J, RegionMethod.COHORT, J, I));
        if (size < 8) {
            b.l2i();
        }
    }

    private void storeLoaded(PtxType type, int d) {
        if (d < 0) {
            if (type.bytes() == 8) {
                b.pop2();
            } else {
                b.pop();
            }
            return;
        }
        if (type.bytes() == 8) {
            operations.fromStack(RegisterKind.LONG, d);
            return;
        }
        switch (type) {
            case S8 -> b.i2b();
            case S16 -> b.i2s();
            default -> {}
        }
        if (type.isSigned() && region.kind(d) == RegisterKind.LONG) {
            b.i2l();
            region.storeLocal(d);
        } else {
            operations.fromStack(RegisterKind.INT, d);
        }
    }

    void store(Op.Store op) {
        inRowOr(
                region.rows().of(op),
                row -> storePlaces(op, offset -> region.rowEmitter().place(row, offset)),
                () -> storeAnywhere(op));
    }

    /** Stores elements whose places are known, as {@link #loadPlaces}. */
    void storePlaces(Op.Store op, LongConsumer place) {
        int size = op.type().bytes();
        for (int i = 0; i < op.values().size(); i++) {
            place.accept(op.offset() + (long) i * size);
            operations.push(op.values().get(i), size == 8 ? RegisterKind.LONG : RegisterKind.INT);
            b.invokestatic(RowEmitter.ROWS, "put" + word(size), MethodTypeDesc.of(V, BYTES, I, type(size)));
        }
    }

    private void storeAnywhere(Op.Store op) {
        int size = op.type().bytes();
        int count = op.values().size();
        announce(op.order());
        align(op.space(), op.base(), op.offset(), size, count, true);
        for (int i = 0; i < count; i++) {
            long offset = op.offset() + (long) i * size;
            Source value = op.values().get(i);
            switch (op.space()) {
                case GLOBAL, CONST -> putGlobal(op.base(), offset, size, value, count - 1 - i);
                case SHARED -> {
                    operations.cohort();
                    b.aload(region.frame().sharedLocal());
                    sharedOffset(op.base(), offset);
                    operations.push(value, size == 8 ? RegisterKind.LONG : RegisterKind.INT);
                    operations.call(
                            "sharedPut" + word(size), MethodTypeDesc.of(V, RegionMethod.COHORT, BYTES, I, type(size)));
                }
                case LOCAL -> put("localPut", op.base(), offset, size, value);
                case PARAM_OUT -> put("outPut", op.base(), offset, size, value);
                case GENERIC -> putNear("generic", op.base(), offset, size, value);
                case PARAM_IN, PARAM_RETURN -> throw new IllegalStateException("a kernel's parameters are constant");
            }
        }
    }

    private void put(String name, Source base, long offset, int size, Source value) {
        operations.cohort();
        address(base, offset);
        b.loadConstant(size);
        operations.push(value, RegisterKind.LONG);
        operations.call(name, MethodTypeDesc.of(V, RegionMethod.COHORT, J, I, J));
    }

    private void putNear(String space, Source base, long offset, int size, Source value) {
        MethodTypeDesc place = near(space, base);
        address(base, offset);
        operations.push(value, size == 8 ? RegisterKind.LONG : RegisterKind.INT);
        operations.call(space + "Put" + word(size), place.insertParameterTypes(place.parameterCount(), J, type(size)));
    }

    /** Checks the alignment of an access of some elements; accesses of one element outside shared memory do it themselves. */
    private void align(Op.Space space, Source base, long offset, int size, int count, boolean write) {
        int bytes = size * count;
        switch (space) {
            case GLOBAL, CONST -> alignVector("globalAlign", base, offset, bytes, count, write);
            case GENERIC -> alignVector("genericAlign", base, offset, bytes, count, write);
            case SHARED -> alignShared(base, offset, bytes, write);
            case LOCAL, PARAM_IN, PARAM_OUT, PARAM_RETURN -> {}
        }
    }

    private void alignVector(String check, Source base, long offset, int bytes, int count, boolean write) {
        if (count > 1) {
            operations.cohort();
            address(base, offset);
            b.loadConstant(bytes).loadConstant(write ? 1 : 0);
            operations.call(check, MethodTypeDesc.of(V, RegionMethod.COHORT, J, I, ConstantDescs.CD_boolean));
        }
    }

    /** Accesses off one register mostly follow one another: what the first has checked need not be checked again. */
    private void alignShared(Source base, long offset, int bytes, boolean write) {
        if (bytes == 1) {
            return;
        }
        if (base instanceof Source.Register(int register)) {
            Aligned known = aligned.get(register);
            if (known != null && known.implies(offset, bytes)) {
                return;
            }
            if (!guarded) {
                aligned.put(register, new Aligned(offset, bytes));
            }
        } else if (base instanceof Source.Constant(long begin) && (begin + offset & bytes - 1) == 0) {
            return;
        }
        operations.cohort();
        sharedOffset(base, offset);
        b.loadConstant(bytes).loadConstant(write ? 1 : 0);
        operations.call("sharedAlign", MethodTypeDesc.of(V, RegionMethod.COHORT, I, I, ConstantDescs.CD_boolean));
    }

    void atomic(Op.Atomic op) {
        release(op.order());
        operations.cohort();
        String name;
        ClassDesc place;
        if (op.space() == Op.Space.SHARED) {
            sharedOffset(op.base(), op.offset());
            name = "sharedAtomic";
            place = I;
        } else {
            address(op.base(), op.offset());
            name = op.space() == Op.Space.GENERIC ? "genericAtomic" : "globalAtomic";
            place = J;
        }
        b.loadConstant(op.op().ordinal());
        b.loadConstant(op.type().ordinal());
        operations.push(op.b(), RegisterKind.LONG);
        if (op.c() == null) {
            b.lconst_0();
        } else {
            operations.push(op.c(), RegisterKind.LONG);
        }
        operations.call(name, MethodTypeDesc.of(J, RegionMethod.COHORT, place, I, I, J, J));
        if (op.d() < 0) {
            b.pop2();
        } else {
            operations.fromStack(RegisterKind.LONG, op.d());
        }
    }

    private static String word(int bytes) {
        return switch (bytes) {
            case 1 -> "Byte";
            case 2 -> "Short";
            case 4 -> "Int";
            case 8 -> "Long";
            default -> throw new IllegalArgumentException("access of " + bytes + " bytes");
        };
    }

    void address(Source base, long offset) {
        operations.push(base, RegisterKind.LONG);
        if (offset != 0) {
            b.loadConstant(offset).ladd();
        }
    }

    private void sharedOffset(Source base, long offset) {
        operations.push(base, RegisterKind.INT);
        if (offset != 0) {
            b.loadConstant((int) offset).iadd();
        }
    }
}
