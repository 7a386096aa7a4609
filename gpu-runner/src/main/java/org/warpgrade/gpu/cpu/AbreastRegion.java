package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.cpu.Detours.Detour;
import org.warpgrade.gpu.cpu.RegionPlan.Boundary;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;
import org.warpgrade.gpu.ptx.typed.Source;
import org.warpgrade.gpu.ptx.typed.SpecialRegister;

/**
 * A region that its lanes may run through abreast, one basic block after the other instead of one lane after the other: a loop
 * of the kernel is then around the loop over the lanes instead of in it, what all lanes have in common is computed once, and
 * the JVM sees loops over arrays. It takes a region whose accesses all go to addresses that are linear in the lane.
 */
final class AbreastRegion {

    /** Larger regions would make methods that are too large to be compiled. */
    private static final int MOST_INSTRUCTIONS = 600;

    /** Offsets from the address beyond this are left alone, so that nothing wraps around. */
    private static final long FAR = 1 << 20;

    /**
     * Instructions that lanes do without parting.
     *
     * @param end one more than the last one
     * @param detour what only some of them do, which then is the end of the block; null if there is nothing
     */
    record Block(int begin, int end, @Nullable Detour detour) {

        /** Whether it is the branch that decides who does the detour. */
        boolean decidesAt(int pc) {
            return detour != null && pc == detour.branch();
        }

        /** Whether the instruction is one that only some lanes do. */
        boolean isOfSome(int pc) {
            return detour != null && pc >= detour.body();
        }
    }

    /**
     * An access of all lanes.
     *
     * @param step bytes from lane to lane
     * @param least the first byte accessed from the address
     * @param most one more than the last byte accessed
     * @param align what all places are multiples of
     */
    record Access(Op.Space space, Source base, long step, int least, int most, int align) {

        /** Whether both go out from the same address. */
        boolean isThrough(Access other) {
            return space == other.space && base.equals(other.base);
        }

        Access with(Access other) {
            return new Access(
                    space,
                    base,
                    step,
                    Math.min(least, other.least),
                    Math.max(most, other.most),
                    Math.max(align, other.align));
        }
    }

    private final RegionPlan plan;
    private final CarriedSteps steps;
    private final RegionCode region;
    private final List<Instruction> code;
    private final Detours detours;
    private final List<Block> blocks = new ArrayList<>();
    private final BitSet restarts = new BitSet();

    private AbreastRegion(RegionPlan plan, CarriedSteps steps, Detours detours, RegionCode region) {
        this.plan = plan;
        this.detours = detours;
        this.steps = steps;
        this.region = region;
        this.code = plan.function().code();
    }

    /** The region, if its lanes may and if it pays; null if not. */
    static @Nullable AbreastRegion of(RegionPlan plan, CarriedSteps steps, Detours detours, RegionCode region) {
        AbreastRegion abreast = new AbreastRegion(plan, steps, detours, region);
        BitSet reachable = region.reachable();
        boolean allowed = reachable.cardinality() <= MOST_INSTRUCTIONS
                && all(reachable, pc -> abreast.isAllowed(pc))
                && (region.fetched() != null || !all(reachable, pc -> !abreast.pays(pc)));
        if (!allowed) {
            return null;
        }
        abreast.findBlocks();
        abreast.findRestarts();
        boolean found = abreast.blocks.stream().allMatch(abreast::mayScatter);
        return found ? abreast : null;
    }

    private static boolean all(BitSet instructions, IntPredicate condition) {
        return instructions.stream().allMatch(condition);
    }

    /** The instructions of the region, in the order of the code. */
    List<Block> blocks() {
        return blocks;
    }

    /** Where lanes that can no longer go abreast go on one after the other. */
    BitSet restarts() {
        return restarts;
    }

    /** About how many instructions have to be compiled for that. */
    int restarted() {
        return restarts.cardinality() * region.reachable().cardinality();
    }

    RegionCode region() {
        return region;
    }

    /** Whether the register is not computed lane by lane, but once for all: lanes have it in steps. */
    boolean isScalar(int register) {
        return !plan.isUniform(register) && steps.isKnown(register);
    }

    long step(int register) {
        return plan.isUniform(register) ? 0 : steps.step(register);
    }

    // ------------------------------------------------------------------ what is allowed

    private boolean pays(int pc) {
        Instruction instruction = code.get(pc);
        return accessOf(instruction) != null
                || scatteredOf(instruction) != null
                || Liveness.targets(instruction).stream().anyMatch(target -> target <= pc);
    }

    private boolean isAllowed(int pc) {
        Instruction instruction = code.get(pc);
        Boundary boundary = plan.boundaryAt(pc);
        if (boundary != null && boundary.sync() != null) {
            return instruction.guard() < 0;
        }
        return switch (instruction.op()) {
            case Op.Branch _, Op.Return _, Op.Exit _ -> true;
            case Op op when instruction.guard() >= 0 -> false;
            case Op.Hint _ -> true;
            case Op.Compute op -> op.sources().stream().allMatch(AbreastRegion::isPlain);
            case Op.Copy op -> isPlain(op.a());
            case Op.ConvertAddress op -> isPlain(op.a());
            case Op.Pack op -> op.parts().stream().allMatch(AbreastRegion::isPlain);
            case Op.Unpack op -> isPlain(op.a());
            case Op.Select op -> isPlain(op.a()) && isPlain(op.b()) && isPlain(op.p());
            case Op.Compare op -> isPlain(op.a()) && isPlain(op.b()) && (op.c() == null || isPlain(op.c()));
            case Op.Load load ->
                accessOf(instruction) != null
                        || scatteredOf(instruction) != null
                        || load.space() == Op.Space.PARAM_IN
                                && load.d().stream().allMatch(d -> d < 0 || plan.isUniform(d));
            case Op.Store store ->
                (accessOf(instruction) != null || scatteredOf(instruction) != null)
                        && store.values().stream().allMatch(AbreastRegion::isPlain);
            default -> false;
        };
    }

    /** Whether a value is the same whenever it is looked at. */
    private static boolean isPlain(Source source) {
        return switch (source) {
            case Source.Constant _, Source.Register _ -> true;
            case Source.Complement(Source predicate) -> isPlain(predicate);
            case Source.LocalAddress _ -> false;
            case Source.Special(SpecialRegister which) ->
                switch (which) {
                    case TID_X,
                            TID_Y,
                            TID_Z,
                            NTID_X,
                            NTID_Y,
                            NTID_Z,
                            CTAID_X,
                            CTAID_Y,
                            CTAID_Z,
                            NCTAID_X,
                            NCTAID_Y,
                            NCTAID_Z,
                            LANEID,
                            WARPID -> true;
                    default -> false;
                };
        };
    }

    /** The access that an instruction is; null if it is none, or none whose lanes may go abreast. */
    @Nullable
    Access accessOf(Instruction instruction) {
        return switch (instruction.op()) {
            case Op.Load load
            when load.order() == Op.Order.WEAK ->
                access(
                        load.space(),
                        load.base(),
                        load.offset(),
                        load.type().bytes() * load.d().size());
            case Op.Store store
            when store.order() == Op.Order.WEAK ->
                access(
                        store.space(),
                        store.base(),
                        store.offset(),
                        store.type().bytes() * store.values().size());
            default -> null;
        };
    }

    private @Nullable Access access(Op.Space space, Source base, long offset, int bytes) {
        boolean known = switch (space) {
            case GLOBAL ->
                base instanceof Source.Register(int register)
                        && isKnown(register)
                        && plan.pointers().parameter(plan.pointers().near(base)) >= 0;
            case SHARED ->
                base instanceof Source.Constant || base instanceof Source.Register(int register) && isKnown(register);
            default -> false;
        };
        if (!known || Math.abs(offset) >= FAR) {
            return null;
        }
        long step = base instanceof Source.Register(int register) ? step(register) : 0;
        return (step | offset) % bytes == 0
                ? new Access(space, base, step, (int) offset, (int) offset + bytes, bytes)
                : null;
    }

    // ------------------------------------------------------------------ scattered accesses

    /** An access of each lane somewhere: its base register has no step. */
    record Scattered(Op.Space space, Source base, long offset, int bytes) {}

    /** The scattered access that an instruction is; null if it is none, or none whose lanes may go abreast. */
    @Nullable
    Scattered scatteredOf(Instruction instruction) {
        return switch (instruction.op()) {
            case Op.Load load
            when load.order() == Op.Order.WEAK ->
                scattered(
                        load.space(),
                        load.base(),
                        load.offset(),
                        load.type().bytes() * load.d().size());
            case Op.Store store
            when store.order() == Op.Order.WEAK ->
                scattered(
                        store.space(),
                        store.base(),
                        store.offset(),
                        store.type().bytes() * store.values().size());
            default -> null;
        };
    }

    private @Nullable Scattered scattered(Op.Space space, Source base, long offset, int bytes) {
        boolean allowed = base instanceof Source.Register(int register)
                && !isKnown(register)
                && (space == Op.Space.SHARED
                        || space == Op.Space.GLOBAL
                                && plan.pointers().parameter(plan.pointers().near(base)) >= 0);
        return allowed ? new Scattered(space, base, offset, bytes) : null;
    }

    /** Whether it can be found out before the lanes begin a block that all its scattered accesses are in bounds. */
    private boolean mayScatter(Block block) {
        for (int pc : addressCode(block)) {
            Op op = code.get(pc).op();
            if (op instanceof Op.Load || op instanceof Op.Store) {
                return false;
            }
        }
        return true;
    }

    /**
     * The instructions of a block that each lane has to do to know its scattered addresses, and whether it accesses them; in the
     * order of the code.
     */
    List<Integer> addressCode(Block block) {
        BitSet needed = new BitSet();
        List<Integer> found = new ArrayList<>();
        boolean[] scatters = {false};
        // What is the same for all lanes, or has a step, is known.
        for (int pc = block.end() - 1; pc >= block.begin(); pc--) {
            Instruction instruction = code.get(pc);
            Scattered access = scatteredOf(instruction);
            boolean[] wanted = {false};
            DataFlow.defines(instruction, register -> wanted[0] |= needed.get(register));
            if (wanted[0]) {
                found.addFirst(pc);
                DataFlow.defines(instruction, needed::clear);
                DataFlow.uses(instruction, register -> needed.set(register, !isKnown(register)));
            }
            if (access != null && access.base() instanceof Source.Register(int register)) {
                needed.set(register);
                scatters[0] = true;
            }
            if (block.decidesAt(pc) && scatters[0]) {
                needed.set(instruction.guard());
            }
        }
        return found;
    }

    private boolean isKnown(int register) {
        return plan.isUniform(register) || steps.isKnown(register);
    }

    // ------------------------------------------------------------------ blocks

    private void findBlocks() {
        int begin = region.reachable().nextSetBit(0);
        while (begin >= 0) {
            Block block = blockAt(begin);
            blocks.add(block);
            begin = region.reachable().nextSetBit(block.end());
        }
    }

    private Block blockAt(int begin) {
        boolean stored = false;
        for (int pc = begin; ; pc++) {
            stored |= code.get(pc).op() instanceof Op.Store;
            if (isLast(pc)) {
                Detour detour = detours.at(pc);
                return detour != null && mayTake(detour, stored)
                        ? new Block(begin, detour.end(), detour)
                        : new Block(begin, pc + 1, null);
            }
            int next = pc + 1;
            boolean goesOn = region.reachable().get(next) && !plan.isCut(next) && next != region.entry();
            if (!goesOn || plan.isLeader(next) || stored && isCommonLoad(code.get(next))) {
                return new Block(begin, next, null);
            }
        }
    }

    /** Whether something is loaded for all lanes at once, and so before any of them stores. */
    private boolean isCommonLoad(Instruction instruction) {
        if (!(instruction.op() instanceof Op.Load load)) {
            return false;
        }
        return load.d().stream().anyMatch(d -> d >= 0 && isScalar(d));
    }

    /** Whether some lanes may do what others jump over, and then go on with them. */
    private boolean mayTake(Detour detour, boolean stored) {
        if (isKnown(detour.predicate())) {
            return false;
        }
        BitSet wanted = plan.liveness().at(detour.end());
        for (int pc = detour.body(); pc < detour.end(); pc++) {
            Instruction instruction = code.get(pc);
            boolean[] common = {stored && isCommonLoad(instruction)};
            stored |= instruction.op() instanceof Op.Store;
            // What is computed for all lanes at once must not be what those have that jump over it.
            DataFlow.defines(instruction, register -> common[0] |= isScalar(register) && wanted.get(register));
            if (common[0] || !region.reachable().get(pc) || isLast(pc) || plan.isCut(pc) || pc == region.entry()) {
                return false;
            }
        }
        return true;
    }

    /** Whether lanes may go elsewhere behind the instruction. */
    boolean isLast(int pc) {
        Boundary boundary = plan.boundaryAt(pc);
        return boundary != null && boundary.sync() != null
                || switch (code.get(pc).op()) {
                    case Op.Branch _, Op.Return _, Op.Exit _ -> true;
                    default -> false;
                };
    }

    /** Whether lanes may disagree where they go on behind the block. */
    boolean mayPart(Block block) {
        int guard = code.get(block.end() - 1).guard();
        return guard >= 0 && !plan.isUniform(guard) && !steps.isKnown(guard);
    }

    private void findRestarts() {
        for (Block block : blocks) {
            if (code.subList(block.begin(), block.end()).stream().anyMatch(this::mayFail)) {
                restarts.set(block.begin());
            }
            if (mayPart(block)) {
                restarts.set(block.end() - 1);
            }
        }
    }

    private boolean mayFail(Instruction instruction) {
        return accessOf(instruction) != null
                || scatteredOf(instruction) != null
                || !widened(instruction).isEmpty()
                || isGuess(instruction);
    }

    /** Whether the instruction's result is only taken to be the same in all lanes. */
    boolean isGuess(Instruction instruction) {
        boolean[] scalar = {false};
        DataFlow.defines(instruction, register -> scalar[0] |= isScalar(register));
        return scalar[0] && steps.isGuess(instruction);
    }

    /** The registers that the instruction widens although they are not the same in all lanes: none may wrap around. */
    List<Integer> widened(Instruction instruction) {
        if (!(instruction.op() instanceof Op.Compute compute) || !StepRule.isWidening(compute.meaning())) {
            return List.of();
        }
        List<Integer> found = new ArrayList<>();
        DataFlow.uses(instruction, register -> {
            if (isScalar(register)
                    && step(register) != 0
                    && plan.function().registers().get(register) == RegisterKind.INT) {
                found.add(register);
            }
        });
        return found;
    }
}
