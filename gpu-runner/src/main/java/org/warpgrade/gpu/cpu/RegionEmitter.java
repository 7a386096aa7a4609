package org.warpgrade.gpu.cpu;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.warpgrade.gpu.cpu.RegionPlan.Boundary;
import org.warpgrade.gpu.cpu.RegionPlan.Region;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;

/**
 * Emits one region as a static method that loops over lanes:
 *
 * <pre>{@code
 * static int regionN(Cohort cohort, int from, int to) {
 *     // registers that are the same for the whole block
 *     int every = -1, any = 0;
 *     for (int lane = from; lane < to; lane++) {
 *         // load the registers that the region reads, run its code, spill what it changed
 *         cohort.next[lane] = boundary; every &= boundary; any |= boundary;
 *     }
 *     return every == any ? any : -1;
 * }
 * }</pre>
 *
 * The line number of each bytecode is its PTX instruction's index plus one, so a fault's stack trace tells where it was.
 */
final class RegionEmitter {

    static final ClassDesc COHORT = ClassDesc.of("org.warpgrade.gpu.cpu.Cohort");
    private static final ClassDesc WATCHED = ClassDesc.of("org.warpgrade.gpu.cpu.WatchedAccess");
    static final MethodTypeDesc TYPE = MethodTypeDesc.of(
            ConstantDescs.CD_int, COHORT, ConstantDescs.CD_int, ConstantDescs.CD_int);

    /** Instructions that a lane may execute in one region before it asks the budget. */
    private static final int STEPS_BETWEEN_CHECKS = 1 << 20;

    // Fixed locals: the parameters, then these.
    private static final int COHORT_SLOT = 0;
    private static final int FROM = 1;
    private static final int TO = 2;

    private final RegionPlan plan;
    private final Region region;
    private final List<Instruction> code;
    private final ClassDesc access;
    private final CodeBuilder b;
    private final BitSet reachable = new BitSet();
    private final BitSet defined = new BitSet();
    private final BitSet used = new BitSet();
    private final TreeSet<Integer> exits = new TreeSet<>();
    private final TreeMap<Integer, Label> labels = new TreeMap<>();
    private final TreeMap<Integer, Label> exitLabels = new TreeMap<>();
    private final int[] locals;

    private final int lane;
    private final int every;
    private final int any;
    private final int steps;
    private final int ints;
    private final int longs;
    private final int floats;
    private final int doubles;

    RegionEmitter(RegionPlan plan, Region region, ClassDesc access, CodeBuilder b) {
        this.plan = plan;
        this.region = region;
        this.code = plan.function().code();
        this.access = access;
        this.b = b;
        this.locals = new int[plan.function().registers().size()];
        java.util.Arrays.fill(locals, -1);
        this.lane = b.allocateLocal(TypeKind.INT);
        this.every = b.allocateLocal(TypeKind.INT);
        this.any = b.allocateLocal(TypeKind.INT);
        this.steps = b.allocateLocal(TypeKind.INT);
        this.ints = b.allocateLocal(TypeKind.REFERENCE);
        this.longs = b.allocateLocal(TypeKind.REFERENCE);
        this.floats = b.allocateLocal(TypeKind.REFERENCE);
        this.doubles = b.allocateLocal(TypeKind.REFERENCE);
    }

    /** The method's name; stack traces are recognised by it. */
    static String methodName(int region) {
        return "region" + region;
    }

    void emit() {
        explore();
        emitPrologue();
        Label head = b.newLabel();
        Label end = b.newLabel();
        Label laneEnd = b.newLabel();
        b.labelBinding(head);
        b.iload(lane).iload(TO).if_icmpge(end);
        b.aload(COHORT_SLOT).iload(lane).putfield(COHORT, "lane", ConstantDescs.CD_int);
        b.iconst_0().istore(steps);
        loadLiveRegisters();
        emitBody();
        for (int exit : exits) {
            emitExit(exit, laneEnd);
        }
        b.labelBinding(laneEnd);
        b.iinc(lane, 1).goto_(head);
        b.labelBinding(end);
        Label differ = b.newLabel();
        b.iload(every).iload(any).if_icmpne(differ);
        b.iload(any).ireturn();
        b.labelBinding(differ);
        b.iconst_m1().ireturn();
    }

    // ------------------------------------------------------------------ what belongs to the region

    private void explore() {
        Deque<Integer> open = new ArrayDeque<>();
        visit(region.entry(), open, true);
        while (!open.isEmpty()) {
            int pc = open.pop();
            Instruction instruction = code.get(pc);
            DataFlow.uses(instruction, used::set);
            Boundary boundary = plan.boundaryAt(pc);
            if (boundary != null && boundary.sync() != null) {
                exits.add(boundary.id());
                if (instruction.guard() >= 0) {
                    visit(pc + 1, open, false);
                }
                continue;
            }
            DataFlow.defines(instruction, defined::set);
            switch (instruction.op()) {
                case Op.Branch(int target) -> {
                    visit(target, open, false);
                    if (instruction.guard() >= 0) {
                        visit(pc + 1, open, false);
                    }
                }
                case Op.BranchTable table -> {
                    table.targets().forEach(target -> visit(target, open, false));
                    if (instruction.guard() >= 0) {
                        visit(pc + 1, open, false);
                    }
                }
                case Op.Return _, Op.Exit _ -> {
                    exits.add(RegionPlan.EXIT);
                    if (instruction.guard() >= 0) {
                        visit(pc + 1, open, false);
                    }
                }
                case Op.Trap _ -> {
                    if (instruction.guard() >= 0) {
                        visit(pc + 1, open, false);
                    }
                }
                default -> visit(pc + 1, open, false);
            }
        }
    }

    private void visit(int pc, Deque<Integer> open, boolean entry) {
        if (!entry && plan.isCut(pc)) {
            Boundary boundary = plan.boundaryAt(pc);
            if (boundary != null) {
                exits.add(boundary.id());
                return;
            }
        }
        if (!reachable.get(pc)) {
            reachable.set(pc);
            open.push(pc);
        }
    }

    // ------------------------------------------------------------------ frame of the method

    private void emitPrologue() {
        field("ints", "[I").astore(ints);
        field("longs", "[J").astore(longs);
        field("floats", "[F").astore(floats);
        field("doubles", "[D").astore(doubles);
        b.iconst_m1().istore(every);
        b.iconst_0().istore(any);
        b.iconst_0().istore(steps);
        OperationEmitter uniformEmitter = new OperationEmitter(this, b);
        List<Integer> order = new ArrayList<>();
        BitSet seen = new BitSet();
        used.stream().filter(plan::isUniform).forEach(register -> orderUniform(register, seen, order));
        for (int register : order) {
            allocate(register);
            Instruction instruction = code.get(plan.uniformDefinition(register));
            b.lineNumber(plan.uniformDefinition(register) + 1);
            uniformEmitter.emit(instruction.op());
        }
        b.iload(FROM).istore(lane);
    }

    private void orderUniform(int register, BitSet seen, List<Integer> order) {
        if (seen.get(register)) {
            return;
        }
        seen.set(register);
        DataFlow.uses(code.get(plan.uniformDefinition(register)), source -> orderUniform(source, seen, order));
        order.add(register);
    }

    private CodeBuilder field(String name, String descriptor) {
        return b.aload(COHORT_SLOT).getfield(COHORT, name, ClassDesc.ofDescriptor(descriptor));
    }

    private void loadLiveRegisters() {
        BitSet live = (BitSet) plan.liveIn(region.entry()).clone();
        BitSet touched = (BitSet) used.clone();
        touched.or(defined);
        live.and(touched);
        for (int register = live.nextSetBit(0); register >= 0; register = live.nextSetBit(register + 1)) {
            if (plan.isUniform(register)) {
                continue;
            }
            arrayAndIndex(register);
            switch (kind(register)) {
                case BOOLEAN, INT -> b.iaload();
                case LONG -> b.laload();
                case FLOAT -> b.faload();
                case DOUBLE -> b.daload();
            }
            storeLocal(register);
        }
    }

    private void arrayAndIndex(int register) {
        b.aload(switch (kind(register)) {
            case BOOLEAN, INT -> ints;
            case LONG -> longs;
            case FLOAT -> floats;
            case DOUBLE -> doubles;
        });
        b.iload(lane);
        int slot = plan.slot(register);
        if (slot > 0) {
            b.aload(COHORT_SLOT).getfield(COHORT, "lanes", ConstantDescs.CD_int);
            b.loadConstant(slot).imul().iadd();
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
            if (pc == entry || plan.isLeader(pc) || counted == 0) {
                counted = blockLength(pc);
                b.iinc(steps, counted);
            }
            counted--;
            b.lineNumber(pc + 1);
            emitInstruction(pc, operations);
            if (plan.isLeader(pc + 1)) {
                counted = 0;
            }
        }
    }

    /** Instructions from here to the end of the basic block. */
    private int blockLength(int pc) {
        int length = 1;
        int next = pc + 1;
        while (next < code.size() && reachable.get(next) && !plan.isLeader(next)) {
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
                if (target <= pc) {
                    checkBudget();
                }
                conditionally(instruction, edge(target), pc);
            }
            case Op.Return _, Op.Exit _ -> conditionally(instruction, exitLabel(RegionPlan.EXIT), pc);
            case Op.BranchTable table -> {
                Label skip = b.newLabel();
                unless(instruction, skip);
                operations.branchTable(table, table.targets().stream().map(this::edge).toList());
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
                if (isUniformDefinition(pc, instruction)) {
                    fallThrough(pc);
                    return;
                }
                Label skip = b.newLabel();
                unless(instruction, skip);
                if (access.equals(WATCHED) && OperationEmitter.touchesMemory(instruction.op())) {
                    b.aload(COHORT_SLOT).loadConstant(pc).putfield(COHORT, "pc", ConstantDescs.CD_int);
                }
                operations.emit(instruction.op());
                b.labelBinding(skip);
                fallThrough(pc);
            }
        }
    }

    /** A register that is the same for the whole block was computed in the prologue. */
    private boolean isUniformDefinition(int pc, Instruction instruction) {
        boolean[] uniform = {false};
        DataFlow.defines(
                instruction, register -> uniform[0] = plan.isUniform(register) && plan.uniformDefinition(register) == pc);
        return uniform[0];
    }

    private void conditionally(Instruction instruction, Label target, int pc) {
        if (instruction.guard() < 0) {
            b.goto_(target);
            return;
        }
        b.iload(local(instruction.guard()));
        if (instruction.guardNegated()) {
            b.ifeq(target);
        } else {
            b.ifne(target);
        }
        fallThrough(pc);
    }

    private void unless(Instruction instruction, Label skip) {
        if (instruction.guard() >= 0) {
            b.iload(local(instruction.guard()));
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

    private Label edge(int target) {
        Boundary boundary = plan.isCut(target) ? plan.boundaryAt(target) : null;
        return boundary != null ? exitLabel(boundary.id()) : label(target);
    }

    private Label label(int pc) {
        return labels.computeIfAbsent(pc, _ -> b.newLabel());
    }

    private Label exitLabel(int boundary) {
        return exitLabels.computeIfAbsent(boundary, _ -> b.newLabel());
    }

    private void checkBudget() {
        Label fine = b.newLabel();
        b.iload(steps).loadConstant(STEPS_BETWEEN_CHECKS).if_icmplt(fine);
        b.aload(COHORT_SLOT).iload(lane).iload(steps);
        b.invokevirtual(
                COHORT,
                "charge",
                MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int, ConstantDescs.CD_int));
        b.iconst_0().istore(steps);
        b.labelBinding(fine);
    }

    private void emitExit(int id, Label laneEnd) {
        b.labelBinding(exitLabel(id));
        Boundary boundary = plan.boundaries().get(id);
        if (boundary.pc() >= 0) {
            BitSet spilled = (BitSet) plan.liveIn(boundary.pc()).clone();
            spilled.and(defined);
            for (int register = spilled.nextSetBit(0); register >= 0; register = spilled.nextSetBit(register + 1)) {
                if (!plan.isUniform(register)) {
                    spill(register);
                }
            }
        }
        field("next", "[I").iload(lane).loadConstant(id).iastore();
        b.iload(every).loadConstant(id).iand().istore(every);
        b.iload(any).loadConstant(id).ior().istore(any);
        field("steps", "[J").iload(lane).dup2().laload().iload(steps).i2l().ladd().lastore();
        b.goto_(laneEnd);
    }

    private void spill(int register) {
        arrayAndIndex(register);
        loadLocal(register);
        switch (kind(register)) {
            case BOOLEAN, INT -> b.iastore();
            case LONG -> b.lastore();
            case FLOAT -> b.fastore();
            case DOUBLE -> b.dastore();
        }
    }

    // ------------------------------------------------------------------ what the operation emitter asks

    ClassDesc access() {
        return access;
    }

    RegisterKind kind(int register) {
        return plan.function().registers().get(register);
    }

    int laneLocal() {
        return lane;
    }

    private int local(int register) {
        if (locals[register] < 0) {
            allocate(register);
        }
        return locals[register];
    }

    private void allocate(int register) {
        locals[register] = b.allocateLocal(switch (kind(register)) {
            case BOOLEAN, INT -> TypeKind.INT;
            case LONG -> TypeKind.LONG;
            case FLOAT -> TypeKind.FLOAT;
            case DOUBLE -> TypeKind.DOUBLE;
        });
    }

    void loadLocal(int register) {
        int slot = local(register);
        switch (kind(register)) {
            case BOOLEAN, INT -> b.iload(slot);
            case LONG -> b.lload(slot);
            case FLOAT -> b.fload(slot);
            case DOUBLE -> b.dload(slot);
        }
    }

    void storeLocal(int register) {
        int slot = local(register);
        switch (kind(register)) {
            case BOOLEAN, INT -> b.istore(slot);
            case LONG -> b.lstore(slot);
            case FLOAT -> b.fstore(slot);
            case DOUBLE -> b.dstore(slot);
        }
    }
}
