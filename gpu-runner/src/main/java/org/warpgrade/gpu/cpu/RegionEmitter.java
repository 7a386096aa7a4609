package org.warpgrade.gpu.cpu;

import static org.warpgrade.gpu.cpu.RegionFrame.ANY;
import static org.warpgrade.gpu.cpu.RegionFrame.ARRAYS;
import static org.warpgrade.gpu.cpu.RegionFrame.COHORT_SLOT;
import static org.warpgrade.gpu.cpu.RegionFrame.COMMON;
import static org.warpgrade.gpu.cpu.RegionFrame.EVERY;
import static org.warpgrade.gpu.cpu.RegionFrame.FETCHED_ROW;
import static org.warpgrade.gpu.cpu.RegionFrame.FROM;
import static org.warpgrade.gpu.cpu.RegionFrame.LANE;
import static org.warpgrade.gpu.cpu.RegionFrame.NEXT;
import static org.warpgrade.gpu.cpu.RegionFrame.SENDERS;
import static org.warpgrade.gpu.cpu.RegionFrame.STEPS;
import static org.warpgrade.gpu.cpu.RegionFrame.STRIDE;
import static org.warpgrade.gpu.cpu.RegionFrame.TO;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.cpu.RegionPlan.Boundary;
import org.warpgrade.gpu.cpu.RegionPlan.Region;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;

/**
 * Emits one region as a static method that loops over lanes:
 *
 * <pre>{@code
 * static int regionN(Cohort cohort, int from, int to) {
 *     // registers that are the same for the whole block
 *     int every = -1, any = 0, common = -1;
 *     try {
 *         for (int lane = from; lane < to; lane++) {
 *             // load the registers that the region reads, run its code, spill what it changed
 *             cohort.next[lane] = boundary; every &= boundary; any |= boundary;
 *             if (steps != common) common = cohort.differs(lane, steps, common, from);
 *         }
 *     } catch (Throwable fault) {
 *         cohort.lane = lane;
 *         throw fault;
 *     }
 *     cohort.executed(from, to, common);
 *     return every == any ? any : -1;
 * }
 * }</pre>
 *
 * What all lanes have in common is kept out of the loop: a region with one exit returns that, and one whose lanes all
 * execute the same number of instructions does not count them.
 *
 * The line number of each bytecode is its PTX instruction's index plus one, so a fault's stack trace tells where it was.
 */
final class RegionEmitter extends RegionMethod {

    private static final MethodTypeDesc DIFFERS = MethodTypeDesc.of(
            ConstantDescs.CD_int,
            ConstantDescs.CD_int,
            ConstantDescs.CD_int,
            ConstantDescs.CD_int,
            ConstantDescs.CD_int);
    private static final MethodTypeDesc FETCHED =
            MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);
    private static final MethodTypeDesc SENT = MethodTypeDesc.of(ConstantDescs.CD_short.arrayType());

    /** Instructions that a lane may execute in one region before it asks the budget. */
    private static final int STEPS_BETWEEN_CHECKS = 1 << 20;

    private final RegionSteps steps;
    private final RowEmitter rowEmitter;
    private final @Nullable RowShuffle fetched;

    RegionEmitter(RegionPlan plan, Region region, ClassDesc access, CodeBuilder b) {
        super(
                plan,
                new RegionCode(plan, region, !access.equals(WATCHED)),
                plan.isWarpWide() && access.equals(WATCHED),
                access,
                b);
        this.steps = this.region.steps();
        this.rowEmitter = new RowEmitter(plan, frame, b);
        this.fetched = this.region.fetched();
    }

    void emit() {
        b.iload(FROM).istore(LANE);
        Label begin = b.newBoundLabel();
        emitPrologue();
        Label head = b.newLabel();
        Label end = b.newLabel();
        Label laneEnd = b.newLabel();
        b.labelBinding(head);
        b.iload(LANE).iload(TO).if_icmpge(end);
        if (lanesAreNamed()) {
            b.aload(COHORT_SLOT).iload(LANE).putfield(COHORT, "lane", ConstantDescs.CD_int);
        }
        if (steps.isVarying()) {
            b.iconst_0().istore(STEPS);
        }
        emitPlaces(false);
        loadLiveRegisters();
        emitBody();
        for (int exit : exits) {
            emitExit(exit, laneEnd);
        }
        if (!exits
                .isEmpty()) { // a region that always traps has none, and the verifier refuses code that nobody reaches
            b.labelBinding(laneEnd);
            if (steps.isVarying()) {
                noteSteps();
            }
            b.iinc(LANE, 1).goto_(head);
        }
        b.labelBinding(end);
        b.aload(COHORT_SLOT).iload(FROM).iload(TO);
        if (steps.isVarying()) {
            b.iload(COMMON);
        } else {
            b.loadConstant(steps.common());
        }
        b.invokevirtual(COHORT, "executed", EXECUTED);
        emitReturn();
        Label fault = b.newBoundLabel();
        b.exceptionCatchAll(begin, end, fault);
        b.aload(COHORT_SLOT).iload(LANE).putfield(COHORT, "lane", ConstantDescs.CD_int);
        b.athrow();
    }

    private void noteSteps() {
        Label same = b.newLabel();
        b.iload(STEPS).iload(COMMON).if_icmpeq(same);
        b.aload(COHORT_SLOT).iload(LANE).iload(STEPS).iload(COMMON).iload(FROM);
        b.invokevirtual(COHORT, "differs", DIFFERS);
        b.istore(COMMON);
        b.labelBinding(same);
    }

    private void emitReturn() {
        if (exits.size() <= 1) {
            b.loadConstant(exits.isEmpty() ? -1 : exits.first()).ireturn();
            return;
        }
        Label differ = b.newLabel();
        b.iload(EVERY).iload(ANY).if_icmpne(differ);
        b.iload(ANY).ireturn();
        b.labelBinding(differ);
        b.iconst_m1().ireturn();
    }

    /** Whether somebody asks the cohort which lane is at work before it faults. */
    private boolean lanesAreNamed() {
        return access().equals(WATCHED)
                || reachable.stream()
                        .anyMatch(
                                pc -> OperationEmitter.asksForLane(code.get(pc).op()));
    }

    // ------------------------------------------------------------------ frame of the method

    private void emitPrologue() {
        emitArrays();
        if (!frame.rows().isEmpty()) {
            field("stride", "I").istore(STRIDE);
            frame.rows()
                    .forEach((slot, local) ->
                            b.iload(STRIDE).loadConstant(slot).imul().istore(local));
        }
        if (exits.size() > 1) {
            field("next", "[I").astore(NEXT);
            b.iconst_m1().istore(EVERY);
            b.iconst_0().istore(ANY);
        }
        if (steps.isVarying()) {
            b.iconst_0().istore(STEPS);
            b.iconst_m1().istore(COMMON);
        }
        emitMemory();
        if (fetched != null) {
            b.aload(COHORT_SLOT).loadConstant(fetched.in()).loadConstant(fetched.out());
            b.invokevirtual(COHORT, "fetchedRow", FETCHED);
            b.istore(FETCHED_ROW);
            b.aload(COHORT_SLOT).invokevirtual(COHORT, "takeSenders", SENT).astore(SENDERS);
        }
        OperationEmitter uniformEmitter = new OperationEmitter(this, b);
        emitUniforms(uniformEmitter);
        rowEmitter.emitTest(region.rows(), uniformEmitter);
    }

    private void loadLiveRegisters() {
        BitSet live = plan.liveness().at(region.entry());
        BitSet touched = (BitSet) region.used().clone();
        touched.or(region.defined());
        live.and(touched);
        for (int register = live.nextSetBit(0); register >= 0; register = live.nextSetBit(register + 1)) {
            if (plan.isUniform(register)) {
                continue;
            }
            if (fetched != null && fetched.d() == register) {
                b.aload(ARRAYS + index(kind(register))).iload(FETCHED_ROW);
                b.aload(SENDERS).iload(LANE).saload().iadd();
            } else {
                arrayAndIndex(register);
            }
            b.arrayLoad(type(kind(register)));
            storeLocal(register);
        }
    }

    private void arrayAndIndex(int register) {
        b.aload(ARRAYS + index(kind(register))).iload(LANE);
        int slot = plan.slot(register);
        if (slot == 0) {
            return;
        }
        if (fixedStride) {
            b.loadConstant(slot * Frame.LANES).iadd();
        } else {
            b.iload(frame.rows().get(slot)).iadd();
        }
    }

    // ------------------------------------------------------------------ body

    private void emitBody() {
        OperationEmitter operations = new OperationEmitter(this, b);
        int entry = region.entry();
        if (reachable.nextSetBit(0) != entry) {
            b.goto_(label(entry));
        }
        int counted = 0;
        for (int pc = reachable.nextSetBit(0); pc >= 0; pc = reachable.nextSetBit(pc + 1)) {
            b.labelBinding(label(pc));
            if (pc == entry || plan.isLeader(pc)) {
                operations.beginsBlock();
            }
            if (pc == entry || plan.isLeader(pc) || counted == 0) {
                counted = blockLength(pc);
                if (steps.isVarying()) {
                    countSteps(pc, counted);
                }
            }
            counted--;
            b.lineNumber(pc + 1);
            emitInstruction(pc, operations);
            if (plan.isLeader(pc + 1)) {
                counted = 0;
            }
        }
    }

    private void countSteps(int from, int length) {
        int sum = 0;
        for (Instruction instruction : code.subList(from, from + length)) {
            sum += RegionCode.steps(instruction);
        }
        b.iinc(STEPS, sum);
    }

    /** Instructions from here to the end of the basic block, or to where lanes may come in. */
    private int blockLength(int pc) {
        int length = 1;
        int next = pc + 1;
        while (next < code.size() && reachable.get(next) && !plan.isLeader(next) && next != region.entry()) {
            length++;
            next++;
        }
        return length;
    }

    private void emitInstruction(int pc, OperationEmitter operations) {
        Instruction instruction = code.get(pc);
        Boundary boundary = plan.boundaryAt(pc);
        if (boundary != null && boundary.sync() != null) {
            conditionally(instruction, exitLabel(boundary.id()), pc);
            return;
        }
        switch (instruction.op()) {
            case Op.Branch(int target) -> {
                // Where nobody counts there is no loop.
                if (target <= pc && steps.isVarying()) {
                    checkBudget();
                }
                conditionally(instruction, edge(target), pc);
            }
            case Op.Return _, Op.Exit _ -> conditionally(instruction, exitLabel(RegionPlan.EXIT), pc);
            case Op.BranchTable table -> {
                Label skip = b.newLabel();
                unless(instruction, skip);
                operations.branchTable(
                        table, table.targets().stream().map(this::edge).toList());
                b.labelBinding(skip);
                if (instruction.guard() >= 0) {
                    fallThrough(pc);
                }
            }
            case Op.Trap _ -> {
                Label skip = b.newLabel();
                unless(instruction, skip);
                operations.trap();
                b.labelBinding(skip);
                if (instruction.guard() >= 0) {
                    fallThrough(pc);
                }
            }
            default -> {
                if (plan.isUniformDefinition(pc)) {
                    fallThrough(pc);
                    return;
                }
                Label skip = b.newLabel();
                unless(instruction, skip);
                if (access().equals(WATCHED) && OperationEmitter.touchesMemory(instruction.op())) {
                    b.aload(COHORT_SLOT).loadConstant(pc).putfield(COHORT, "pc", ConstantDescs.CD_int);
                }
                DroppedLoads.Condition kept = plan.keeps(pc);
                if (kept == null || !isOfBlockOrThread(instruction.op())) {
                    operations.emit(pc, instruction);
                } else {
                    operations.emitDropping(pc, instruction, kept);
                }
                b.labelBinding(skip);
                fallThrough(pc);
            }
        }
    }

    private static boolean isOfBlockOrThread(Op op) {
        return op instanceof Op.Load load && (load.space() == Op.Space.LOCAL || load.space() == Op.Space.SHARED);
    }

    private void conditionally(Instruction instruction, Label target, int pc) {
        if (instruction.guard() < 0) {
            b.goto_(target);
            return;
        }
        b.iload(frame.of(instruction.guard()));
        if (instruction.guardNegated()) {
            b.ifeq(target);
        } else {
            b.ifne(target);
        }
        fallThrough(pc);
    }

    private void unless(Instruction instruction, Label skip) {
        if (instruction.guard() >= 0) {
            b.iload(frame.of(instruction.guard()));
            if (instruction.guardNegated()) {
                b.ifne(skip);
            } else {
                b.ifeq(skip);
            }
        }
    }

    /** Goes on with the next instruction, which need not be the next one emitted. */
    private void fallThrough(int pc) {
        int next = pc + 1;
        if (plan.isCut(next) || reachable.nextSetBit(next) != next) {
            b.goto_(edge(next));
        }
    }

    private void checkBudget() {
        Label fine = b.newLabel();
        b.iload(STEPS).loadConstant(STEPS_BETWEEN_CHECKS).if_icmplt(fine);
        b.aload(COHORT_SLOT).iload(LANE).iload(STEPS);
        b.invokevirtual(
                COHORT, "charge", MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int, ConstantDescs.CD_int));
        b.iconst_0().istore(STEPS);
        b.labelBinding(fine);
    }

    private void emitExit(int id, Label laneEnd) {
        b.labelBinding(exitLabel(id));
        Boundary boundary = plan.boundaries().get(id);
        if (boundary.pc() >= 0) {
            BitSet spilled = plan.liveness().at(boundary.pc());
            spilled.and(region.defined());
            for (int register = spilled.nextSetBit(0); register >= 0; register = spilled.nextSetBit(register + 1)) {
                if (!plan.isUniform(register)) {
                    spill(register);
                }
            }
        }
        if (exits.size() > 1) {
            b.aload(NEXT).iload(LANE).loadConstant(id).iastore();
            b.iload(EVERY).loadConstant(id).iand().istore(EVERY);
            b.iload(ANY).loadConstant(id).ior().istore(ANY);
        }
        b.goto_(laneEnd);
    }

    private void spill(int register) {
        arrayAndIndex(register);
        loadLocal(register);
        b.arrayStore(type(kind(register)));
    }

    @Override
    int laneLocal() {
        return LANE;
    }

    @Override
    RowEmitter rowEmitter() {
        return rowEmitter;
    }

    @Override
    void loadLocal(int register) {
        b.loadLocal(type(kind(register)), frame.of(register));
    }

    @Override
    void storeLocal(int register) {
        b.storeLocal(type(kind(register)), frame.of(register));
    }
}
