package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.LinkedKernel;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;
import org.warpgrade.gpu.ptx.typed.Source;
import org.warpgrade.gpu.ptx.typed.SpecialRegister;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

/**
 * A kernel cut into regions. A region is the code from one boundary to all boundaries that can be reached next; a lane
 * runs through a region without meeting another lane. Boundaries are the instructions at which lanes meet, the back-edges
 * of loops in which a lane may wait for another, and cuts that keep methods small enough for the JIT. Watched kernels also stop
 * behind every glance at memory that others may be changing, so that an update that is no atomic one is seen to get lost.
 */
final class RegionPlan {

    /** The boundary at which a lane has ended. */
    static final int EXIT = 0;

    /** Instructions, each as often as it is compiled, for lanes that can no longer go abreast. */
    private static final int MOST_RESTARTED = 6000;

    /**
     * Where a lane stops.
     *
     * @param id as regions return it
     * @param pc the meeting instruction, or the cut
     * @param sync the meeting instruction, null for a mere cut
     * @param resume the region that goes on from here
     * @param yield whether a lane may be waiting here for another one
     * @param glance whether lanes have just looked at what others may change before they go on
     */
    record Boundary(int id, int pc, @Nullable Instruction sync, int resume, boolean yield, boolean glance) {}

    /** @param entry the first instruction */
    record Region(int index, int entry) {}

    private final LinkedKernel linked;
    private final TypedFunction function;
    private final List<Instruction> code;
    private final BitSet cuts = new BitSet();
    private final BitSet yields = new BitSet();
    private final BitSet glances = new BitSet();
    private final BitSet leaders = new BitSet();
    private final List<Region> regions = new ArrayList<>();
    private final TreeMap<Integer, Integer> regionAt = new TreeMap<>();
    private final List<Boundary> boundaries = new ArrayList<>();
    private final TreeMap<Integer, Boundary> boundaryAt = new TreeMap<>();
    private final Liveness liveness;
    private final ArithmeticNans nans;
    /** What the sanitizers need not look at; null where there are none. */
    private final @Nullable DroppedLoads dropped;

    private final Pointers pointers;
    private final BitSet uniform = new BitSet();
    private final int[] definition;
    private final LinearRegisters linear;
    private final int[] slots;
    private int intSlots;
    private int longSlots;
    private int floatSlots;
    private int doubleSlots;
    private boolean warpWide;
    /** Regions whose lanes may go abreast, by their number. */
    private final TreeMap<Integer, AbreastRegion> abreast = new TreeMap<>();

    /**
     * @param mostBytes about how many bytes of bytecode a region may have
     * @param watched whether others run between a glance at memory and what comes of it
     */
    RegionPlan(LinkedKernel linked, int mostBytes, boolean watched) {
        this(linked, mostBytes, watched, null, new BitSet());
    }

    /**
     * @param formation how the threads of a block stand if they go abreast; null if they do not
     * @param apart the first instructions of regions whose lanes go one after the other in any case
     */
    RegionPlan(LinkedKernel linked, int mostBytes, boolean watched, @Nullable Formation formation, BitSet apart) {
        this.linked = FloatShuffles.in(linked);
        this.function = this.linked.function();
        this.code = function.code();
        this.definition = new int[function.registers().size()];
        this.slots = new int[function.registers().size()];
        this.dropped = watched ? new DroppedLoads(function) : null;
        findLeaders();
        if (watched) {
            findGlances();
        }
        this.liveness = new Liveness(code, function.registers().size(), leaders);
        new RegionCuts(function, liveness, leaders, this::isMeeting, mostBytes).addTo(cuts);
        leaders.or(cuts);
        this.pointers = new Pointers(function);
        findBoundaries();
        this.nans = new ArithmeticNans(function, this::isMeeting);
        BitSet once = registersDefinedOnce();
        once.andNot(liveness.at(0)); // what is read before it is written holds 0 at first
        findUniform(once);
        if (!linked.bodies().isEmpty()) {
            once.clear(); // all activations of a function share its registers
        }
        this.linear = new LinearRegisters(code, function.registers(), definition, once, uniform);
        if (formation != null && linked.bodies().isEmpty()) {
            findAbreast(formation.width(), apart);
        }
        assignSlots();
    }

    TypedFunction function() {
        return function;
    }

    List<Region> regions() {
        return regions;
    }

    List<Boundary> boundaries() {
        return boundaries;
    }

    /** Whether lanes of a warp exchange values, so that they must be scheduled warp by warp. */
    boolean isWarpWide() {
        return warpWide;
    }

    /** The boundary at an instruction; null if lanes run through it. */
    @Nullable
    Boundary boundaryAt(int pc) {
        return boundaryAt.get(pc);
    }

    /** Where lanes enter a function. */
    Boundary entryOf(LinkedKernel.Body body) {
        return java.util.Objects.requireNonNull(boundaryAt(body.entry()));
    }

    boolean isCut(int pc) {
        return cuts.get(pc);
    }

    boolean isLeader(int pc) {
        return leaders.get(pc);
    }

    /** Regions whose lanes may go abreast, by their number. */
    Map<Integer, AbreastRegion> abreast() {
        return abreast;
    }

    /** The region that begins at an instruction. */
    int regionAt(int pc) {
        return java.util.Objects.requireNonNull(regionAt.get(pc));
    }

    Pointers pointers() {
        return pointers;
    }

    Liveness liveness() {
        return liveness;
    }

    /** Whether some register may be read that the lane has not written: it must hold the same in every block. */
    boolean readsUnwritten() {
        return !liveness.at(0).isEmpty() || !linked.bodies().isEmpty();
    }

    /** Whether the register has the same value in all threads of a block and is computed once per region. */
    boolean isUniform(int register) {
        return uniform.get(register);
    }

    int definition(int register) {
        return definition[register];
    }

    /** Whether the instruction defines a register that is computed once per region, before the lanes begin. */
    boolean isUniformDefinition(int pc) {
        boolean[] found = {false};
        DataFlow.defines(code.get(pc), register -> found[0] = isUniform(register) && definition(register) == pc);
        return found[0];
    }

    LinearRegisters linear() {
        return linear;
    }

    /** The register's place among a lane's values in the cohort's array of its kind. */
    int slot(int register) {
        return slots[register];
    }

    int slotCount(RegisterKind kind) {
        return switch (kind) {
            case BOOLEAN, INT -> intSlots;
            case LONG -> longSlots;
            case FLOAT -> floatSlots;
            case DOUBLE -> doubleSlots;
        };
    }

    /** When the value of a load is kept that the sanitizers look at; null if always. */
    DroppedLoads.@Nullable Condition keeps(int pc) {
        return dropped == null ? null : dropped.at(pc);
    }

    ArithmeticNans nans() {
        return nans;
    }

    /** Whether lanes let others run between a glance at memory and what comes of it. */
    boolean hasGlances() {
        return !glances.isEmpty();
    }

    /** The kernel with its functions. */
    LinkedKernel linked() {
        return linked;
    }

    /** Whether lanes stop at the instruction for more than to let others run. */
    private boolean isMeeting(int pc) {
        Op op = code.get(pc).op();
        return isMeeting(op) || isReturn(pc);
    }

    /** Whether lanes leave a function here and go on where they called it. */
    boolean isReturn(int pc) {
        return code.get(pc).op() instanceof Op.Return && linked.bodyAt(pc) != null;
    }

    private static boolean isMeeting(Op op) {
        return switch (op) {
            case Op.Barrier _,
                    Op.WarpBarrier _,
                    Op.Shuffle _,
                    Op.Vote _,
                    Op.Match _,
                    Op.Reduce _,
                    Op.Elect _,
                    Op.ActiveMask _,
                    Op.Call _,
                    Op.MatrixLoad _,
                    Op.MatrixMultiply _,
                    Op.FragmentLoad _,
                    Op.FragmentStore _ -> true;
            default -> false;
        };
    }

    private static boolean isWarpMeeting(Op op) {
        return isMeeting(op) && !(op instanceof Op.Barrier) && !(op instanceof Op.Call);
    }

    // ------------------------------------------------------------------ control flow

    private void findLeaders() {
        leaders.set(0);
        for (LinkedKernel.Body body : linked.inOrder()) {
            leaders.set(body.entry());
            cuts.set(body.entry());
        }
        for (int pc = 0; pc < code.size(); pc++) {
            Instruction instruction = code.get(pc);
            List<Integer> targets = Liveness.targets(instruction);
            for (int target : targets) {
                leaders.set(target);
                if (target <= pc && mayWait(target, pc)) {
                    cuts.set(target);
                    yields.set(target);
                }
            }
            if (!targets.isEmpty() || isMeeting(pc) || !Liveness.fallsThrough(instruction)) {
                leaders.set(pc + 1);
            }
        }
    }

    /** Whether a loop holds an access that another thread may be answering: then its head must let others run. */
    private boolean mayWait(int from, int to) {
        boolean loads = false;
        boolean lingers = false;
        for (int pc = from; pc <= to; pc++) {
            switch (code.get(pc).op()) {
                case Op.Load load
                when load.order() != Op.Order.WEAK -> {
                    return true;
                }
                case Op.Load load -> loads |= isMemoryOfOthers(load.space());
                // Nobody sleeps in a loop, or fences each round, who waits for nothing.
                case Op.Hint(String what) -> lingers |= what.equals("nanosleep");
                case Op.Fence _ -> lingers = true;
                case Op.Atomic atomic
                when atomic.d() >= 0 -> {
                    return true;
                }
                case Op.BarrierObject barrier
                when barrier.d() >= 0 -> {
                    return true;
                }
                case Op.Call call
                when linked.entersBody(call) -> {
                    return true;
                }
                default -> {}
            }
        }
        return loads && lingers;
    }

    /**
     * Volatile reads and atomics that give back what was there, and all reads where a kernel exchanges: what is read and written
     * by two of them is no single update, and no race either.
     */
    private void findGlances() {
        boolean exchanges = code.stream()
                .anyMatch(instruction -> instruction.op() instanceof Op.Atomic atomic
                        && (atomic.op() == Op.AtomicOp.EXCH || atomic.op() == Op.AtomicOp.CAS));
        for (int pc = 0; pc < code.size(); pc++) {
            boolean glance = switch (code.get(pc).op()) {
                case Op.Load load ->
                    isMemoryOfOthers(load.space()) && (exchanges || load.order().isStrong());
                case Op.Atomic atomic -> atomic.d() >= 0;
                default -> false;
            };
            if (glance) {
                leaders.set(pc + 1);
                cuts.set(pc + 1);
                glances.set(pc + 1);
            }
        }
    }

    private static boolean isMemoryOfOthers(Op.Space space) {
        return space == Op.Space.GLOBAL || space == Op.Space.SHARED || space == Op.Space.GENERIC;
    }

    private void findBoundaries() {
        boundaries.add(new Boundary(EXIT, -1, null, -1, false, false));
        regionFor(0);
        for (int pc = 0; pc < code.size(); pc++) {
            Instruction instruction = code.get(pc);
            if (isMeeting(pc)) {
                warpWide |= isWarpMeeting(instruction.op()) || isReturn(pc);
                // A cut in front of a meeting instruction would make two boundaries of one place.
                cuts.clear(pc);
                int resume = isReturn(pc) ? -1 : regionFor(pc + 1);
                add(new Boundary(boundaries.size(), pc, instruction, resume, false, false));
            }
        }
        for (int pc = cuts.nextSetBit(0); pc >= 0; pc = cuts.nextSetBit(pc + 1)) {
            add(new Boundary(boundaries.size(), pc, null, regionFor(pc), yields.get(pc), glances.get(pc)));
        }
    }

    private void add(Boundary boundary) {
        boundaries.add(boundary);
        boundaryAt.put(boundary.pc(), boundary);
    }

    private int regionFor(int entry) {
        return regionAt.computeIfAbsent(entry, pc -> {
            regions.add(new Region(regions.size(), pc));
            return regions.size() - 1;
        });
    }

    // ------------------------------------------------------------------ uniform registers

    private BitSet registersDefinedOnce() {
        BitSet once = new BitSet();
        BitSet more = new BitSet();
        for (int pc = 0; pc < code.size(); pc++) {
            int at = pc;
            DataFlow.defines(code.get(pc), register -> {
                (once.get(register) ? more : once).set(register);
                definition[register] = at;
            });
        }
        once.andNot(more);
        return once;
    }

    private void findUniform(BitSet once) {
        BitSet met = new BitSet();
        for (int pc = 0; pc < code.size(); pc++) {
            if (isMeeting(pc)) {
                DataFlow.uses(code.get(pc), met::set);
            }
        }
        // Definitions mostly stand before their uses, so that the second pass finds nothing new.
        boolean[] changed = {true};
        while (changed[0]) {
            changed[0] = false;
            for (Instruction instruction : code) {
                DataFlow.defines(instruction, register -> {
                    if (once.get(register)
                            && !uniform.get(register)
                            && !met.get(register)
                            && isUniformValue(instruction)) {
                        uniform.set(register);
                        changed[0] = true;
                    }
                });
            }
        }
    }

    private boolean isUniformValue(Instruction instruction) {
        if (instruction.guard() >= 0) {
            return false;
        }
        return switch (instruction.op()) {
            case Op.Compute op -> op.sources().stream().allMatch(this::isUniformSource);
            case Op.Copy op -> isUniformSource(op.a());
            case Op.Compare op ->
                op.q() < 0
                        && op.value() == null
                        && isUniformSource(op.a())
                        && isUniformSource(op.b())
                        && (op.c() == null || isUniformSource(op.c()));
            case Op.Select op -> isUniformSource(op.a()) && isUniformSource(op.b()) && isUniformSource(op.p());
            case Op.ConvertAddress op -> isUniformSource(op.a());
            case Op.Load op ->
                op.space() == Op.Space.PARAM_IN && op.d().size() == 1 && op.base() instanceof Source.Constant;
            default -> false;
        };
    }

    private boolean isUniformSource(Source source) {
        return switch (source) {
            case Source.Constant _ -> true;
            case Source.Register(int index) -> uniform.get(index);
            case Source.Complement(Source predicate) -> isUniformSource(predicate);
            case Source.LocalAddress _ -> linked.bodies().isEmpty();
            case Source.Special(SpecialRegister which) -> which.isOfBlock();
        };
    }

    // ------------------------------------------------------------------ lanes abreast

    private void findAbreast(int width, BitSet apart) {
        Detours detours = new Detours(code);
        CarriedSteps steps = new CarriedSteps(code, function.registers(), uniform, detours, width);
        int left = MOST_RESTARTED;
        for (Region region : List.copyOf(regions)) {
            AbreastRegion found = apart.get(region.entry())
                    ? null
                    : AbreastRegion.of(this, steps, detours, new RegionCode(this, region, false));
            if (found != null && found.restarted() <= left) {
                left -= found.restarted();
                abreast.put(region.index(), found);
                found.restarts().stream().forEach(this::regionFor);
            }
        }
    }

    // ------------------------------------------------------------------ storage

    private void assignSlots() {
        BitSet crossing = new BitSet();
        for (Region region : regions) {
            liveness.addTo(crossing, region.entry());
        }
        for (Boundary boundary : boundaries) {
            if (boundary.pc() >= 0) {
                liveness.addTo(crossing, boundary.pc());
                if (boundary.sync() != null) {
                    DataFlow.defines(boundary.sync(), crossing::set);
                }
            }
        }
        for (AbreastRegion region : abreast.values()) {
            region.blocks().forEach(block -> liveness.addTo(crossing, block.begin()));
        }
        crossing.andNot(uniform);
        Arrays.fill(slots, -1);
        for (int register = crossing.nextSetBit(0); register >= 0; register = crossing.nextSetBit(register + 1)) {
            slots[register] = switch (function.registers().get(register)) {
                case BOOLEAN, INT -> intSlots++;
                case LONG -> longSlots++;
                case FLOAT -> floatSlots++;
                case DOUBLE -> doubleSlots++;
            };
        }
    }
}
