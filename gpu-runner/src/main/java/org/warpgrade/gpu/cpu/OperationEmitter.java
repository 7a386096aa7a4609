package org.warpgrade.gpu.cpu;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.PtxType;
import org.warpgrade.gpu.ptx.isa.PtxMath.MethodRef;
import org.warpgrade.gpu.ptx.typed.AddressMap;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;
import org.warpgrade.gpu.ptx.typed.Source;
import org.warpgrade.gpu.ptx.typed.SpecialRegister;

/** Emits single operations on the registers of one lane: helpers are called, the commonest are inlined as bytecode. */
final class OperationEmitter {

    private static final ClassDesc FLOAT_MATH = ClassDesc.of("org.warpgrade.gpu.ptx.isa.FloatMath");
    private static final ClassDesc DOUBLE_MATH = ClassDesc.of("org.warpgrade.gpu.ptx.isa.DoubleMath");
    private static final ClassDesc DOUBLE_NANS = ClassDesc.of("org.warpgrade.gpu.ptx.isa.DoubleNans");
    private static final MethodTypeDesc FLOAT_TO_FLOAT =
            MethodTypeDesc.of(ConstantDescs.CD_float, ConstantDescs.CD_float);
    private static final ClassDesc FLOAT = ClassDesc.of("java.lang.Float");
    private static final ClassDesc DOUBLE = ClassDesc.of("java.lang.Double");
    private static final ClassDesc LANE_ACCESS = ClassDesc.of("org.warpgrade.gpu.cpu.LaneAccess");
    private static final ClassDesc I = ConstantDescs.CD_int;
    private static final ClassDesc J = ConstantDescs.CD_long;
    private static final ClassDesc V = ConstantDescs.CD_void;

    private final RegionMethod region;
    private final CodeBuilder b;
    private final MemoryEmitter memory;
    private boolean unwatched;

    OperationEmitter(RegionMethod region, CodeBuilder b) {
        this.region = region;
        this.b = b;
        this.memory = new MemoryEmitter(region, this, b);
    }

    /** Other ways lead to the next instruction: nothing is known there. */
    void beginsBlock() {
        memory.beginsBlock();
    }

    /** Emits the operation of the instruction at {@code pc}. */
    void emit(int pc, Instruction instruction) {
        memory.begins(pc, instruction);
        emit(instruction.op());
        DataFlow.defines(instruction, memory::changes);
    }

    /** The accesses to memory. */
    MemoryEmitter memory() {
        return memory;
    }

    /**
     * Emits a load for lanes of which some drop the value: the sanitizers do not look at those.
     *
     * @param kept when it is kept
     */
    void emitDropping(int pc, Instruction load, DroppedLoads.Condition kept) {
        Label drops = b.newLabel();
        Label done = b.newLabel();
        b.iload(region.frame().of(kept.predicate()));
        if (kept.kept()) {
            b.ifeq(drops);
        } else {
            b.ifne(drops);
        }
        Instruction guarded = new Instruction(load.op(), kept.predicate(), !kept.kept(), load.at());
        emit(pc, guarded);
        b.goto_(done).labelBinding(drops);
        unwatched = true;
        emit(pc, guarded);
        unwatched = false;
        b.labelBinding(done);
    }

    private void emit(Op op) {
        switch (op) {
            case Op.Compute compute -> compute(compute);
            case Op.Copy(int d, Source a) -> {
                push(a, region.kind(d));
                if (!staysOpen(d)) {
                    closeNan(a, region.kind(d));
                }
                region.storeLocal(d);
            }
            case Op.Pack pack -> pack(pack);
            case Op.Unpack unpack -> unpack(unpack);
            case Op.Load load -> memory.load(load);
            case Op.Store store -> memory.store(store);
            case Op.Compare compare -> compare(compare);
            case Op.Select(int d, Source x, Source y, Source p) -> {
                RegisterKind kind = region.kind(d);
                ClassDesc type = javaType(kind);
                push(p, RegisterKind.BOOLEAN);
                for (Source chosen : List.of(x, y)) {
                    push(chosen, kind);
                    if (!staysOpen(d)) {
                        closeNan(chosen, kind);
                    }
                }
                // A call instead of a branch: each label costs a stack map of all registers.
                b.invokestatic(LANE_ACCESS, "select", MethodTypeDesc.of(type, ConstantDescs.CD_boolean, type, type));
                region.storeLocal(d);
            }
            case Op.Carry carry -> carry(carry);
            case Op.Atomic atomic -> memory.atomic(atomic);
            case Op.Fence(boolean blockOnly) -> fence(blockOnly);
            case Op.Hint _ -> {}
            case Op.Enter(int offset, int bytes) -> {
                if (bytes > 0) {
                    cohort();
                    localAddress(offset, RegisterKind.INT);
                    b.loadConstant(bytes);
                    call("enter", MethodTypeDesc.of(V, RegionMethod.COHORT, I, I));
                }
            }
            case Op.AsyncCopy copy -> {
                cohort();
                push(copy.to(), RegisterKind.INT);
                b.loadConstant((int) copy.toOffset()).iadd();
                memory.address(copy.from(), copy.fromOffset());
                b.loadConstant(copy.bytes());
                if (copy.sourceBytes() == null) {
                    b.loadConstant(copy.bytes());
                } else {
                    push(copy.sourceBytes(), RegisterKind.INT);
                }
                call("asyncCopy", MethodTypeDesc.of(V, RegionMethod.COHORT, I, J, I, I));
            }
            case Op.AsyncGroup(Op.GroupMode mode, int remaining) -> {
                cohort();
                b.loadConstant(mode.ordinal()).loadConstant(remaining);
                call("asyncGroup", MethodTypeDesc.of(V, RegionMethod.COHORT, I, I));
            }
            case Op.BarrierObject barrier -> {
                cohort();
                memory.address(barrier.base(), barrier.offset());
                if (barrier.space() != Op.Space.GENERIC) {
                    b.loadConstant(0xFFFFFFFFL)
                            .land()
                            .loadConstant(Windows.of(barrier.space(), false))
                            .ladd();
                }
                b.loadConstant(barrier.mode().ordinal());
                push(barrier.a(), RegisterKind.LONG);
                call("barrierObject", MethodTypeDesc.of(J, RegionMethod.COHORT, J, I, J));
                fromStack(RegisterKind.LONG, barrier.d());
            }
            case Op.CompareHalves compare -> compareHalves(compare);
            case Op.IsSpace(Op.Space space, int d, Source a) -> {
                push(a, RegisterKind.LONG);
                b.loadConstant(-AddressMap.WINDOW)
                        .land()
                        .loadConstant(Windows.of(space, false))
                        .lcmp();
                Label yes = b.newLabel();
                Label done = b.newLabel();
                b.ifeq(yes).iconst_0().goto_(done).labelBinding(yes).iconst_1().labelBinding(done);
                region.storeLocal(d);
            }
            case Op.ConvertAddress(Op.Space space, boolean toGeneric, int d, Source a) -> {
                push(a, RegisterKind.LONG);
                b.loadConstant(toGeneric ? Windows.of(space, false) : -Windows.of(space, false))
                        .ladd();
                fromStack(RegisterKind.LONG, d);
            }
            default -> throw new IllegalStateException("not an operation of one lane: " + op);
        }
    }

    static boolean touchesMemory(Op op) {
        return switch (op) {
            case Op.Load _, Op.Store _, Op.Atomic _, Op.AsyncCopy _, Op.AsyncGroup _, Op.BarrierObject _, Op.Fence _ ->
                true;
            default -> false;
        };
    }

    /** Whether the operation asks the cohort which lane is at work: memory of lanes lies one after the other. */
    static boolean asksForLane(Op op) {
        return switch (op) {
            case Op.Load load ->
                load.space() == Op.Space.LOCAL
                        || load.space() == Op.Space.PARAM_OUT
                        || load.space() == Op.Space.GENERIC;
            case Op.Store store ->
                store.space() == Op.Space.LOCAL
                        || store.space() == Op.Space.PARAM_OUT
                        || store.space() == Op.Space.GENERIC;
            default -> false;
        };
    }

    private static ClassDesc javaType(RegisterKind kind) {
        return switch (kind) {
            case BOOLEAN, INT -> ConstantDescs.CD_int;
            case LONG -> ConstantDescs.CD_long;
            case FLOAT -> ConstantDescs.CD_float;
            case DOUBLE -> ConstantDescs.CD_double;
        };
    }

    void cohort() {
        b.aload(0);
    }

    void call(String name, MethodTypeDesc type) {
        b.invokestatic(unwatched ? LANE_ACCESS : region.access(), name, type);
    }

    void fence(boolean blockOnly) {
        cohort();
        b.loadConstant(blockOnly ? 1 : 0);
        call("fence", MethodTypeDesc.of(V, RegionMethod.COHORT, ConstantDescs.CD_boolean));
    }

    void trap() {
        b.invokestatic(region.access(), "trap", MethodTypeDesc.of(ClassDesc.of("org.warpgrade.gpu.host.ProgramFault")));
        b.athrow();
    }

    void branchTable(Op.BranchTable table, List<Label> targets) {
        Label bad = b.newLabel();
        push(table.index(), RegisterKind.INT);
        List<SwitchCase> cases = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            cases.add(SwitchCase.of(i, targets.get(i)));
        }
        b.tableswitch(0, targets.size() - 1, bad, cases);
        b.labelBinding(bad);
        b.invokestatic(
                region.access(), "badSwitch", MethodTypeDesc.of(ClassDesc.of("org.warpgrade.gpu.host.ProgramFault")));
        b.athrow();
    }

    // ------------------------------------------------------------------ arithmetic

    private void compute(Op.Compute op) {
        MethodRef meaning = op.meaning();
        MethodType type = meaning.type();
        HalfModifiers halves = HalfModifiers.of(meaning, op.ftz(), op.sat());
        for (int i = 0; i < type.parameterCount(); i++) {
            push(op.sources().get(i), RegisterKind.of(type.parameterType(i)), op.ftz());
            if (ArithmeticNans.looksAtBits(meaning)) {
                closeNan(op.sources().get(i), RegisterKind.of(type.parameterType(i)));
            }
            if (halves.flush() != null) {
                invoke(halves.flush());
            }
        }
        invoke(meaning);
        RegisterKind result = RegisterKind.of(type.returnType());
        if (ArithmeticNans.handsOn(meaning)) {
            op.sources().forEach(source -> push(source, RegisterKind.DOUBLE));
            List<ClassDesc> doubles = Collections.nCopies(1 + op.sources().size(), ConstantDescs.CD_double);
            b.invokestatic(DOUBLE_NANS, "handOn", MethodTypeDesc.of(ConstantDescs.CD_double, doubles));
        } else if (ArithmeticNans.isCanonical(meaning) && !staysOpen(op.d())) {
            b.invokestatic(FLOAT_MATH, "canonical_f32", FLOAT_TO_FLOAT);
        }
        if (halves.flush() != null && result == RegisterKind.INT) {
            invoke(halves.flush());
        }
        if (halves.saturate() != null) {
            invoke(halves.saturate());
        }
        if (op.sat() && result == RegisterKind.FLOAT) {
            b.invokestatic(FLOAT_MATH, "sat_f32", FLOAT_TO_FLOAT);
        } else if (op.sat() && result == RegisterKind.DOUBLE) {
            b.invokestatic(DOUBLE_MATH, "sat_f64", MethodTypeDesc.of(ConstantDescs.CD_double, ConstantDescs.CD_double));
        }
        if (op.ftz() && result == RegisterKind.FLOAT) {
            b.invokestatic(FLOAT_MATH, "ftz_f32", FLOAT_TO_FLOAT);
        }
        fromStack(result, op.d());
    }

    private boolean staysOpen(int register) {
        return register < 0 || region.hasOpenNan(register);
    }

    /** The value on the stack goes where its bits may be looked at. */
    private void closeNan(Source source, RegisterKind have) {
        if (have == RegisterKind.FLOAT
                && source instanceof Source.Register(int register)
                && region.hasOpenNan(register)) {
            b.invokestatic(FLOAT_MATH, "canonical_f32", FLOAT_TO_FLOAT);
        }
    }

    /** One row per helper whose meaning is one JVM instruction; the others are called. */
    private void invoke(MethodRef meaning) {
        switch (meaning.name()) {
            case "add_s32", "add_u32" -> b.iadd();
            case "sub_s32", "sub_u32" -> b.isub();
            case "mul_lo_s32", "mul_lo_u32" -> b.imul();
            case "and_b32" -> b.iand();
            case "or_b32" -> b.ior();
            case "xor_b32" -> b.ixor();
            case "add_s64", "add_u64" -> b.ladd();
            case "sub_s64", "sub_u64" -> b.lsub();
            case "mul_lo_s64", "mul_lo_u64" -> b.lmul();
            case "and_b64" -> b.land();
            case "or_b64" -> b.lor();
            case "xor_b64" -> b.lxor();
            case "add_rn_f32" -> b.fadd();
            case "sub_rn_f32" -> b.fsub();
            case "mul_rn_f32" -> b.fmul();
            case "add_rn_f64" -> b.dadd();
            case "sub_rn_f64" -> b.dsub();
            case "mul_rn_f64" -> b.dmul();
            case "and_pred" -> b.iand();
            case "or_pred" -> b.ior();
            case "xor_pred" -> b.ixor();
            case "cvt_s64_s32" -> b.i2l();
            case "fma_rn_f32" -> b.invokestatic(ClassDesc.of("java.lang.Math"), "fma", descriptor(meaning.type()));
            case "fma_rn_f64" -> b.invokestatic(ClassDesc.of("java.lang.Math"), "fma", descriptor(meaning.type()));
            default ->
                b.invokestatic(
                        ClassDesc.ofDescriptor(meaning.owner().descriptorString()),
                        meaning.name(),
                        descriptor(meaning.type()));
        }
    }

    private static MethodTypeDesc descriptor(MethodType type) {
        return MethodTypeDesc.ofDescriptor(type.toMethodDescriptorString());
    }

    private void compare(Op.Compare op) {
        MethodRef comparison = op.comparison();
        HalfModifiers halves = HalfModifiers.of(comparison, op.ftz(), false);
        for (int i = 0; i < 2; i++) {
            push(i == 0 ? op.a() : op.b(), RegisterKind.of(comparison.type().parameterType(i)), op.ftz());
            if (halves.flush() != null) {
                invoke(halves.flush());
            }
        }
        invoke(comparison);
        if (op.q() >= 0) {
            int holds = region.frame().scratch();
            b.istore(holds);
            b.iload(holds).iconst_1().ixor();
            combine(op);
            region.storeLocal(op.q());
            b.iload(holds);
        }
        combine(op);
        PtxType value = op.value();
        if (value == null) {
            if (op.d() < 0) {
                b.pop();
            } else {
                region.storeLocal(op.d());
            }
            return;
        }
        Label no = b.newLabel();
        Label done = b.newLabel();
        b.ifeq(no);
        b.loadConstant(op.truth());
        b.goto_(done).labelBinding(no).iconst_0().labelBinding(done);
        fromStack(RegisterKind.INT, op.d());
    }

    private void compareHalves(Op.CompareHalves op) {
        HalfModifiers halves = HalfModifiers.of(op.comparison(), op.ftz(), false);
        int[] holds = {region.frame().scratch(), region.frame().scratch() + 1};
        for (int half = 0; half < 2; half++) {
            for (Source source : List.of(op.a(), op.b())) {
                push(source, RegisterKind.INT);
                if (half == 1) {
                    b.loadConstant(16).iushr();
                }
                b.loadConstant(0xFFFF).iand();
                if (halves.flush() != null) {
                    invoke(halves.flush());
                }
            }
            invoke(op.comparison());
            combine(op.combine(), op.c());
            b.istore(holds[half]);
        }
        if (op.truth() != 0) {
            b.iload(holds[0]).loadConstant(op.truth()).imul();
            b.iload(holds[1]).loadConstant(op.truth() << 16).imul().ior();
            fromStack(RegisterKind.INT, op.d());
            return;
        }
        for (int half = 0; half < 2; half++) {
            int target = half == 0 ? op.d() : op.q();
            if (target >= 0) {
                b.iload(holds[half]);
                region.storeLocal(target);
            }
        }
    }

    private void combine(Op.Compare op) {
        combine(op.combine(), op.c());
    }

    private void combine(Op.Combine combine, @Nullable Source c) {
        if (c == null) {
            return;
        }
        push(c, RegisterKind.BOOLEAN);
        switch (combine) {
            case AND -> b.iand();
            case OR -> b.ior();
            case XOR -> b.ixor();
            case NONE -> b.pop();
        }
    }

    private void carry(Op.Carry op) {
        int flag = -1;
        if (op.carry() != null) {
            pushAll(op.carry(), op.sources());
            invoke(op.carry());
            flag = region.frame().scratch();
            b.istore(flag);
        }
        pushAll(op.value(), op.sources());
        invoke(op.value());
        fromStack(RegisterKind.of(op.value().type().returnType()), op.d());
        if (flag >= 0) {
            b.iload(flag);
            region.storeLocal(op.flag());
        }
    }

    private void pushAll(MethodRef meaning, List<Source> sources) {
        for (int i = 0; i < meaning.type().parameterCount(); i++) {
            push(sources.get(i), RegisterKind.of(meaning.type().parameterType(i)));
        }
    }

    private void pack(Op.Pack op) {
        boolean wide = region.kind(op.d()).isWide();
        for (int i = 0; i < op.parts().size(); i++) {
            Source part = op.parts().get(i);
            if (wide) {
                push(part, RegisterKind.LONG);
                if (op.partBits() < 64) {
                    b.loadConstant((1L << op.partBits()) - 1).land();
                }
                if (i > 0) {
                    b.loadConstant(i * op.partBits()).lshl().lor();
                }
            } else {
                push(part, RegisterKind.INT);
                if (op.partBits() < 32) {
                    b.loadConstant((1 << op.partBits()) - 1).iand();
                }
                if (i > 0) {
                    b.loadConstant(i * op.partBits()).ishl().ior();
                }
            }
        }
        fromStack(wide ? RegisterKind.LONG : RegisterKind.INT, op.d());
    }

    private void unpack(Op.Unpack op) {
        boolean wide = op.partBits() * op.parts().size() > 32;
        int whole = region.frame().scratch();
        push(op.a(), wide ? RegisterKind.LONG : RegisterKind.INT);
        if (!wide) {
            b.i2l();
        }
        b.lstore(whole);
        for (int i = 0; i < op.parts().size(); i++) {
            int d = op.parts().get(i);
            if (d < 0) {
                continue;
            }
            b.lload(whole);
            if (i > 0) {
                b.loadConstant(i * op.partBits()).lushr();
            }
            if (op.partBits() < 64) {
                b.loadConstant((1L << op.partBits()) - 1).land();
            }
            fromStack(RegisterKind.LONG, d);
        }
    }

    // ------------------------------------------------------------------ values

    private void push(Source source, RegisterKind wanted, boolean ftz) {
        push(source, wanted);
        if (ftz && wanted == RegisterKind.FLOAT) {
            b.invokestatic(FLOAT_MATH, "ftz_f32", FLOAT_TO_FLOAT);
        }
    }

    void push(Source source, RegisterKind wanted) {
        switch (source) {
            case Source.Register(int index) -> {
                region.loadLocal(index);
                if (region.hasOpenNan(index) && wanted != RegisterKind.FLOAT) {
                    b.invokestatic(FLOAT_MATH, "bits_f32", MethodTypeDesc.of(I, ConstantDescs.CD_float));
                    convert(RegisterKind.INT, wanted);
                } else {
                    convert(region.kind(index), wanted);
                }
            }
            case Source.Constant(long bits) -> constant(bits, wanted);
            case Source.LocalAddress(long offset) -> localAddress(offset, wanted);
            case Source.Complement(Source predicate) -> {
                push(predicate, RegisterKind.BOOLEAN);
                b.iconst_1().ixor();
                convert(RegisterKind.BOOLEAN, wanted);
            }
            case Source.Special(SpecialRegister which) -> special(which, wanted);
        }
    }

    /** In a function that stayed one, local variables lie where its activation begins. */
    private void localAddress(long offset, RegisterKind wanted) {
        if (!region.isInBody()) {
            constant(offset, wanted);
            return;
        }
        perLane("stackBase");
        if (offset != 0) {
            b.loadConstant((int) offset).iadd();
        }
        convert(RegisterKind.INT, wanted);
    }

    private void constant(long bits, RegisterKind wanted) {
        switch (wanted) {
            case BOOLEAN -> b.loadConstant(bits != 0 ? 1 : 0);
            case INT -> b.loadConstant((int) bits);
            case LONG -> b.loadConstant(bits);
            case FLOAT -> {
                float value = Float.intBitsToFloat((int) bits);
                if (Float.isNaN(value)) {
                    // A constant pool entry need not keep a NaN's payload.
                    b.loadConstant((int) bits);
                    convert(RegisterKind.INT, RegisterKind.FLOAT);
                } else {
                    b.loadConstant(value);
                }
            }
            case DOUBLE -> {
                double value = Double.longBitsToDouble(bits);
                if (Double.isNaN(value)) {
                    b.loadConstant(bits);
                    convert(RegisterKind.LONG, RegisterKind.DOUBLE);
                } else {
                    b.loadConstant(value);
                }
            }
        }
    }

    private void special(SpecialRegister which, RegisterKind wanted) {
        switch (which) {
            case TID_X -> perLane("tidX");
            case TID_Y -> perLane("tidY");
            case TID_Z -> perLane("tidZ");
            case NTID_X -> field("ntidX");
            case NTID_Y -> field("ntidY");
            case NTID_Z -> field("ntidZ");
            case CTAID_X -> field("ctaidX");
            case CTAID_Y -> field("ctaidY");
            case CTAID_Z -> field("ctaidZ");
            case NCTAID_X -> field("nctaidX");
            case NCTAID_Y -> field("nctaidY");
            case NCTAID_Z -> field("nctaidZ");
            case LANEID -> b.iload(region.laneLocal()).loadConstant(31).iand();
            case WARPID -> {
                field("base");
                b.iload(region.laneLocal()).iadd().loadConstant(5).iushr();
            }
            default -> {
                cohort();
                b.loadConstant(which.ordinal()).iload(region.laneLocal());
                call("special", MethodTypeDesc.of(J, RegionMethod.COHORT, I, I));
                convert(RegisterKind.LONG, wanted);
                return;
            }
        }
        convert(RegisterKind.INT, wanted);
    }

    private void perLane(String array) {
        b.aload(0).getfield(RegionMethod.COHORT, array, ClassDesc.ofDescriptor("[I"));
        b.iload(region.laneLocal()).iaload();
    }

    private void field(String name) {
        b.aload(0).getfield(RegionMethod.COHORT, name, I);
    }

    /** Stores the value on the stack in a register, bit for bit. */
    void fromStack(RegisterKind have, int d) {
        if (d < 0) {
            if (have.isWide()) {
                b.pop2();
            } else {
                b.pop();
            }
            return;
        }
        convert(have, region.kind(d));
        region.storeLocal(d);
    }

    /** Reinterprets bits: integers zero-extend or truncate, floats keep their patterns. */
    private void convert(RegisterKind have, RegisterKind want) {
        if (have == want) {
            return;
        }
        // Everything goes through the integer that holds its bits.
        RegisterKind bits = switch (have) {
            case FLOAT -> {
                b.invokestatic(FLOAT, "floatToRawIntBits", MethodTypeDesc.of(I, ConstantDescs.CD_float));
                yield RegisterKind.INT;
            }
            case DOUBLE -> {
                b.invokestatic(DOUBLE, "doubleToRawLongBits", MethodTypeDesc.of(J, ConstantDescs.CD_double));
                yield RegisterKind.LONG;
            }
            case BOOLEAN, INT -> RegisterKind.INT;
            case LONG -> RegisterKind.LONG;
        };
        boolean wantLong = want.isWide();
        if (bits == RegisterKind.LONG && !wantLong) {
            b.l2i();
        } else if (bits == RegisterKind.INT && wantLong) {
            b.i2l().loadConstant(0xFFFFFFFFL).land();
        }
        switch (want) {
            case FLOAT -> b.invokestatic(FLOAT, "intBitsToFloat", MethodTypeDesc.of(ConstantDescs.CD_float, I));
            case DOUBLE -> b.invokestatic(DOUBLE, "longBitsToDouble", MethodTypeDesc.of(ConstantDescs.CD_double, J));
            case BOOLEAN, INT, LONG -> {}
        }
    }
}
