package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;
import org.warpgrade.gpu.ptx.typed.Source;
import org.warpgrade.gpu.ptx.typed.SpecialRegister;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

/**
 * A kernel cut into regions. A region is the code from one boundary to all boundaries that can be reached next; a lane
 * runs through a region without meeting another lane. Boundaries are the instructions at which lanes meet, the back-edges
 * of loops in which a lane may wait for another, and cuts that keep methods small enough for the JIT.
 */
final class RegionPlan {

    /** The boundary at which a lane has ended. */
    static final int EXIT = 0;

    /**
     * Where a lane stops.
     *
     * @param id as regions return it
     * @param pc the meeting instruction, or the cut
     * @param sync the meeting instruction, null for a mere cut
     * @param resume the region that goes on from here
     * @param yield whether a lane may be waiting here for another one
     */
    record Boundary(int id, int pc, @Nullable Instruction sync, int resume, boolean yield) {}

    /** @param entry the first instruction */
    record Region(int index, int entry) {}

    private final TypedFunction function;
    private final List<Instruction> code;
    private final int maxInstructions;
    private final BitSet cuts = new BitSet();
    private final BitSet yields = new BitSet();
    private final BitSet leaders = new BitSet();
    private final List<Region> regions = new ArrayList<>();
    private final TreeMap<Integer, Integer> regionAt = new TreeMap<>();
    private final List<Boundary> boundaries = new ArrayList<>();
    private final TreeMap<Integer, Boundary> boundaryAt = new TreeMap<>();
    private final BitSet[] liveIn;
    private final BitSet uniform = new BitSet();
    private final int[] uniformDefinition;
    private final int[] slots;
    private int intSlots;
    private int longSlots;
    private int floatSlots;
    private int doubleSlots;
    private boolean warpWide;

    /** @param maxInstructions about how many PTX instructions a region may hold */
    RegionPlan(TypedFunction function, int maxInstructions) {
        this.function = function;
        this.code = function.code();
        this.maxInstructions = maxInstructions;
        this.liveIn = new BitSet[code.size() + 1];
        this.uniformDefinition = new int[function.registers().size()];
        this.slots = new int[function.registers().size()];
        findCuts();
        findBoundaries();
        findLiveness();
        findUniform();
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
    @Nullable Boundary boundaryAt(int pc) {
        return boundaryAt.get(pc);
    }

    boolean isCut(int pc) {
        return cuts.get(pc);
    }

    boolean isLeader(int pc) {
        return leaders.get(pc);
    }

    BitSet liveIn(int pc) {
        return liveIn[pc];
    }

    /** Whether the register has the same value in all threads of a block and is computed once per region. */
    boolean isUniform(int register) {
        return uniform.get(register);
    }

    int uniformDefinition(int register) {
        return uniformDefinition[register];
    }

    /** The register's row in the cohort's array of its kind. */
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

    static boolean isMeeting(Op op) {
        return switch (op) {
            case Op.Barrier _, Op.WarpBarrier _, Op.Shuffle _, Op.Vote _, Op.Match _, Op.Reduce _, Op.Elect _,
                    Op.ActiveMask _, Op.Call _, Op.MatrixLoad _, Op.MatrixMultiply _, Op.FragmentLoad _, Op.FragmentStore _ -> true;
            default -> false;
        };
    }

    private static boolean isWarpMeeting(Op op) {
        return isMeeting(op) && !(op instanceof Op.Barrier) && !(op instanceof Op.Call);
    }

    // ------------------------------------------------------------------ control flow

    private List<Integer> targets(int pc) {
        return switch (code.get(pc).op()) {
            case Op.Branch(int target) -> List.of(target);
            case Op.BranchTable table -> table.targets();
            default -> List.of();
        };
    }

    private boolean fallsThrough(int pc) {
        Instruction instruction = code.get(pc);
        if (instruction.guard() >= 0) {
            return true;
        }
        return switch (instruction.op()) {
            case Op.Branch _, Op.BranchTable _, Op.Return _, Op.Exit _, Op.Trap _ -> false;
            default -> true;
        };
    }

    private void findCuts() {
        leaders.set(0);
        for (int pc = 0; pc < code.size(); pc++) {
            for (int target : targets(pc)) {
                leaders.set(target);
                if (target <= pc && mayWait(target, pc)) {
                    cuts.set(target);
                    yields.set(target);
                }
            }
            if (!targets(pc).isEmpty() || isMeeting(code.get(pc).op())) {
                leaders.set(pc + 1);
            }
        }
        int length = 0;
        for (int pc = 0; pc < code.size(); pc++) {
            Op op = code.get(pc).op();
            if (isMeeting(op) || cuts.get(pc)) {
                length = 0;
            } else if (length >= maxInstructions && leaders.get(pc) || length >= maxInstructions * 3 / 2) {
                cuts.set(pc);
                leaders.set(pc);
                length = 0;
            }
            length += weight(op);
        }
    }

    /** Memory accesses weigh more: each inlines an accessor. */
    private static int weight(Op op) {
        return switch (op) {
            case Op.Load load -> load.space() == Op.Space.PARAM_IN ? 1 : 1 + 2 * load.d().size();
            case Op.Store store -> 1 + 2 * store.values().size();
            case Op.Atomic _ -> 6;
            default -> 1;
        };
    }

    /** Whether a loop holds an access that another thread may be answering: then its head must let others run. */
    private boolean mayWait(int from, int to) {
        for (int pc = from; pc <= to; pc++) {
            switch (code.get(pc).op()) {
                case Op.Load load when load.order() == Op.Order.STRONG -> {
                    return true;
                }
                case Op.Atomic atomic when atomic.d() >= 0 -> {
                    return true;
                }
                default -> {}
            }
        }
        return false;
    }

    private void findBoundaries() {
        boundaries.add(new Boundary(EXIT, -1, null, -1, false));
        regionFor(0);
        for (int pc = 0; pc < code.size(); pc++) {
            Instruction instruction = code.get(pc);
            if (isMeeting(instruction.op())) {
                warpWide |= isWarpMeeting(instruction.op());
                // A cut in front of a meeting instruction would make two boundaries of one place.
                cuts.clear(pc);
                add(new Boundary(boundaries.size(), pc, instruction, regionFor(pc + 1), false));
            }
        }
        for (int pc = cuts.nextSetBit(0); pc >= 0; pc = cuts.nextSetBit(pc + 1)) {
            add(new Boundary(boundaries.size(), pc, null, regionFor(pc), yields.get(pc)));
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

    // ------------------------------------------------------------------ liveness

    private void findLiveness() {
        for (int pc = 0; pc <= code.size(); pc++) {
            liveIn[pc] = new BitSet();
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int pc = code.size() - 1; pc >= 0; pc--) {
                BitSet live = new BitSet();
                if (fallsThrough(pc)) {
                    live.or(liveIn[pc + 1]);
                }
                Instruction instruction = code.get(pc);
                if (instruction.guard() < 0) {
                    DataFlow.defines(instruction, live::clear);
                }
                for (int target : targets(pc)) {
                    live.or(liveIn[target]);
                }
                DataFlow.uses(instruction, live::set);
                if (!live.equals(liveIn[pc])) {
                    liveIn[pc] = live;
                    changed = true;
                }
            }
        }
    }

    // ------------------------------------------------------------------ uniform registers

    private void findUniform() {
        int count = function.registers().size();
        int[] definitions = new int[count];
        BitSet met = new BitSet();
        for (int pc = 0; pc < code.size(); pc++) {
            int at = pc;
            Instruction instruction = code.get(pc);
            DataFlow.defines(instruction, register -> {
                definitions[register]++;
                uniformDefinition[register] = at;
            });
            if (isMeeting(instruction.op())) {
                DataFlow.uses(instruction, met::set);
            }
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int register = 0; register < count; register++) {
                if (!uniform.get(register)
                        && definitions[register] == 1
                        && !met.get(register)
                        && isUniformValue(code.get(uniformDefinition[register]))) {
                    uniform.set(register);
                    changed = true;
                }
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
            case Source.LocalAddress _ -> true;
            case Source.Special(SpecialRegister which) ->
                switch (which) {
                    case NTID_X, NTID_Y, NTID_Z, CTAID_X, CTAID_Y, CTAID_Z, NCTAID_X, NCTAID_Y, NCTAID_Z -> true;
                    default -> false;
                };
        };
    }

    // ------------------------------------------------------------------ storage

    private void assignSlots() {
        BitSet crossing = new BitSet();
        for (Region region : regions) {
            crossing.or(liveIn[region.entry()]);
        }
        for (Boundary boundary : boundaries) {
            if (boundary.pc() >= 0) {
                crossing.or(liveIn[boundary.pc()]);
                if (boundary.sync() != null) {
                    DataFlow.defines(boundary.sync(), crossing::set);
                }
            }
        }
        crossing.andNot(uniform);
        java.util.Arrays.fill(slots, -1);
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
