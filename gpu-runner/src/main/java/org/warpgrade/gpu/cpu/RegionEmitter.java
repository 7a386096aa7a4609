package org.warpgrade.gpu.cpu;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
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
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.cpu.RegionPlan.Boundary;
import org.warpgrade.gpu.cpu.RegionPlan.Region;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;
import org.warpgrade.gpu.ptx.typed.Source;

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
final class RegionEmitter {

    static final ClassDesc COHORT = ClassDesc.of("org.warpgrade.gpu.cpu.Cohort");
    static final ClassDesc NEAR = ClassDesc.of("org.warpgrade.gpu.cpu.Near");
    private static final ClassDesc WATCHED = ClassDesc.of("org.warpgrade.gpu.cpu.WatchedAccess");
    private static final MethodTypeDesc EXECUTED =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);
    private static final MethodTypeDesc DIFFERS = MethodTypeDesc.of(
            ConstantDescs.CD_int,
            ConstantDescs.CD_int,
            ConstantDescs.CD_int,
            ConstantDescs.CD_int,
            ConstantDescs.CD_int);
    private static final MethodTypeDesc FETCHED =
            MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);
    private static final MethodTypeDesc SENT = MethodTypeDesc.of(ConstantDescs.CD_byte.arrayType());
    static final MethodTypeDesc TYPE =
            MethodTypeDesc.of(ConstantDescs.CD_int, COHORT, ConstantDescs.CD_int, ConstantDescs.CD_int);

    /** Instructions that a lane may execute in one region before it asks the budget. */
    private static final int STEPS_BETWEEN_CHECKS = 1 << 20;

    /** How far ahead neighbours of an access are looked for: unrolled kernels have blocks of thousands of instructions. */
    private static final int NEIGHBOURHOOD = 64;

    // Fixed locals: the parameters, then the rest of the frame.
    private static final int COHORT_SLOT = 0;
    private static final int FROM = 1;
    private static final int TO = 2;
    private static final int EVERY = 3;
    private static final int ANY = 4;
    private static final int STEPS = 5;
    /** The cohort's arrays of spilled registers, one per kind of register. */
    private static final int ARRAYS = 6;

    /** From one slot to the next in those arrays, if it is not known yet. */
    private static final int STRIDE = 10;

    private static final int LANE = 11;
    /** Where each lane goes next. */
    private static final int NEXT = 12;
    /** Instructions that the lanes so far have executed each, those apart that the cohort was told of. */
    private static final int COMMON = 13;

    /** For each lane the one from which it fetches what a shuffle gave it, and where the row begins that it does so in. */
    private static final int SENDERS = 14;

    private static final int FETCHED_ROW = 15;

    private static final int FIRST_REGISTER = 16;

    /** Locals for each {@link Near}. */
    private static final int NEAR_LOCALS = 4;

    private final RegionPlan plan;
    private final Region region;
    private final List<Instruction> code;
    private final ClassDesc access;
    private final CodeBuilder b;
    private final BitSet reachable = new BitSet();
    private final BitSet defined = new BitSet();
    private final BitSet used = new BitSet();
    private final TreeSet<Integer> exits = new TreeSet<>();
    private final RegionSteps steps;
    private final @Nullable Label[] labels;
    private final TreeMap<Integer, Label> exitLabels = new TreeMap<>();
    private final List<Integer> uniforms;
    private final LocalSlots locals;
    private final int scratch;
    private final int sharedLocal;
    /**
     * The local of each {@link Near} of the region, by its number. The bytes of its allocation are in the next one, where
     * they begin in the two after that.
     */
    private final TreeMap<Integer, Integer> nears = new TreeMap<>();

    /** The shuffle whose result the lanes fetch as they begin, if there is one. */
    private final @Nullable RowShuffle fetched;

    private boolean touchesShared;

    RegionEmitter(RegionPlan plan, Region region, ClassDesc access, CodeBuilder b) {
        this.plan = plan;
        this.region = region;
        this.code = plan.function().code();
        this.access = access;
        this.b = b;
        this.labels = new Label[code.size() + 1];
        this.steps = new RegionSteps(code.size());
        this.fetched = RowShuffle.fetchedIn(plan, region);
        if (fetched != null) {
            defined.set(fetched.d());
        }
        explore();
        this.uniforms = uniforms();
        this.locals = new LocalSlots(plan, reachable, uniforms, FIRST_REGISTER);
        this.scratch = locals.end();
        this.sharedLocal = scratch + 2;
        findNears();
    }

    /** The method's name; stack traces are recognised by it. */
    static String methodName(int region) {
        return "region" + region;
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
        return access.equals(WATCHED)
                || reachable.stream()
                        .anyMatch(
                                pc -> OperationEmitter.asksForLane(code.get(pc).op()));
    }

    // ------------------------------------------------------------------ what belongs to the region

    private void explore() {
        Deque<Integer> open = new ArrayDeque<>();
        reachable.set(region.entry());
        steps.reach(region.entry(), 0);
        open.push(region.entry());
        while (!open.isEmpty()) {
            int pc = open.pop();
            Instruction instruction = code.get(pc);
            int executed = steps.before(pc) + steps(instruction);
            DataFlow.uses(instruction, used::set);
            Boundary boundary = plan.boundaryAt(pc);
            if (boundary != null && boundary.sync() != null) {
                leave(boundary.id(), executed);
            } else {
                DataFlow.defines(instruction, defined::set);
                switch (instruction.op()) {
                    case Op.Branch(int target) -> visit(target, open, executed);
                    case Op.BranchTable table -> table.targets().forEach(target -> visit(target, open, executed));
                    case Op.Return _, Op.Exit _ -> leave(RegionPlan.EXIT, executed);
                    case Op.Trap _ -> {}
                    default -> {
                        visit(pc + 1, open, executed);
                        continue;
                    }
                }
            }
            if (instruction.guard() >= 0) {
                visit(pc + 1, open, executed);
            }
        }
    }

    private void leave(int boundary, int executed) {
        exits.add(boundary);
        steps.leave(executed);
    }

    /** Goes on to an instruction, which may begin another region. */
    private void visit(int pc, Deque<Integer> open, int executed) {
        Boundary boundary = plan.isCut(pc) ? plan.boundaryAt(pc) : null;
        if (boundary != null) {
            leave(boundary.id(), executed);
            return;
        }
        steps.reach(pc, executed);
        if (!reachable.get(pc)) {
            reachable.set(pc);
            open.push(pc);
        }
    }

    private void findNears() {
        for (int pc = reachable.nextSetBit(0); pc >= 0; pc = reachable.nextSetBit(pc + 1)) {
            switch (code.get(pc).op()) {
                case Op.Load load -> addressed(load.space(), load.base());
                case Op.Store store -> addressed(store.space(), store.base());
                default -> {}
            }
        }
    }

    private void addressed(Op.Space space, Source base) {
        switch (space) {
            case GLOBAL, CONST, GENERIC ->
                nears.computeIfAbsent(plan.pointers().near(base), _ -> sharedLocal + 1 + NEAR_LOCALS * nears.size());
            case SHARED -> touchesShared = true;
            case LOCAL, PARAM_IN, PARAM_OUT, PARAM_RETURN -> {}
        }
    }

    // ------------------------------------------------------------------ frame of the method

    private void emitPrologue() {
        for (RegisterKind kind : ARRAY_KINDS) {
            if (plan.slotCount(kind) > 0) {
                field(array(kind), descriptor(kind)).astore(ARRAYS + index(kind));
            }
        }
        if (!plan.isWarpWide()) {
            field("stride", "I").istore(STRIDE);
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
        if (touchesShared) {
            field("shared", "[B").astore(sharedLocal);
        }
        nears.forEach((number, local) -> b.aload(COHORT_SLOT)
                .getfield(COHORT, "near", NEAR.arrayType())
                .loadConstant(number)
                .aaload()
                .astore(local));
        emitPlaces(true);
        if (fetched != null) {
            b.aload(COHORT_SLOT).loadConstant(fetched.in()).loadConstant(fetched.out());
            b.invokevirtual(COHORT, "fetchedRow", FETCHED);
            b.istore(FETCHED_ROW);
            b.aload(COHORT_SLOT).invokevirtual(COHORT, "takeSenders", SENT).astore(SENDERS);
        }
        OperationEmitter uniformEmitter = new OperationEmitter(this, b);
        for (int register : uniforms) {
            Instruction instruction = code.get(plan.uniformDefinition(register));
            b.lineNumber(plan.uniformDefinition(register) + 1);
            uniformEmitter.emit(plan.uniformDefinition(register), instruction);
        }
    }

    /**
     * Takes note where the allocations are that pointers are near to: of a parameter once, because it is aimed at its
     * allocation before the launch, of other pointers for each lane, because each may have its own.
     */
    private void emitPlaces(boolean ofParameters) {
        nears.forEach((number, local) -> {
            if (knowsPlaces() && plan.pointers().parameter(number) >= 0 == ofParameters) {
                b.aload(local).getfield(NEAR, "bytes", ConstantDescs.CD_byte.arrayType());
                b.astore(local + 1);
                b.aload(local).getfield(NEAR, "begin", ConstantDescs.CD_long).lstore(local + 2);
            }
        });
    }

    /** Registers that are the same for the whole block and used here, in the order of their computation. */
    private List<Integer> uniforms() {
        List<Integer> order = new ArrayList<>();
        BitSet seen = new BitSet();
        used.stream().filter(plan::isUniform).forEach(register -> orderUniform(register, seen, order));
        return order;
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
        BitSet live = plan.liveness().at(region.entry());
        BitSet touched = (BitSet) used.clone();
        touched.or(defined);
        live.and(touched);
        for (int register = live.nextSetBit(0); register >= 0; register = live.nextSetBit(register + 1)) {
            if (plan.isUniform(register)) {
                continue;
            }
            if (fetched != null && fetched.d() == register) {
                b.aload(ARRAYS + index(RegisterKind.INT)).iload(FETCHED_ROW);
                b.aload(SENDERS).iload(LANE).baload().iadd();
            } else {
                arrayAndIndex(register);
            }
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
        b.aload(ARRAYS + index(kind(register))).iload(LANE);
        int slot = plan.slot(register);
        if (slot == 0) {
            return;
        }
        if (plan.isWarpWide()) {
            b.loadConstant(slot * Frame.LANES).iadd();
        } else {
            b.loadConstant(slot).iload(STRIDE).imul().iadd();
        }
    }

    private static final List<RegisterKind> ARRAY_KINDS =
            List.of(RegisterKind.INT, RegisterKind.LONG, RegisterKind.FLOAT, RegisterKind.DOUBLE);

    private static int index(RegisterKind kind) {
        return switch (kind) {
            case BOOLEAN, INT -> 0;
            case LONG -> 1;
            case FLOAT -> 2;
            case DOUBLE -> 3;
        };
    }

    private static String array(RegisterKind kind) {
        return switch (kind) {
            case BOOLEAN, INT -> "ints";
            case LONG -> "longs";
            case FLOAT -> "floats";
            case DOUBLE -> "doubles";
        };
    }

    private static String descriptor(RegisterKind kind) {
        return switch (kind) {
            case BOOLEAN, INT -> "[I";
            case LONG -> "[J";
            case FLOAT -> "[F";
            case DOUBLE -> "[D";
        };
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

    /** The beginning of a function is no instruction of its own. */
    private void countSteps(int from, int length) {
        int sum = 0;
        for (Instruction instruction : code.subList(from, from + length)) {
            sum += steps(instruction);
        }
        b.iinc(STEPS, sum);
    }

    private static int steps(Instruction instruction) {
        return instruction.op() instanceof Op.Enter ? 0 : 1;
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
                if (isUniformDefinition(pc, instruction)) {
                    fallThrough(pc);
                    return;
                }
                Label skip = b.newLabel();
                unless(instruction, skip);
                if (access.equals(WATCHED) && OperationEmitter.touchesMemory(instruction.op())) {
                    b.aload(COHORT_SLOT).loadConstant(pc).putfield(COHORT, "pc", ConstantDescs.CD_int);
                }
                operations.emit(pc, instruction);
                b.labelBinding(skip);
                fallThrough(pc);
            }
        }
    }

    /** A register that is the same for the whole block was computed in the prologue. */
    private boolean isUniformDefinition(int pc, Instruction instruction) {
        boolean[] uniform = {false};
        DataFlow.defines(
                instruction,
                register -> uniform[0] = plan.isUniform(register) && plan.uniformDefinition(register) == pc);
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
        Label known = labels[pc];
        if (known != null) {
            return known;
        }
        Label label = b.newLabel();
        labels[pc] = label;
        return label;
    }

    private Label exitLabel(int boundary) {
        return exitLabels.computeIfAbsent(boundary, _ -> b.newLabel());
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
            spilled.and(defined);
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

    /** Whether a NaN in the register is one of the JVM's arithmetic, to be made canonical when its bits are looked at. */
    boolean hasOpenNan(int register) {
        return plan.nans().isOpen(register);
    }

    /** Whether the region belongs to a function that stayed one. */
    boolean isInBody() {
        return plan.linked().bodyAt(region.entry()) != null;
    }

    int laneLocal() {
        return LANE;
    }

    private int local(int register) {
        return locals.of(register);
    }

    /** The local that holds the block's shared memory. */
    int sharedLocal() {
        return sharedLocal;
    }

    /** The local that holds the {@link Near} of accesses through this address. */
    int nearLocal(Source base) {
        return nears.get(plan.pointers().near(base));
    }

    /** Whether accesses are told where their allocation is; the sanitizers ask for it themselves. */
    boolean knowsPlaces() {
        return !access.equals(WATCHED);
    }

    /** The first of three locals for an anchor. */
    int anchorLocal(int index) {
        return sharedLocal + 1 + NEAR_LOCALS * nears.size() + 3 * index;
    }

    int anchorIndex(int local) {
        return (local - sharedLocal - 1 - NEAR_LOCALS * nears.size()) / 3;
    }

    /** Tells an access by its offset from the base register and its size. */
    interface Accesses {
        boolean test(long offset, int size);
    }

    /** Counts accesses off the same register that follow in the basic block before the register changes, up to a number. */
    int accessesFollowing(int pc, int register, Accesses accesses, int enough) {
        int count = 0;
        boolean[] changed = {false};
        DataFlow.defines(code.get(pc), defined -> changed[0] |= defined == register);
        int last = Math.min(code.size() - 1, pc + NEIGHBOURHOOD);
        for (int next = pc + 1; !changed[0] && next <= last && reachable.get(next) && !plan.isLeader(next); next++) {
            Instruction instruction = code.get(next);
            boolean wanted = switch (instruction.op()) {
                case Op.Load load ->
                    isGlobal(load.space(), load.base(), register)
                            && accesses.test(load.offset(), load.type().bytes());
                case Op.Store store ->
                    isGlobal(store.space(), store.base(), register)
                            && accesses.test(store.offset(), store.type().bytes());
                default -> false;
            };
            if (wanted && ++count == enough) {
                return count;
            }
            DataFlow.defines(instruction, defined -> changed[0] |= defined == register);
        }
        return count;
    }

    private static boolean isGlobal(Op.Space space, Source base, int register) {
        return (space == Op.Space.GLOBAL || space == Op.Space.CONST)
                && base instanceof Source.Register(int index)
                && index == register;
    }

    int parameterBytes() {
        return plan.function().parameterBytes();
    }

    /** A local for a moment: two slots that no register has. */
    int scratch() {
        return scratch;
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
