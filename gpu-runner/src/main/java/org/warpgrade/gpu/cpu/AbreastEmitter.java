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
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.warpgrade.gpu.cpu.AbreastRegion.Access;
import org.warpgrade.gpu.cpu.AbreastRegion.Block;
import org.warpgrade.gpu.cpu.Detours.Detour;
import org.warpgrade.gpu.cpu.RegionPlan.Boundary;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;
import org.warpgrade.gpu.ptx.typed.Source;

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
    private static final ClassDesc BYTES = ConstantDescs.CD_byte.arrayType();
    private static final MethodTypeDesc FITS = MethodTypeDesc.of(Z, I, I, I, I);
    private static final MethodTypeDesc ORIGIN = MethodTypeDesc.of(I, BYTES, J, J, I, I, I, I, I, I);

    /** Instructions of each lane between two looks at the budget. */
    private static final int STEPS_BETWEEN_CHECKS = 1 << 14;

    /** What is emitted, and so where a register's value is. */
    private enum Phase {
        /** Registers that are the same for the whole block. */
        BLOCK,
        /** Registers with a step, for the first lane. */
        FIRST_LANE,
        /** The same for the last lane, for a look at the result. */
        LAST_LANE,
        /** The others, in the loop over the lanes. */
        EACH_LANE
    }

    private final AbreastRegion abreast;
    private final ClassDesc self;
    private final int index;
    /** The lanes of the whole cohort, and so from one row of spilled registers to the next. */
    private final int stride;

    private final OperationEmitter operations;
    /** Where registers with a step are between blocks. */
    private final Map<Integer, Integer> homes = new TreeMap<>();

    private final Map<Integer, Label> bails = new TreeMap<>();
    private Phase phase = Phase.BLOCK;

    // of the block at work
    private final Map<Integer, Integer> versions = new HashMap<>();
    private final Map<Integer, Map<Integer, Integer>> versionsAt = new HashMap<>();
    private final Map<Access, Integer> origins = new HashMap<>();
    private final Map<Integer, Integer> originAt = new HashMap<>();
    private int pc;
    private int firstFree;
    private int free;

    /** @param self the class that is emitted, where the regions of lanes one after the other are, too */
    AbreastEmitter(RegionPlan plan, int index, AbreastRegion abreast, int stride, ClassDesc self, CodeBuilder b) {
        super(plan, abreast.region(), true, ClassDesc.of("org.warpgrade.gpu.cpu.LaneAccess"), b);
        this.abreast = abreast;
        this.index = index;
        this.stride = stride;
        this.self = self;
        this.operations = new OperationEmitter(this, b);
    }

    /** The method's name. */
    static String methodName(int region) {
        return "abreast" + region;
    }

    void emit() {
        findHomes();
        emitArrays();
        emitMemory();
        emitUniforms(operations);
        receive();
        Label apart = b.newLabel();
        emitHomes(apart);
        b.iconst_0().istore(STEPS);
        if (abreast.blocks().getFirst().begin() != region.entry()) {
            b.goto_(label(region.entry()));
        }
        for (Block block : abreast.blocks()) {
            emitBlock(block);
        }
        exits.forEach(this::emitExit);
        // Emitting one asks for no others.
        bails.forEach(this::emitBail);
        b.labelBinding(apart);
        goOn(index);
    }

    // ------------------------------------------------------------------ before the first block

    private void findHomes() {
        int next = frame.anchor(0);
        BitSet touched = (BitSet) region.used().clone();
        touched.or(region.defined());
        for (int register = touched.nextSetBit(0); register >= 0; register = touched.nextSetBit(register + 1)) {
            if (abreast.isScalar(register)) {
                homes.put(register, next);
                next += kind(register).isWide() ? 2 : 1;
            }
        }
        firstFree = next;
    }

    /** What a shuffle sent is put where it would have been. */
    private void receive() {
        RowShuffle fetched = region.fetched();
        if (fetched != null) {
            b.aload(COHORT_SLOT);
            b.loadConstant(fetched.floats() ? 1 : 0).loadConstant(fetched.in()).loadConstant(fetched.out());
            b.invokevirtual(COHORT, "receive", MethodTypeDesc.of(V, Z, I, I));
        }
    }

    /** Fetches the registers that come from elsewhere, after a look whether they have their steps. */
    private void emitHomes(Label apart) {
        BitSet live = plan.liveness().at(region.entry());
        Label known = b.newLabel();
        b.aload(COHORT_SLOT).getfield(COHORT, "stepsHold", Z).ifne(known);
        homes.keySet().stream().filter(live::get).forEach(register -> emitLook(register, apart));
        b.labelBinding(known);
        homes.forEach((register, home) -> {
            RegisterKind kind = kind(register);
            if (live.get(register)) {
                row(register).iload(FROM).iadd();
                loadElement(kind);
                store(kind, home);
                return;
            }
            switch (kind) {
                case BOOLEAN, INT -> b.iconst_0().istore(home);
                case LONG -> b.lconst_0().lstore(home);
                case FLOAT -> b.fconst_0().fstore(home);
                case DOUBLE -> b.dconst_0().dstore(home);
            }
        });
    }

    private void emitLook(int register, Label apart) {
        RegisterKind kind = kind(register);
        ClassDesc array = ClassDesc.ofDescriptor(descriptor(kind));
        row(register).iload(FROM).iload(TO);
        if (kind == RegisterKind.FLOAT || kind == RegisterKind.DOUBLE) {
            b.invokestatic(ABREAST, "isSame", MethodTypeDesc.of(Z, array, I, I, I));
        } else {
            step(register, kind);
            b.invokestatic(ABREAST, "hasStep", MethodTypeDesc.of(Z, array, I, I, I, kind == RegisterKind.LONG ? J : I));
        }
        b.ifeq(apart);
    }

    /** Pushes the array that a register is spilled to, and where lane 0 is in it. */
    private CodeBuilder row(int register) {
        return b.aload(ARRAYS + index(kind(register))).loadConstant(plan.slot(register) * stride);
    }

    private void step(int register, RegisterKind kind) {
        if (kind == RegisterKind.LONG) {
            b.loadConstant(abreast.step(register));
        } else {
            b.loadConstant((int) abreast.step(register));
        }
    }

    private void loadElement(RegisterKind kind) {
        switch (kind) {
            case BOOLEAN, INT -> b.iaload();
            case LONG -> b.laload();
            case FLOAT -> b.faload();
            case DOUBLE -> b.daload();
        }
    }

    private void load(RegisterKind kind, int local) {
        switch (kind) {
            case BOOLEAN, INT -> b.iload(local);
            case LONG -> b.lload(local);
            case FLOAT -> b.fload(local);
            case DOUBLE -> b.dload(local);
        }
    }

    private void store(RegisterKind kind, int local) {
        switch (kind) {
            case BOOLEAN, INT -> b.istore(local);
            case LONG -> b.lstore(local);
            case FLOAT -> b.fstore(local);
            case DOUBLE -> b.dstore(local);
        }
    }

    // ------------------------------------------------------------------ a block

    private void emitBlock(Block block) {
        b.labelBinding(label(block.begin()));
        operations.beginsBlock();
        free = firstFree;
        versions.clear();
        versionsAt.clear();
        origins.clear();
        originAt.clear();
        phase = Phase.FIRST_LANE;
        for (pc = block.begin(); pc < block.end(); pc++) {
            b.lineNumber(pc + 1);
            emitOfFirstLane(block);
        }
        Map<Integer, Integer> last = new TreeMap<>(versions);
        if (hasWorkOfEachLane(block)) {
            emitLook(block);
            emitLanes(block);
        }
        BitSet wanted = wantedBehind(block);
        last.forEach((register, version) -> {
            if (wanted.get(register)) {
                load(kind(register), version);
                store(kind(register), homes.get(register));
            }
        });
        versions.clear();
        b.iinc(STEPS, steps(block));
        pc = block.end() - 1;
        b.lineNumber(pc + 1);
        emitEnd(block);
    }

    /** Instructions that all lanes do. */
    private int steps(Block block) {
        Detour detour = block.detour();
        return steps(block.begin(), detour == null ? block.end() : detour.body());
    }

    private int steps(int begin, int end) {
        return code.subList(begin, end).stream().mapToInt(RegionCode::steps).sum();
    }

    /** Whether the instruction at {@code pc} was done before the first block, or is none of its own. */
    private boolean isDone(Instruction instruction) {
        return abreast.isLast(pc) || instruction.op() instanceof Op.Hint || isUniformDefinition(pc, instruction);
    }

    private void emitOfFirstLane(Block block) {
        Instruction instruction = code.get(pc);
        if (isDone(instruction)) {
            return;
        }
        boolean scalar = defines(instruction, true);
        if (scalar) {
            for (int register : abreast.widened(instruction)) {
                loadLocal(register);
                b.loadConstant((int) abreast.step(register)).iload(FROM).iload(TO);
                b.invokestatic(RowEmitter.ROWS, "fits", FITS).ifeq(bail(block.begin()));
            }
        }
        Access access = abreast.accessOf(instruction);
        if (access != null) {
            originAt.put(pc, origin(access, block));
        }
        if (scalar) {
            emitOperation(instruction);
        }
        if (abreast.isGuess(instruction)) {
            emitLook(instruction, block);
        }
        DataFlow.defines(
                instruction,
                register -> origins.keySet()
                        .removeIf(known -> known.base() instanceof Source.Register(int base) && base == register));
    }

    /** Looks whether the result is the same in the last lane, and so in all between: operands go straight up or down. */
    private void emitLook(Instruction instruction, Block block) {
        int[] defined = {-1};
        DataFlow.defines(instruction, register -> defined[0] = register);
        boolean unsigned = instruction.op() instanceof Op.Compute compute
                ? AbreastRule.isUnsigned(compute.meaning())
                : AbreastRule.isUnsigned(((Op.Compare) instruction.op()).comparison());
        DataFlow.uses(instruction, register -> {
            if (abreast.step(register) != 0) {
                loadLocal(register);
                b.loadConstant((int) abreast.step(register))
                        .iload(FROM)
                        .iload(TO)
                        .loadConstant(unsigned ? 1 : 0);
                b.invokestatic(ABREAST, "goesStraight", MethodTypeDesc.of(Z, I, I, I, I, Z));
                b.ifeq(bail(block.begin()));
            }
        });
        phase = Phase.LAST_LANE;
        b.iload(TO).iconst_1().isub().istore(LANE);
        operations.emit(pc, instruction);
        phase = Phase.FIRST_LANE;
        b.iload(free);
        loadLocal(defined[0]);
        b.if_icmpne(bail(block.begin()));
    }

    private boolean defines(Instruction instruction, boolean scalar) {
        boolean[] found = {false};
        DataFlow.defines(instruction, register -> found[0] |= abreast.isScalar(register) == scalar);
        return found[0];
    }

    private void emitOperation(Instruction instruction) {
        switch (instruction.op()) {
            case Op.Load load -> {
                int size = load.type().bytes();
                for (int i = 0; i < load.d().size(); i++) {
                    place(load.space(), load.base(), load.offset() + (long) i * size);
                    b.invokestatic(
                            RowEmitter.ROWS,
                            "get" + MemoryEmitter.word(size),
                            MethodTypeDesc.of(size == 8 ? J : I, BYTES, I));
                }
                operations.loaded(load);
            }
            case Op.Store store -> {
                int size = store.type().bytes();
                for (int i = 0; i < store.values().size(); i++) {
                    place(store.space(), store.base(), store.offset() + (long) i * size);
                    operations.push(store.values().get(i), size == 8 ? RegisterKind.LONG : RegisterKind.INT);
                    b.invokestatic(
                            RowEmitter.ROWS,
                            "put" + MemoryEmitter.word(size),
                            MethodTypeDesc.of(V, BYTES, I, size == 8 ? J : I));
                }
            }
            default -> operations.emit(pc, instruction);
        }
    }

    /** Pushes the bytes that are accessed, and where a lane's place is in them. */
    private void place(Op.Space space, Source base, long offset) {
        b.aload(space == Op.Space.SHARED ? frame.sharedLocal() : frame.near(base) + 1);
        if (abreast.scatteredOf(code.get(pc)) != null) {
            scatteredPlace(space, base, offset);
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

    /** Pushes where a lane's place is in the bytes, as a long integer. */
    private void scatteredPlace(Op.Space space, Source base, long offset) {
        if (space == Op.Space.SHARED) {
            operations.push(base, RegisterKind.INT);
            b.i2l();
        } else {
            operations.push(base, RegisterKind.LONG);
            b.lload(frame.near(base) + 2).lsub();
        }
        b.loadConstant(offset).ladd();
    }

    /** The local with where lane 0's address is in the bytes, of this access and those through the same address behind it. */
    private int origin(Access access, Block block) {
        for (Map.Entry<Access, Integer> known : origins.entrySet()) {
            if (known.getKey().space() == access.space()
                    && known.getKey().base().equals(access.base())) {
                return known.getValue();
            }
        }
        Access all = access;
        boolean[] changed = {false};
        for (int next = pc; next < block.end() && !changed[0]; next++) {
            Instruction instruction = code.get(next);
            Access other = abreast.accessOf(instruction);
            if (other != null && other.space() == access.space() && other.base().equals(access.base())) {
                all = all.with(other);
            }
            DataFlow.defines(
                    instruction,
                    register -> changed[0] |= access.base() instanceof Source.Register(int base) && base == register);
        }
        int local = free++;
        if (all.space() == Op.Space.SHARED) {
            b.aload(frame.sharedLocal()).lconst_0();
            operations.push(all.base(), RegisterKind.INT);
            b.i2l();
        } else {
            int near = frame.near(all.base());
            b.aload(near + 1).lload(near + 2);
            operations.push(all.base(), RegisterKind.LONG);
        }
        b.loadConstant((int) all.step()).iload(FROM).iload(TO);
        b.loadConstant(all.least()).loadConstant(all.most()).loadConstant(all.align());
        b.invokestatic(RowEmitter.ROWS, "origin", ORIGIN).dup().istore(local);
        b.loadConstant(Rows.NONE).if_icmpeq(bail(block.begin()));
        origins.put(all, local);
        return local;
    }

    // ------------------------------------------------------------------ the loop over the lanes

    private boolean hasWorkOfEachLane(Block block) {
        if (abreast.mayPart(block)) {
            return true;
        }
        for (pc = block.begin(); pc < block.end(); pc++) {
            if (isOfEachLane(code.get(pc))) {
                return true;
            }
        }
        return false;
    }

    /** Looks whether the scattered accesses of all lanes are in bounds and aligned. */
    private void emitLook(Block block) {
        boolean scatters = code.subList(block.begin(), block.end()).stream()
                .anyMatch(instruction -> abreast.scatteredOf(instruction) != null);
        if (!scatters) {
            return;
        }
        phase = Phase.EACH_LANE;
        versions.clear();
        List<Integer> needed = abreast.addressCode(block);
        Detour detour = block.detour();
        b.iconst_0().istore(ANY);
        Label head = b.newLabel();
        Label end = b.newLabel();
        b.iload(FROM).istore(LANE);
        b.labelBinding(head);
        b.iload(LANE).iload(TO).if_icmpge(end);
        for (int register : readFirst(block)) {
            loadRow(register);
        }
        for (pc = block.begin(); pc < block.end(); pc++) {
            Instruction instruction = code.get(pc);
            AbreastRegion.Scattered access = abreast.scatteredOf(instruction);
            if (access != null) {
                scatteredPlace(access.space(), access.base(), access.offset());
                b.aload(access.space() == Op.Space.SHARED ? frame.sharedLocal() : frame.near(access.base()) + 1);
                b.arraylength().loadConstant(access.bytes());
                b.invokestatic(ABREAST, "outside", MethodTypeDesc.of(I, J, I, I));
                if (detour != null && block.isOfSome(pc)) {
                    loadLocal(detour.predicate());
                    if (detour.truth()) {
                        b.ineg();
                    } else {
                        b.iconst_1().isub();
                    }
                    b.iand();
                }
                b.iload(ANY).ior().istore(ANY);
            } else if (needed.contains(pc) && isOfEachLane(instruction)) {
                operations.emit(pc, instruction);
            }
            versions.putAll(versionsAt.getOrDefault(pc, Map.of()));
        }
        b.iinc(LANE, 1).goto_(head);
        b.labelBinding(end);
        b.iload(ANY).ifne(bail(block.begin()));
    }

    private boolean isOfEachLane(Instruction instruction) {
        return !isDone(instruction) && (instruction.op() instanceof Op.Store || defines(instruction, false));
    }

    private void emitLanes(Block block) {
        phase = Phase.EACH_LANE;
        versions.clear();
        int guard = abreast.mayPart(block) ? code.get(block.end() - 1).guard() : -1;
        if (guard >= 0) {
            b.iconst_1().istore(EVERY);
            b.iconst_0().istore(ANY);
        }
        Label head = b.newLabel();
        Label end = b.newLabel();
        b.iload(FROM).istore(LANE);
        b.labelBinding(head);
        b.iload(LANE).iload(TO).if_icmpge(end);
        BitSet written = new BitSet();
        for (int register : readFirst(block)) {
            loadRow(register);
        }
        Label behind = b.newLabel();
        Detour detour = block.detour();
        for (pc = block.begin(); pc < block.end(); pc++) {
            Instruction instruction = code.get(pc);
            if (detour != null && block.decidesAt(pc)) {
                loadLocal(detour.predicate());
                if (detour.truth()) {
                    b.ifeq(behind);
                } else {
                    b.ifne(behind);
                }
            }
            if (isOfEachLane(instruction)) {
                b.lineNumber(pc + 1);
                emitOperation(instruction);
                DataFlow.defines(instruction, register -> {
                    if (isOfEachLane(register)) {
                        written.set(register);
                    }
                });
            }
            versions.putAll(versionsAt.getOrDefault(pc, Map.of()));
        }
        if (detour != null) {
            // The others have executed the jump to the end instead, if there is one.
            int jump = detour.body() - detour.branch() - 1;
            b.aload(COHORT_SLOT).iload(LANE).loadConstant(steps(detour.body(), block.end()) - jump);
            b.invokevirtual(COHORT, "executedMore", MethodTypeDesc.of(V, I, I));
        }
        b.labelBinding(behind);
        written.and(wantedBehind(block));
        for (int register = written.nextSetBit(0); register >= 0; register = written.nextSetBit(register + 1)) {
            row(register).iload(LANE).iadd();
            loadLocal(register);
            switch (kind(register)) {
                case BOOLEAN, INT -> b.iastore();
                case LONG -> b.lastore();
                case FLOAT -> b.fastore();
                case DOUBLE -> b.dastore();
            }
        }
        if (guard >= 0) {
            loadLocal(guard);
            b.dup().iload(EVERY).iand().istore(EVERY);
            b.iload(ANY).ior().istore(ANY);
        }
        b.iinc(LANE, 1).goto_(head);
        b.labelBinding(end);
    }

    private void loadRow(int register) {
        row(register).iload(LANE).iadd();
        loadElement(kind(register));
        storeLocal(register);
    }

    private boolean isOfEachLane(int register) {
        return !plan.isUniform(register) && !abreast.isScalar(register);
    }

    /** Registers of each lane that a block reads before it writes them. */
    private List<Integer> readFirst(Block block) {
        BitSet read = new BitSet();
        BitSet written = new BitSet();
        BitSet wanted = wantedBehind(block);
        for (pc = block.begin(); pc < block.end(); pc++) {
            Instruction instruction = code.get(pc);
            boolean decides = block.decidesAt(pc) || pc == block.end() - 1 && abreast.mayPart(block);
            if (decides || isOfEachLane(instruction)) {
                DataFlow.uses(instruction, register -> {
                    if (isOfEachLane(register) && !written.get(register)) {
                        read.set(register);
                    }
                });
                boolean ofSome = block.isOfSome(pc);
                DataFlow.defines(instruction, register -> {
                    // Lanes that jump over it keep what they have.
                    if (ofSome && wanted.get(register) && isOfEachLane(register) && !written.get(register)) {
                        read.set(register);
                    }
                    written.set(register);
                });
            }
        }
        List<Integer> found = new ArrayList<>();
        read.stream().forEach(found::add);
        return found;
    }

    /** Registers that somebody reads behind the block: where lanes go on, or where they part. */
    private BitSet wantedBehind(Block block) {
        int last = block.end() - 1;
        Instruction instruction = code.get(last);
        Boundary boundary = plan.boundaryAt(last);
        BitSet wanted = new BitSet();
        if (boundary != null && boundary.sync() != null) {
            plan.liveness().addTo(wanted, last);
            return wanted;
        }
        if (Liveness.fallsThrough(instruction)) {
            plan.liveness().addTo(wanted, block.end());
        }
        Liveness.targets(instruction).forEach(target -> plan.liveness().addTo(wanted, target));
        if (instruction.guard() >= 0) {
            wanted.set(instruction.guard());
        }
        return wanted;
    }

    // ------------------------------------------------------------------ where lanes go on

    private void emitEnd(Block block) {
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
            default -> fallThrough();
        }
    }

    private void branch(Block block, Instruction instruction, Label target) {
        int guard = instruction.guard();
        if (guard < 0) {
            b.goto_(target);
            return;
        }
        if (abreast.mayPart(block)) {
            b.iload(EVERY).iload(ANY).if_icmpne(bail(pc));
            b.iload(ANY);
        } else {
            phase = Phase.FIRST_LANE;
            loadLocal(guard);
        }
        if (instruction.guardNegated()) {
            b.ifeq(target);
        } else {
            b.ifne(target);
        }
        fallThrough();
    }

    private void fallThrough() {
        int next = pc + 1;
        if (plan.isCut(next) || reachable.nextSetBit(next) != next || next == region.entry()) {
            b.goto_(edge(next));
        }
    }

    private void checkBudget() {
        Label fine = b.newLabel();
        b.iload(STEPS).loadConstant(STEPS_BETWEEN_CHECKS).if_icmplt(fine);
        b.aload(COHORT_SLOT).iload(FROM).iload(TO).iload(STEPS).invokevirtual(COHORT, "chargeTogether", EXECUTED);
        b.iconst_0().istore(STEPS);
        b.labelBinding(fine);
    }

    private void emitExit(int id) {
        b.labelBinding(exitLabel(id));
        Boundary boundary = plan.boundaries().get(id);
        if (boundary.pc() >= 0) {
            spillSteps(boundary.pc());
        }
        b.aload(COHORT_SLOT).iload(FROM).iload(TO).iload(STEPS).invokevirtual(COHORT, "executedTogether", EXECUTED);
        b.loadConstant(id).ireturn();
    }

    private Label bail(int at) {
        return bails.computeIfAbsent(at, _ -> b.newLabel());
    }

    /** The lanes go on one after the other. */
    private void emitBail(int at, Label label) {
        b.labelBinding(label);
        spillSteps(at);
        b.aload(COHORT_SLOT).iload(FROM).iload(TO).iload(STEPS);
        if (abreast.blocks().stream().anyMatch(block -> block.end() - 1 == at && abreast.mayPart(block))) {
            b.iconst_1().isub(); // the branch, which each lane does itself
        }
        b.invokevirtual(COHORT, "executed", EXECUTED);
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
        homes.forEach((register, home) -> {
            if (!live.get(register)) {
                return;
            }
            RegisterKind kind = kind(register);
            ClassDesc array = ClassDesc.ofDescriptor(descriptor(kind));
            row(register).iload(FROM).iload(TO);
            load(kind, home);
            if (kind == RegisterKind.FLOAT || kind == RegisterKind.DOUBLE) {
                b.invokestatic(ABREAST, "fill", MethodTypeDesc.of(V, array, I, I, I, array.componentType()));
            } else {
                step(register, kind);
                ClassDesc type = array.componentType();
                b.invokestatic(ABREAST, "fill", MethodTypeDesc.of(V, array, I, I, I, type, type));
            }
        });
    }

    // ------------------------------------------------------------------ what the operation emitter asks

    @Override
    int laneLocal() {
        return phase == Phase.EACH_LANE || phase == Phase.LAST_LANE ? LANE : FROM;
    }

    @Override
    RowEmitter rowEmitter() {
        throw new IllegalStateException("lanes abreast do their accesses themselves");
    }

    @Override
    void loadLocal(int register) {
        RegisterKind kind = kind(register);
        if (!abreast.isScalar(register)) {
            load(kind, frame.of(register));
            return;
        }
        Integer version = versions.get(register);
        load(kind, version == null ? homes.get(register) : version);
        long step = abreast.step(register);
        if (phase == Phase.FIRST_LANE || step == 0) {
            return;
        }
        b.iload(LANE).iload(FROM).isub();
        if (kind == RegisterKind.LONG) {
            b.i2l().loadConstant(step).lmul().ladd();
        } else {
            b.loadConstant((int) step).imul().iadd();
        }
    }

    @Override
    void storeLocal(int register) {
        RegisterKind kind = kind(register);
        boolean scalar = abreast.isScalar(register);
        if (phase == Phase.LAST_LANE) {
            store(kind, free); // for a moment
        } else if (phase == Phase.BLOCK || !scalar && phase == Phase.EACH_LANE) {
            store(kind, frame.of(register));
        } else if (scalar && phase == Phase.FIRST_LANE) {
            int version = free;
            free += kind.isWide() ? 2 : 1;
            versions.put(register, version);
            versionsAt.computeIfAbsent(pc, _ -> new HashMap<>()).put(register, version);
            store(kind, version);
        } else if (kind.isWide()) { // an instruction with results of both sorts is done twice
            b.pop2();
        } else {
            b.pop();
        }
    }
}
