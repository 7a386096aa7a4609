package org.warpgrade.gpu.cpu;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.host.ProgramFault;
import org.warpgrade.gpu.host.RuntimeCalls;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;

/**
 * The definition of the machine: executes typed instructions one at a time for a group of lanes of a warp.
 *
 * <p>Threads are scheduled independently, as on sm_70 and later: a divergent branch splits a group, the group that is
 * behind runs first, groups that meet at an instruction merge, and a group that keeps jumping backwards lets the others
 * run, so spin-waits make progress. One instance serves one JVM thread.
 */
final class WarpInterpreter {

    /** Backward jumps after which a spinning group yields to the other groups of its warp. */
    private static final int PATIENCE = 64;

    private final RunContext run;
    private final @Nullable Watch watch;
    private final LaneValues values;
    private final LaneAtWork at;
    private final InterpretedArithmetic arithmetic;
    private final InterpretedMemory memory;
    private final InterpretedCalls calls;
    private final WarpSynchronisation synchronisation;
    private final BlockBarriers barriers;

    private final @Nullable WarpObserver observer;
    private final @Nullable Convergence convergence;
    /** Where several instructions are executed at once; null where somebody looks at each. */
    private final @Nullable Stretches stretches;

    /** One that nobody watches. */
    WarpInterpreter(RunContext run, String kernelName, LaneMemory memory, RuntimeCalls runtime) {
        this(run, kernelName, memory, runtime, null, null);
    }

    /**
     * @param watch the sanitizers of the launch, null if nobody asks for them
     * @param observer is told of every instruction, lanes then meet again where they do on a GPU; null if nobody counts
     */
    WarpInterpreter(
            RunContext run,
            String kernelName,
            LaneMemory memory,
            RuntimeCalls runtime,
            @Nullable Watch watch,
            @Nullable WarpObserver observer) {
        this.run = run;
        this.watch = watch;
        this.values = new LaneValues(run);
        this.at = new LaneAtWork(run, kernelName, watch);
        this.arithmetic =
                new InterpretedArithmetic(values, at, memory.isHost(), memory.isHost() ? null : run.nanOrigins());
        this.memory = new InterpretedMemory(memory, values, at, watch);
        this.calls = new InterpretedCalls(run.module(), kernelName, values, at, this.memory, runtime);
        this.synchronisation = new WarpSynchronisation(run, values, at, this.memory, watch);
        this.barriers = new BlockBarriers(run, values, at, watch);
        this.observer = observer;
        if (observer != null) {
            observer.readsWith(values);
        }
        this.convergence = observer == null ? null : new Convergence();
        this.stretches = observer instanceof LaunchCount count && watch == null && run.nanOrigins() == null
                ? new Stretches(values, at, this.memory, count)
                : null;
    }

    LaneAtWork at() {
        return at;
    }

    /**
     * Runs a warp until every group waits or is gone, or about {@code slice} instructions have been executed.
     *
     * @return the number of instructions executed; 0 means that the warp is stuck until another warp moves
     */
    long run(Warp warp, long slice) {
        long executed = 0;
        LaneGroup last = null;
        while (executed < slice) {
            LaneGroup group = choose(warp, last);
            if (group == null) {
                if (convergence != null && convergence.letGo(warp)) {
                    continue;
                }
                break;
            }
            last = group;
            group.backwardJumps = 0;
            executed += runGroup(warp, group, slice - executed);
        }
        return executed;
    }

    /** The group furthest behind, unless it has just spun: then the next one. */
    private static @Nullable LaneGroup choose(Warp warp, @Nullable LaneGroup last) {
        boolean spun = last != null && last.backwardJumps >= PATIENCE;
        LaneGroup best = null;
        for (LaneGroup group : warp.groups) {
            if (!group.isRunnable() || spun && group == last) {
                continue;
            }
            if (best == null
                    || group.frame.depth > best.frame.depth
                    || group.frame.depth == best.frame.depth && group.pc < best.pc) {
                best = group;
            }
        }
        return best == null && spun && last.isRunnable() && warp.groups.contains(last) ? last : best;
    }

    private long runGroup(Warp warp, LaneGroup group, long slice) {
        long executed = 0;
        int lanesAtStart = group.lanes;
        Instruction instruction = null;
        try {
            while (executed < slice && group.isRunnable() && group.lanes != 0) {
                if (convergence == null
                        ? warp.groups.size() > 1 && executed > 0 && mustSwitch(warp, group)
                        : convergence.mustSwitch(warp, group, group.backwardJumps >= PATIENCE)) {
                    break;
                }
                Stretch stretch = stretches == null || group.lanes != -1
                        ? Stretch.NONE
                        : stretches.at(group.frame.function, group.pc);
                if (stretch != Stretch.NONE) {
                    instruction = null;
                    stretch.run(warp, group);
                    executed += stretch.length();
                    count(warp, stretch.length());
                    continue;
                }
                instruction = group.instruction();
                at.at(warp, group);
                int lanes = guarded(instruction, group);
                countLanes(warp, group.lanes);
                if (observer != null) {
                    observer.executes(warp, group, instruction, lanes);
                }
                executed++;
                run.count(Integer.bitCount(group.lanes));
                if (lanes == 0 && !(instruction.op() instanceof Op.Branch)) {
                    group.pc++;
                } else {
                    step(warp, group, instruction, lanes);
                }
            }
            if (group.lanes == 0) {
                warp.groups.remove(group);
            }
            return executed;
        } catch (ProgramFault fault) {
            throw new RunStopped(at.finding(
                    fault.kind(),
                    Severity.ERROR,
                    instruction == null ? group.instruction().at() : instruction.at(),
                    warp,
                    at.lane,
                    fault.getMessage()));
        } catch (StackOverflowError | OutOfMemoryError exhausted) {
            throw new RunStopped(at.finding(
                    FindingKind.MEMORY_BUDGET,
                    Severity.ERROR,
                    instruction == null ? null : instruction.at(),
                    warp,
                    Integer.numberOfTrailingZeros(lanesAtStart),
                    "the program needs more memory than the device has"));
        }
    }

    /** All lanes have executed so many instructions. */
    private void count(Warp warp, int instructions) {
        for (int lane = 0; lane < Frame.LANES; lane++) {
            warp.steps[lane] += instructions;
        }
        run.count((long) instructions * Frame.LANES);
    }

    private static void countLanes(Warp warp, int lanes) {
        if (lanes == -1) {
            for (int lane = 0; lane < Frame.LANES; lane++) {
                warp.steps[lane]++;
            }
            return;
        }
        for (int rest = lanes; rest != 0; rest &= rest - 1) {
            warp.steps[Integer.numberOfTrailingZeros(rest)]++;
        }
    }

    /** Whether another group is at the same place (then they merge) or further behind, or this one spins. */
    private static boolean mustSwitch(Warp warp, LaneGroup group) {
        if (group.backwardJumps >= PATIENCE) {
            return true;
        }
        for (int i = 0; i < warp.groups.size(); i++) {
            LaneGroup other = warp.groups.get(i);
            if (other == group || !other.isRunnable() || other.frame != group.frame) {
                continue;
            }
            if (other.pc == group.pc) {
                group.lanes |= other.lanes;
                other.lanes = 0;
                warp.groups.remove(i--);
            } else if (other.pc < group.pc && other.backwardJumps < PATIENCE) {
                return true;
            }
        }
        return false;
    }

    private static int guarded(Instruction instruction, LaneGroup group) {
        int guard = instruction.guard();
        if (guard < 0) {
            return group.lanes;
        }
        long[] registers = group.frame.registers;
        int base = guard * Frame.LANES;
        int holds = 0;
        for (int lane = 0; lane < Frame.LANES; lane++) {
            holds |= (registers[base + lane] != 0 ? 1 : 0) << lane;
        }
        return group.lanes & (instruction.guardNegated() ? ~holds : holds);
    }

    // ------------------------------------------------------------------ one instruction

    /** The cases are asked in their order, so the usual ones stand first. */
    private void step(Warp warp, LaneGroup group, Instruction instruction, int lanes) {
        Frame frame = group.frame;
        switch (instruction.op()) {
            case Op.Compute compute -> arithmetic.compute(compute, lanes);
            case Op.Load load when memory.loadRow(load, lanes) -> {}
            case Op.Store store when memory.storeRow(store, lanes) -> {}
            case Op.Branch(int target) -> {
                branch(warp, group, lanes, target);
                return;
            }
            case Op.Copy copy -> arithmetic.copy(copy, lanes);
            case Op.Compare compare -> arithmetic.compare(compare, lanes);
            case Op.Select select -> arithmetic.select(select, lanes);
            case Op.ConvertAddress convert -> arithmetic.convertAddress(convert, lanes);
            case Op.BranchTable table -> {
                branchTable(warp, group, lanes, table);
                return;
            }
            case Op.Call call -> {
                calls.call(warp, group, lanes, call, instruction);
                return;
            }
            case Op.Return() -> {
                if (!calls.doReturn(warp, group, lanes)) {
                    exit(warp, group, lanes);
                }
                return;
            }
            case Op.Exit() -> {
                exit(warp, group, lanes);
                return;
            }
            case Op.Barrier barrier -> {
                barriers.arrive(warp, group, lanes, barrier, instruction);
                return;
            }
            case Op.WarpBarrier _,
                    Op.Shuffle _,
                    Op.Vote _,
                    Op.Match _,
                    Op.Reduce _,
                    Op.Elect _,
                    Op.MatrixLoad _,
                    Op.MatrixMultiply _,
                    Op.FragmentLoad _,
                    Op.FragmentStore _ -> {
                synchronisation.arrive(warp, group, lanes, instruction);
                return;
            }
            case Op.Trap() -> {
                at.lane = Integer.numberOfTrailingZeros(lanes);
                throw new ProgramFault(FindingKind.TRAP, "the kernel executed a trap");
            }
            case Op.ActiveMask(int d) -> {
                for (int rest = lanes; rest != 0; rest &= rest - 1) {
                    frame.set(d, Integer.numberOfTrailingZeros(rest), lanes & 0xFFFFFFFFL);
                }
            }
            case Op.Fence(boolean blockOnly) -> {
                for (int rest = watch == null ? 0 : lanes; rest != 0; rest &= rest - 1) {
                    at.lane = Integer.numberOfTrailingZeros(rest);
                    watch.fence(at, blockOnly);
                }
            }
            case Op.Hint _, Op.Enter _ -> {}
            case Op.CompareHalves _,
                    Op.BarrierObject _,
                    Op.AsyncGroup _,
                    Op.Pack _,
                    Op.Unpack _,
                    Op.Load _,
                    Op.Store _,
                    Op.Carry _,
                    Op.Atomic _,
                    Op.AsyncCopy _,
                    Op.IsSpace _ -> {
                for (int rest = lanes; rest != 0; rest &= rest - 1) {
                    at.lane = Integer.numberOfTrailingZeros(rest);
                    perLane(instruction.op());
                }
            }
        }
        group.pc++;
    }

    private void perLane(Op op) {
        switch (op) {
            case Op.Pack pack -> arithmetic.pack(pack);
            case Op.Unpack unpack -> arithmetic.unpack(unpack);
            case Op.CompareHalves compare -> arithmetic.compareHalves(compare);
            case Op.Carry carry -> arithmetic.carry(carry);
            case Op.IsSpace isSpace -> arithmetic.isSpace(isSpace);
            case Op.Load load -> memory.load(load);
            case Op.Store store -> memory.store(store);
            case Op.Atomic atomic -> memory.atomic(atomic);
            case Op.AsyncCopy copy -> memory.asyncCopy(copy);
            case Op.AsyncGroup group -> memory.asyncGroup(group);
            case Op.BarrierObject barrier -> memory.barrierObject(barrier);
            default -> throw new IllegalStateException("not a lane operation: " + op);
        }
    }

    // ------------------------------------------------------------------ control flow

    private void branch(Warp warp, LaneGroup group, int taken, int target) {
        int staying = group.lanes & ~taken;
        if (taken == 0) {
            group.pc++;
            return;
        }
        boolean backward = target <= group.pc;
        if (staying != 0) {
            part(group);
            warp.groups.add(group.part(group.pc + 1, staying));
            group.lanes = taken;
        }
        group.pc = target;
        if (backward) {
            group.backwardJumps++;
            group.loops++;
        }
    }

    private void part(LaneGroup group) {
        if (convergence != null) {
            convergence.parts(group);
        }
    }

    private void branchTable(Warp warp, LaneGroup group, int lanes, Op.BranchTable table) {
        part(group);
        int staying = group.lanes & ~lanes;
        if (staying != 0) {
            warp.groups.add(group.part(group.pc + 1, staying));
        }
        int rest = lanes;
        boolean first = true;
        while (rest != 0) {
            int index = (int) values.of(table.index(), warp, group.frame, Integer.numberOfTrailingZeros(rest));
            int same = 0;
            for (int other = rest; other != 0; other &= other - 1) {
                int l = Integer.numberOfTrailingZeros(other);
                if ((int) values.of(table.index(), warp, group.frame, l) == index) {
                    same |= 1 << l;
                }
            }
            if (index < 0 || index >= table.targets().size()) {
                at.lane = Integer.numberOfTrailingZeros(same);
                throw new ProgramFault(FindingKind.TRAP, "a switch jumped outside its table");
            }
            if (first) {
                group.lanes = same;
                group.pc = table.targets().get(index);
                first = false;
            } else {
                warp.groups.add(group.part(table.targets().get(index), same));
            }
            rest &= ~same;
        }
    }

    private void exit(Warp warp, LaneGroup group, int lanes) {
        warp.exited |= lanes;
        group.lanes &= ~lanes;
        group.pc++;
        warp.block.liveThreads -= Integer.bitCount(lanes);
        if (group.lanes == 0) {
            warp.groups.remove(group);
        }
        synchronisation.afterExit(warp);
        barriers.afterExit(warp.block);
    }
}
