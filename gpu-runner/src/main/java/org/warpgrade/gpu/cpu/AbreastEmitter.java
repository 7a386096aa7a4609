package org.warpgrade.gpu.cpu;

import static org.warpgrade.gpu.cpu.RegionFrame.ANY;
import static org.warpgrade.gpu.cpu.RegionFrame.ARRAYS;
import static org.warpgrade.gpu.cpu.RegionFrame.COHORT_SLOT;
import static org.warpgrade.gpu.cpu.RegionFrame.EVERY;
import static org.warpgrade.gpu.cpu.RegionFrame.FROM;
import static org.warpgrade.gpu.cpu.RegionFrame.LANE;
import static org.warpgrade.gpu.cpu.RegionFrame.STEPS;
import static org.warpgrade.gpu.cpu.RegionFrame.TO;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.warpgrade.gpu.cpu.AbreastLocals.Phase;
import org.warpgrade.gpu.cpu.AbreastRegion.Block;
import org.warpgrade.gpu.cpu.Detours.Detour;
import org.warpgrade.gpu.cpu.RegionPlan.Boundary;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;

/**
 * Emits an {@link AbreastRegion} as a static method. For each basic block:
 *
 * <pre>{@code
 * // registers with a step: once, for the first lane
 * // each access: are the places of all lanes in bounds and aligned? if not, the lanes go on one after the other from here
 * for (int lane = from; lane < to; lane++) {
 *     // load the registers without a step that the block reads, run its code, spill what others read
 * }
 * // do all lanes agree on the branch? if not, the lanes go on one after the other from the branch
 * }</pre>
 *
 * Where lanes go on one after the other, all registers are spilled and the region's code is that of {@link RegionEmitter}, begun
 * in the middle. So whatever goes wrong is found there, in the order of the lanes.
 */
final class AbreastEmitter extends RegionMethod {

    static final ClassDesc ABREAST = ClassDesc.of("org.warpgrade.gpu.cpu.Abreast");
    private static final ClassDesc I = ConstantDescs.CD_int;
    private static final ClassDesc J = ConstantDescs.CD_long;
    private static final ClassDesc V = ConstantDescs.CD_void;
    private static final ClassDesc Z = ConstantDescs.CD_boolean;

    /** Instructions of all lanes together between two looks at the budget: some milliseconds of them. */
    private static final int STEPS_BETWEEN_CHECKS = 1 << 21;

    private final AbreastRegion abreast;
    private final AbreastFlow flow;
    private final ClassDesc self;
    private final int index;
    /** The lanes of the whole cohort, and so from one row of spilled registers to the next. */
    private final int stride;

    private final OperationEmitter operations;
    private final AbreastLocals locals;
    private final AbreastPlaces places;
    private final Map<Integer, Label> bails = new TreeMap<>();

    /** @param self the class that is emitted, where the regions of lanes one after the other are, too */
    AbreastEmitter(RegionPlan plan, int index, AbreastRegion abreast, int stride, ClassDesc self, CodeBuilder b) {
        super(plan, abreast.region(), true, ClassDesc.of("org.warpgrade.gpu.cpu.LaneAccess"), b);
        this.abreast = abreast;
        this.flow = new AbreastFlow(plan, abreast);
        this.index = index;
        this.stride = stride;
        this.self = self;
        this.operations = new OperationEmitter(this, b);
        this.locals = new AbreastLocals(abreast, frame, plan.function().registers(), b);
        this.places = new AbreastPlaces(abreast, frame, code, operations, locals, b);
    }

    /** The method's name. */
    static String methodName(int region) {
        return "abreast" + region;
    }

    void emit() {
        emitArrays();
        emitMemory();
        emitUniforms(operations);
        receive();
        Label apart = b.newLabel();
        fetchHomes(apart);
        b.iconst_0().istore(STEPS);
        if (abreast.blocks().getFirst().begin() != region.entry()) {
            b.goto_(label(region.entry()));
        }
        abreast.blocks().forEach(this::emitBlock);
        exits.forEach(this::emitExit);
        bails.forEach(this::emitBail);
        b.labelBinding(apart);
        goOn(index);
    }

    // ------------------------------------------------------------------ before the first block

    /** What a shuffle sent is put where it would have been. */
    private void receive() {
        RowShuffle fetched = region.fetched();
        if (fetched != null) {
            b.aload(COHORT_SLOT);
            b.loadConstant(fetched.floats() ? 1 : 0).loadConstant(fetched.in()).loadConstant(fetched.out());
            b.invokevirtual(COHORT, "receive", MethodTypeDesc.of(V, Z, I, I));
        }
    }

    /** Fetches the registers with a step that come from elsewhere, after a look whether they have it. */
    private void fetchHomes(Label apart) {
        BitSet live = plan.liveness().at(region.entry());
        Label known = b.newLabel();
        b.aload(COHORT_SLOT).getfield(COHORT, "stepsHold", Z).ifne(known);
        locals.homes().keySet().stream().filter(live::get).forEach(register -> lookAtStep(register, apart));
        b.labelBinding(known);
        locals.homes().forEach((register, home) -> {
            if (live.get(register)) {
                row(register).iload(FROM).iadd();
                b.arrayLoad(type(kind(register)));
                b.storeLocal(type(kind(register)), home);
            } else {
                locals.clear(kind(register), home);
            }
        });
    }

    private void lookAtStep(int register, Label apart) {
        RegisterKind kind = kind(register);
        ClassDesc array = ClassDesc.ofDescriptor(descriptor(kind));
        row(register).iload(FROM).iload(TO);
        if (kind == RegisterKind.FLOAT || kind == RegisterKind.DOUBLE) {
            b.invokestatic(ABREAST, "isSame", MethodTypeDesc.of(Z, array, I, I, I));
        } else {
            step(register);
            b.invokestatic(ABREAST, "hasStep", MethodTypeDesc.of(Z, array, I, I, I, kind == RegisterKind.LONG ? J : I));
        }
        b.ifeq(apart);
    }

    /** Pushes the array that a register is spilled to, and where lane 0 is in it. */
    private CodeBuilder row(int register) {
        return b.aload(ARRAYS + index(kind(register))).loadConstant(plan.slot(register) * stride);
    }

    private void step(int register) {
        if (kind(register) == RegisterKind.LONG) {
            b.loadConstant(abreast.step(register));
        } else {
            b.loadConstant((int) abreast.step(register));
        }
    }

    // ------------------------------------------------------------------ a block: once for all lanes

    private void emitBlock(Block block) {
        b.labelBinding(label(block.begin()));
        operations.beginsBlock();
        locals.beginBlock();
        places.beginBlock();
        for (int pc = block.begin(); pc < block.end(); pc++) {
            at(pc);
            if (!flow.isDone(code.get(pc), pc)) {
                emitOfFirstLane(pc, block);
            }
        }
        if (flow.hasWorkOfEachLane(block)) {
            emitLookAtScattered(block);
            emitLanes(block);
        }
        locals.endBlock(flow.wantedBehind(block));
        b.iinc(STEPS, flow.stepsOfAll(block));
        at(block.end() - 1);
        emitEnd(block);
    }

    private void at(int pc) {
        locals.at(pc);
        b.lineNumber(pc + 1);
    }

    private void emitOfFirstLane(int pc, Block block) {
        Instruction instruction = code.get(pc);
        boolean scalar = flow.isOfFirstLane(instruction, pc);
        if (scalar) {
            abreast.widened(instruction).forEach(register -> emitLookAtWidened(register, block));
        }
        if (abreast.accessOf(instruction) != null) {
            places.look(pc, block, bail(block.begin()));
        }
        if (scalar) {
            emitOperation(pc);
        }
        if (abreast.isGuess(instruction)) {
            emitLookAtGuess(pc, bail(block.begin()));
        }
        places.changes(instruction);
    }

    private void emitLookAtWidened(int register, Block block) {
        loadLocal(register);
        step(register);
        b.iload(FROM).iload(TO);
        b.invokestatic(RowEmitter.ROWS, "fits", RowEmitter.FITS).ifeq(bail(block.begin()));
    }

    /** Looks whether the result is the same in the last lane, and so in all between: operands go straight up or down. */
    private void emitLookAtGuess(int pc, Label wrong) {
        Instruction instruction = code.get(pc);
        boolean unsigned = instruction.op() instanceof Op.Compute compute
                ? AbreastRule.isUnsigned(compute.meaning())
                : AbreastRule.isUnsigned(((Op.Compare) instruction.op()).comparison());
        DataFlow.uses(instruction, register -> {
            if (abreast.step(register) != 0) {
                loadLocal(register);
                step(register);
                b.iload(FROM).iload(TO).loadConstant(unsigned ? 1 : 0);
                b.invokestatic(ABREAST, "goesStraight", MethodTypeDesc.of(Z, I, I, I, I, Z));
                b.ifeq(wrong);
            }
        });
        locals.enter(Phase.LAST_LANE);
        b.iload(TO).iconst_1().isub().istore(LANE);
        operations.emit(pc, instruction);
        locals.enter(Phase.FIRST_LANE);
        DataFlow.defines(instruction, register -> {
            locals.loadOfLastLane(register);
            loadLocal(register);
            b.if_icmpne(wrong);
        });
    }

    private void emitOperation(int pc) {
        switch (code.get(pc).op()) {
            case Op.Load load -> places.load(pc, load);
            case Op.Store store -> places.store(pc, store);
            default -> operations.emit(pc, code.get(pc));
        }
    }

    // ------------------------------------------------------------------ a block: each lane

    /** Emits a loop over the lanes; its body begins with the registers that they read in rows. */
    private void emitLoop(Block block, Runnable body) {
        locals.beginLanes();
        Label head = b.newLabel();
        Label end = b.newLabel();
        b.iload(FROM).istore(LANE);
        b.labelBinding(head);
        b.iload(LANE).iload(TO).if_icmpge(end);
        flow.readFirst(block).stream().forEach(register -> {
            row(register).iload(LANE).iadd();
            b.arrayLoad(type(kind(register)));
            storeLocal(register);
        });
        body.run();
        b.iinc(LANE, 1).goto_(head);
        b.labelBinding(end);
    }

    /** Looks whether the scattered accesses of all lanes are in bounds and aligned. */
    private void emitLookAtScattered(Block block) {
        if (code.subList(block.begin(), block.end()).stream().allMatch(one -> abreast.scatteredOf(one) == null)) {
            return;
        }
        List<Integer> needed = abreast.addressCode(block);
        b.iconst_0().istore(ANY);
        emitLoop(block, () -> {
            for (int pc = block.begin(); pc < block.end(); pc++) {
                at(pc);
                WeakAccess access = abreast.scatteredOf(code.get(pc));
                if (access != null) {
                    places.outside(access);
                    if (block.isOfSome(pc)) {
                        maskOfSome(block);
                    }
                    b.iload(ANY).ior().istore(ANY);
                } else if (needed.contains(pc) && flow.isOfEachLane(code.get(pc), pc)) {
                    operations.emit(pc, code.get(pc));
                }
                locals.passed();
            }
        });
        b.iload(ANY).ifne(bail(block.begin()));
    }

    /** Makes what is on the stack 0 for lanes that do not do the detour. */
    private void maskOfSome(Block block) {
        Detour detour = Objects.requireNonNull(block.detour());
        loadLocal(detour.predicate());
        if (detour.truth()) {
            b.ineg();
        } else {
            b.iconst_1().isub();
        }
        b.iand();
    }

    private void emitLanes(Block block) {
        int guard = abreast.mayPart(block) ? code.get(block.end() - 1).guard() : -1;
        if (guard >= 0) {
            b.iconst_1().istore(EVERY);
            b.iconst_0().istore(ANY);
        }
        emitLoop(block, () -> {
            emitBody(block);
            flow.written(block).stream().forEach(register -> {
                row(register).iload(LANE).iadd();
                loadLocal(register);
                b.arrayStore(type(kind(register)));
            });
            if (guard >= 0) {
                loadLocal(guard);
                b.dup().iload(EVERY).iand().istore(EVERY);
                b.iload(ANY).ior().istore(ANY);
            }
        });
    }

    private void emitBody(Block block) {
        Detour detour = block.detour();
        Label behind = b.newLabel();
        for (int pc = block.begin(); pc < block.end(); pc++) {
            at(pc);
            if (detour != null && block.decidesAt(pc)) {
                loadLocal(detour.predicate());
                if (detour.truth()) {
                    b.ifeq(behind);
                } else {
                    b.ifne(behind);
                }
            }
            if (flow.isOfEachLane(code.get(pc), pc)) {
                emitOperation(pc);
            }
            locals.passed();
        }
        if (detour != null) {
            b.aload(COHORT_SLOT).iload(LANE).loadConstant(flow.stepsOfSome(detour));
            b.invokevirtual(COHORT, "executedMore", MethodTypeDesc.of(V, I, I));
        }
        b.labelBinding(behind);
    }

    // ------------------------------------------------------------------ where lanes go on

    private void emitEnd(Block block) {
        int pc = block.end() - 1;
        Instruction instruction = code.get(pc);
        Boundary boundary = plan.boundaryAt(pc);
        if (boundary != null && boundary.sync() != null) {
            b.goto_(exitLabel(boundary.id()));
            return;
        }
        switch (instruction.op()) {
            case Op.Branch(int target) -> {
                if (target <= pc) {
                    checkBudget();
                }
                branch(block, instruction, edge(target));
            }
            case Op.Return _, Op.Exit _ -> branch(block, instruction, exitLabel(RegionPlan.EXIT));
            default -> fallThrough(block);
        }
    }

    private void branch(Block block, Instruction instruction, Label target) {
        int guard = instruction.guard();
        if (guard < 0) {
            b.goto_(target);
            return;
        }
        if (abreast.mayPart(block)) {
            b.iload(EVERY).iload(ANY).if_icmpne(bail(block.end() - 1));
            b.iload(ANY);
        } else {
            loadLocal(guard);
        }
        if (instruction.guardNegated()) {
            b.ifeq(target);
        } else {
            b.ifne(target);
        }
        fallThrough(block);
    }

    private void fallThrough(Block block) {
        int next = block.end();
        if (plan.isCut(next) || reachable.nextSetBit(next) != next || next == region.entry()) {
            b.goto_(edge(next));
        }
    }

    private void checkBudget() {
        Label fine = b.newLabel();
        b.iload(STEPS).loadConstant(STEPS_BETWEEN_CHECKS / stride).if_icmplt(fine);
        executed("chargeTogether");
        b.iconst_0().istore(STEPS);
        b.labelBinding(fine);
    }

    private void executed(String how) {
        b.aload(COHORT_SLOT).iload(FROM).iload(TO).iload(STEPS).invokevirtual(COHORT, how, EXECUTED);
    }

    private void emitExit(int id) {
        b.labelBinding(exitLabel(id));
        Boundary boundary = plan.boundaries().get(id);
        if (boundary.pc() >= 0) {
            spillSteps(boundary.pc());
        }
        executed("executedTogether");
        b.loadConstant(id).ireturn();
    }

    private Label bail(int at) {
        return bails.computeIfAbsent(at, _ -> b.newLabel());
    }

    /** The lanes go on one after the other. */
    private void emitBail(int at, Label label) {
        b.labelBinding(label);
        spillSteps(at);
        if (abreast.blocks().stream().anyMatch(block -> block.end() - 1 == at && abreast.mayPart(block))) {
            b.iinc(STEPS, -1); // the branch, which each lane does itself
        }
        executed("executed");
        goOn(plan.regionAt(at));
    }

    private void goOn(int apart) {
        b.aload(COHORT_SLOT).iconst_1().putfield(COHORT, "parted", Z);
        b.aload(COHORT_SLOT).iload(FROM).iload(TO);
        b.invokestatic(self, RegionMethod.methodName(apart), TYPE).ireturn();
    }

    /** Writes the registers with a step that are read from here on where each lane looks for them. */
    private void spillSteps(int at) {
        BitSet live = plan.liveness().at(at);
        live.and(region.defined());
        locals.homes().forEach((register, home) -> {
            if (!live.get(register)) {
                return;
            }
            RegisterKind kind = kind(register);
            ClassDesc array = ClassDesc.ofDescriptor(descriptor(kind));
            row(register).iload(FROM).iload(TO);
            b.loadLocal(type(kind), home);
            if (kind == RegisterKind.FLOAT || kind == RegisterKind.DOUBLE) {
                b.invokestatic(ABREAST, "fill", MethodTypeDesc.of(V, array, I, I, I, array.componentType()));
            } else {
                step(register);
                ClassDesc type = array.componentType();
                b.invokestatic(ABREAST, "fill", MethodTypeDesc.of(V, array, I, I, I, type, type));
            }
        });
    }

    // ------------------------------------------------------------------ what the operation emitter asks

    @Override
    int laneLocal() {
        return locals.lane();
    }

    @Override
    RowEmitter rowEmitter() {
        throw new IllegalStateException("lanes abreast do their accesses themselves");
    }

    @Override
    void loadLocal(int register) {
        locals.load(register);
    }

    @Override
    void storeLocal(int register) {
        locals.store(register);
    }
}
