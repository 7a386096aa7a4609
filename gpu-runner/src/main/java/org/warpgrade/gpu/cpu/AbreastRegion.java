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

    /** Accesses of all lanes through an address with a step. */
    record Access(Op.Space space, Source base, Extent extent) {

        /** Whether both go out from the same address. */
        boolean isThrough(Access other) {
            return space == other.space && base.equals(other.base);
        }

        Access with(Access other) {
            return new Access(space, base, extent.with(other.extent));
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
            case Source.Special(SpecialRegister which) -> which.isSteady();
        };
    }

    /** The access through an address with a step that an instruction is; null if it is none. */
    @Nullable
    Access accessOf(Instruction instruction) {
        WeakAccess access = reachable(instruction);
        if (access == null || !hasStep(access.base())) {
            return null;
        }
        long step = access.base() instanceof Source.Register(int register) ? step(register) : 0;
        Extent extent = Extent.of(access, step);
        return extent == null ? null : new Access(access.space(), access.base(), extent);
    }

    /** The access of each lane somewhere that an instruction is; null if it is none. */
    @Nullable
    WeakAccess scatteredOf(Instruction instruction) {
        WeakAccess access = reachable(instruction);
        return access == null || hasStep(access.base()) ? null : access;
    }

    /** The access that an instruction is, if it is one to memory of which is known where it lies before the lanes begin. */
    private @Nullable WeakAccess reachable(Instruction instruction) {
        WeakAccess access = WeakAccess.of(instruction.op());
        boolean known = access != null
                && switch (access.space()) {
                    case SHARED -> access.base() instanceof Source.Register || access.base() instanceof Source.Constant;
                    case GLOBAL ->
                        access.base() instanceof Source.Register
                                && plan.pointers().isParameter(access.base());
                    default -> false;
                };
        return known ? access : null;
    }

    private boolean hasStep(Source base) {
        return !(base instanceof Source.Register(int register)) || isKnown(register);
    }

    // ------------------------------------------------------------------ scattered accesses

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
            WeakAccess access = scatteredOf(instruction);
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
        return guard >= 0 && !isKnown(guard);
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
