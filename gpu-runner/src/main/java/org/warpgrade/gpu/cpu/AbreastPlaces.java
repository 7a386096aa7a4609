package org.warpgrade.gpu.cpu;

import static org.warpgrade.gpu.cpu.RegionFrame.LANE;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.warpgrade.gpu.cpu.AbreastRegion.Access;
import org.warpgrade.gpu.cpu.AbreastRegion.Block;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;
import org.warpgrade.gpu.ptx.typed.Source;

/**
 * Emits the accesses of lanes abreast. Where addresses have a step, one look before the lanes begin tells where lane 0 would be, and
 * whether all are in bounds; where they are scattered, a loop of its own looks at each.
 */
final class AbreastPlaces {

    private static final ClassDesc I = ConstantDescs.CD_int;
    private static final ClassDesc J = ConstantDescs.CD_long;
    private static final MethodTypeDesc OUTSIDE = MethodTypeDesc.of(I, J, I, I);

    private final AbreastRegion abreast;
    private final RegionFrame frame;
    private final List<Instruction> code;
    private final OperationEmitter operations;
    private final AbreastLocals locals;
    private final CodeBuilder b;

    // of the block at work
    private final Map<Access, Integer> origins = new HashMap<>();
    private final Map<Integer, Integer> originAt = new HashMap<>();

    AbreastPlaces(
            AbreastRegion abreast,
            RegionFrame frame,
            List<Instruction> code,
            OperationEmitter operations,
            AbreastLocals locals,
            CodeBuilder b) {
        this.abreast = abreast;
        this.frame = frame;
        this.code = code;
        this.operations = operations;
        this.locals = locals;
        this.b = b;
    }

    void beginBlock() {
        origins.clear();
        originAt.clear();
    }

    /** A register that an instruction writes is another address from here on. */
    void changes(Instruction instruction) {
        DataFlow.defines(instruction, register -> origins.keySet().removeIf(known -> isBase(known, register)));
    }

    private static boolean isBase(Access access, int register) {
        return access.base() instanceof Source.Register(int base) && base == register;
    }

    // ------------------------------------------------------------------ before the lanes

    /** Finds out where the lanes' accesses at an instruction are, if nothing is wrong with any of them. */
    void look(int pc, Block block, Label wrong) {
        Access access = Objects.requireNonNull(abreast.accessOf(code.get(pc)));
        originAt.put(pc, origin(pc, access, block, wrong));
    }

    /** The local with where lane 0's address is in the bytes, of this access and those through the same address behind it. */
    private int origin(int pc, Access access, Block block, Label wrong) {
        for (Map.Entry<Access, Integer> known : origins.entrySet()) {
            if (known.getKey().isThrough(access)) {
                return known.getValue();
            }
        }
        Access all = access;
        boolean[] changed = {false};
        for (int next = pc; next < block.end() && !changed[0]; next++) {
            Access other = abreast.accessOf(code.get(next));
            if (other != null && other.isThrough(access)) {
                all = all.with(other);
            }
            DataFlow.defines(code.get(next), register -> changed[0] |= isBase(access, register));
        }
        int local = locals.take();
        if (all.space() == Op.Space.SHARED) {
            b.aload(frame.sharedLocal()).lconst_0();
            operations.push(all.base(), RegisterKind.INT);
            b.i2l();
        } else {
            int near = frame.near(all.base());
            b.aload(near + 1).lload(near + 2);
            operations.push(all.base(), RegisterKind.LONG);
        }
        RowEmitter.emitOrigin(b, all.extent(), local, wrong);
        origins.put(all, local);
        return local;
    }

    /** Pushes 0 if a lane's scattered access is in bounds and aligned. */
    void outside(WeakAccess access) {
        scattered(access.space(), access.base(), access.offset());
        bytes(access.space(), access.base()).arraylength().loadConstant(access.bytes());
        b.invokestatic(AbreastEmitter.ABREAST, "outside", OUTSIDE);
    }

    // ------------------------------------------------------------------ the accesses

    void load(int pc, Op.Load load) {
        operations.memory().loadPlaces(load, offset -> place(pc, load.space(), load.base(), offset));
    }

    void store(int pc, Op.Store store) {
        operations.memory().storePlaces(store, offset -> place(pc, store.space(), store.base(), offset));
    }

    /** Pushes the bytes that are accessed, and where a lane's place is in them. */
    private void place(int pc, Op.Space space, Source base, long offset) {
        bytes(space, base);
        if (abreast.scatteredOf(code.get(pc)) != null) {
            scattered(space, base, offset);
            b.l2i();
            return;
        }
        b.iload(originAt.get(pc));
        long step = base instanceof Source.Register(int register) ? abreast.step(register) : 0;
        if (step != 0) {
            b.iload(LANE).loadConstant((int) step).imul().iadd();
        }
        if (offset != 0) {
            b.loadConstant((int) offset).iadd();
        }
    }

    private CodeBuilder bytes(Op.Space space, Source base) {
        return b.aload(space == Op.Space.SHARED ? frame.sharedLocal() : frame.near(base) + 1);
    }

    /** Pushes where a lane's place is in the bytes, as a long integer. */
    private void scattered(Op.Space space, Source base, long offset) {
        if (space == Op.Space.SHARED) {
            operations.push(base, RegisterKind.INT);
            b.i2l();
        } else {
            operations.push(base, RegisterKind.LONG);
            b.lload(frame.near(base) + 2).lsub();
        }
        b.loadConstant(offset).ladd();
    }
}
