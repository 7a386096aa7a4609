package org.warpgrade.gpu.cpu;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.cpu.RegionPlan.Boundary;
import org.warpgrade.gpu.host.ProgramFault;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;

/**
 * Runs a launch on compiled lane loops: calls regions for runs of lanes and lets the lanes meet at boundaries. What
 * happens there is the interpreter's: {@link WarpExchange}, counted barriers, runtime calls.
 */
final class LaneExecutor {

    /** Region calls of one cohort before others get their turn: spin-waits must not starve anybody. */
    private static final int COHORT_TURN = 4096;

    /** Yields in a row after which a cohort is taken to be waiting for another one. */
    private static final int PATIENCE = 16;

    /** Rounds in which cohorts only spun after which a block lets the next one start. */
    private static final int BLOCK_PATIENCE = 64;

    /** Shuffles after which a warp that goes on from one to the next lets others have their turn. */
    private static final int SHUFFLES_IN_A_ROW = 64;

    /** Calls of regions, for a warp each, after which the budget is asked. */
    private static final int CALLS_BETWEEN_CHECKS = 512;

    private static final int RESIDENT = Machine.MULTIPROCESSORS * Machine.BLOCKS_PER_MULTIPROCESSOR;

    /** Blocks that begin together where they hold for one another: most small cases have no more. */
    private static final int FELLOWS = 64;

    private final RunContext run;
    private final KernelLaunch launch;
    private final RegionPlan plan;
    private final LaneProgram program;
    private final LaneCompiler.Compiled compiled;
    private final @Nullable Watch watch;
    private final LaneFaults faults;
    private final List<Instruction> code;
    private final LaneMeeting meeting;
    private final Near[] near;
    /** The region that goes on from each boundary. */
    private final int[] resumes;
    /** The regions whose lanes go abreast; null if none do. */
    private final @Nullable AbreastCalls abreast;

    private long total;
    private long most;
    private int regionCalls;
    private boolean spun;
    private @Nullable LaneBlock single;

    LaneExecutor(RunContext run, KernelLaunch launch, LaneCompiler.Compiled compiled, @Nullable Watch watch) {
        this.run = run;
        this.launch = launch;
        this.plan = compiled.plan();
        this.program = compiled.program();
        this.compiled = compiled;
        this.watch = watch;
        this.faults = new LaneFaults(compiled);
        this.code = plan.function().code();
        this.meeting = new LaneMeeting(run, launch, plan, watch);
        this.resumes = plan.boundaries().stream().mapToInt(Boundary::resume).toArray();
        this.abreast = compiled.formation() == null ? null : new AbreastCalls(compiled, compiled.formation());
        this.near = new Near[plan.pointers().count()];
        Arrays.setAll(near, number -> near(number));
    }

    /** What a pointer is near to before the first access: where the launch's arguments say. */
    private Near near(int number) {
        Near near = new Near(run.memory());
        int at = plan.pointers().parameter(number);
        if (at >= 0 && at + Long.BYTES <= launch.parameters().length) {
            near.aim(Bytes.getLong(launch.parameters(), at));
        }
        return near;
    }

    /** Runs the blocks from {@code first} on, {@code step} apart, in the order of the schedule. */
    BlockScheduler.Cost runBlocks(long first, long step) {
        long blocks = launch.grid().count();
        BlockOrder order = BlockOrder.of(run.settings().schedule(), blocks);
        List<LaneBlock> resident = new ArrayList<>();
        Deque<LaneBlock> idle = new ArrayDeque<>();
        long next = first;
        while (next < blocks || !resident.isEmpty()) {
            // Where blocks hold, some begin together: or else the first would be over before there is another one.
            int together = plan.hasGlances() ? FELLOWS : 1;
            while (next < blocks && resident.size() < RESIDENT && together-- > 0) {
                LaneBlock block = idle.isEmpty() ? new LaneBlock(run, launch, compiled, near, watch) : idle.pop();
                block.begin(order.at(next));
                resident.add(block);
                next += step;
            }
            for (int i = 0; i < resident.size(); i++) {
                LaneBlock block = resident.get(i);
                turn(block);
                if (block.isDone()) {
                    finished(block);
                    resident.remove(i--);
                    idle.push(block);
                }
            }
        }
        return cost();
    }

    /** Runs one block to its end; only for kernels whose blocks never wait for one another. */
    void runBlock(long linear) {
        LaneBlock block = single == null ? new LaneBlock(run, launch, compiled, near, watch) : single;
        single = block;
        block.begin(linear);
        while (!block.isDone()) {
            turn(block);
        }
        finished(block);
    }

    /** What the blocks so far have cost. */
    BlockScheduler.Cost cost() {
        return new BlockScheduler.Cost(total, most);
    }

    private void finished(LaneBlock block) {
        BlockScheduler.Cost cost = block.cost();
        total += cost.threadInstructions();
        most = Math.max(most, cost.maxThreadInstructions());
        run.count(cost.threadInstructions());
    }

    private void turn(LaneBlock block) {
        int cohorts = block.cohorts.size();
        int rotation = run.settings().schedule() == 0
                ? 0
                : (int) Long.remainderUnsigned(run.settings().schedule() * 31 + block.linear(), cohorts);
        int patience = BLOCK_PATIENCE;
        Gang gang = block.gang;
        while (!block.isDone()) {
            if (gang != null && gang.isTogether()) {
                turn(block, gang);
                continue;
            }
            boolean moved = false;
            boolean onlySpun = true;
            boolean glanced = false;
            for (int i = 0; i < cohorts; i++) {
                Cohort cohort = block.cohorts.get((i + rotation) % cohorts);
                if (!cohort.isDone() && (gang == null || !gang.isTogether())) {
                    spun = false;
                    boolean progressed = turn(block, cohort);
                    moved |= progressed;
                    onlySpun &= !progressed || spun;
                    glanced |= cohort.held;
                }
            }
            if (!moved && !block.isDone()) {
                throw new RunStopped(meeting.deadlock(block));
            }
            if (glanced || onlySpun && --patience == 0) {
                return;
            }
        }
    }

    /** Lets the warps of a block run together as long as they take the same way. */
    private void turn(LaneBlock block, Gang gang) {
        Cohort whole = gang.whole();
        int region = whole.uniform == 0 ? 0 : resumes[whole.uniform];
        while (true) {
            int reached = call(whole, region, 0, whole.lanes);
            if (reached == RegionPlan.EXIT) {
                block.liveThreads = 0;
                return;
            }
            if (reached < 0) {
                gang.part();
                for (Cohort warp : block.cohorts) {
                    settle(block, warp, warp.liveFrom, warp.liveTo);
                }
                return;
            }
            Boundary boundary = plan.boundaries().get(reached);
            if (!meeting.passesTogether(whole, boundary)) {
                gang.part(reached, LaneStatus.ARRIVED);
                if (boundary.sync() != null) {
                    for (Cohort warp : block.cohorts) {
                        meeting.uniform(block, warp, boundary);
                    }
                    gang.gather();
                }
                if (!gang.isTogether()) {
                    return;
                }
            }
            region = resumes[reached];
        }
    }

    /** Lets a cohort run until it waits or its turn is over; false if it could not move at all. */
    private boolean turn(LaneBlock block, Cohort cohort) {
        int calls = 0;
        int yields = 0;
        while (!cohort.isDone() && calls < COHORT_TURN) {
            int at = cohort.uniform;
            if (at < 0) {
                int moved = divergedStep(block, cohort);
                if (moved == 0) {
                    return calls > 0;
                }
                if (cohort.held) {
                    return true;
                }
                calls += moved;
                if (spun && ++yields >= PATIENCE) {
                    return true;
                }
                continue;
            }
            // Region 0 starts every cohort: its boundary is not one of the plan's.
            if (calls == 0 && cohort.uniformStatus == LaneStatus.READY && cohort.uniform == 0) {
                runUniform(block, cohort, 0);
                calls++;
                continue;
            }
            Boundary boundary = plan.boundaries().get(at);
            if (boundary.sync() != null && cohort.uniformStatus != LaneStatus.READY) {
                if (cohort.uniformStatus == LaneStatus.WAITING || !meeting.uniform(block, cohort, boundary)) {
                    return calls > 0;
                }
                if (cohort.uniform != at) {
                    calls++;
                    continue;
                }
                if (block.gang != null && boundary.sync().op() instanceof Op.Barrier && block.gang.gather()) {
                    return true;
                }
            }
            if (holds(cohort, boundary)) {
                return true;
            }
            if (boundary.yield() && ++yields >= PATIENCE) {
                spun = true;
                yields = 0;
                runUniform(block, cohort, boundary.resume());
                return true;
            }
            runUniform(block, cohort, boundary.resume());
            calls++;
        }
        return true;
    }

    private void runUniform(LaneBlock block, Cohort cohort, int region) {
        int from = cohort.liveFrom;
        int to = cohort.liveTo;
        int reached = call(cohort, region, from, to);
        for (int i = 0; i < SHUFFLES_IN_A_ROW && reached > 0 && meeting.shuffles(cohort, reached); i++) {
            reached = call(cohort, resumes[reached], from, to);
        }
        if (reached == RegionPlan.EXIT) {
            block.liveThreads -= to - from;
            cohort.exited |= cohort.existingMask();
            cohort.liveTo = cohort.liveFrom;
            meeting.afterExit(block);
        } else if (reached > 0) {
            cohort.uniform = reached;
            cohort.uniformStatus = LaneStatus.ARRIVED;
        } else {
            cohort.uniform = -1;
            Arrays.fill(cohort.status, from, to, LaneStatus.ARRIVED);
            settle(block, cohort, from, to);
        }
    }

    /** Takes note of lanes that have exited, and of lanes that agree again. */
    private void settle(LaneBlock block, Cohort cohort, int from, int to) {
        int gone = 0;
        for (int lane = from; lane < to; lane++) {
            if (cohort.next[lane] == RegionPlan.EXIT && cohort.status[lane] != LaneStatus.WAITING) {
                cohort.next[lane] = -1;
                gone++;
                cohort.exited |= 1 << lane;
            }
        }
        while (cohort.liveFrom < cohort.liveTo && cohort.next[cohort.liveFrom] < 0) {
            cohort.liveFrom++;
        }
        while (cohort.liveTo > cohort.liveFrom && cohort.next[cohort.liveTo - 1] < 0) {
            cohort.liveTo--;
        }
        cohort.agree();
        if (gone > 0) {
            block.liveThreads -= gone;
            meeting.afterExit(block);
        }
    }

    /**
     * Moves some lanes of a cohort that disagree: those furthest behind that can move.
     *
     * @return region calls made; 0 if all wait
     */
    private int divergedStep(LaneBlock block, Cohort cohort) {
        int best = -1;
        int bestPc = Integer.MAX_VALUE;
        boolean bestYields = true;
        for (int lane = cohort.liveFrom; lane < cohort.liveTo; lane++) {
            int at = cohort.next[lane];
            if (at < 0 || cohort.status[lane] == LaneStatus.WAITING) {
                continue;
            }
            Boundary boundary = plan.boundaries().get(at);
            boolean ready = boundary.sync() == null || cohort.status[lane] == LaneStatus.READY;
            // Lanes that may be waiting for others go last: the others must come first to where they are awaited.
            boolean better = ready
                    && (best < 0
                            || bestYields && !boundary.yield()
                            || bestYields == boundary.yield() && boundary.pc() < bestPc);
            if (better) {
                best = at;
                bestPc = boundary.pc();
                bestYields = boundary.yield();
            }
        }
        if (best < 0) {
            return meeting.diverged(block, cohort) ? 1 : 0;
        }
        Boundary boundary = plan.boundaries().get(best);
        spun |= boundary.yield();
        if (boundary.yield() && anyArrived(cohort) && meeting.diverged(block, cohort)) {
            return 1;
        }
        return holds(cohort, boundary) ? 1 : resume(block, cohort, boundary);
    }

    /** Whether others go first, once, before what follows a glance at memory. */
    private static boolean holds(Cohort cohort, Boundary boundary) {
        cohort.held = boundary.glance() && !cohort.held;
        return cohort.held;
    }

    private boolean anyArrived(Cohort cohort) {
        for (int lane = cohort.liveFrom; lane < cohort.liveTo; lane++) {
            if (cohort.next[lane] > 0
                    && cohort.status[lane] == LaneStatus.ARRIVED
                    && plan.boundaries().get(cohort.next[lane]).sync() != null) {
                return true;
            }
        }
        return false;
    }

    private int resume(LaneBlock block, Cohort cohort, Boundary boundary) {
        int calls = 0;
        int lane = cohort.liveFrom;
        while (lane < cohort.liveTo) {
            if (!mayResume(cohort, lane, boundary)) {
                lane++;
                continue;
            }
            int from = lane;
            while (lane < cohort.liveTo && mayResume(cohort, lane, boundary)) {
                lane++;
            }
            int reached = call(cohort, boundary.resume(), from, lane);
            if (reached >= 0) {
                Arrays.fill(cohort.next, from, lane, reached);
            }
            Arrays.fill(cohort.status, from, lane, LaneStatus.ARRIVED);
            calls++;
        }
        settle(block, cohort, cohort.liveFrom, cohort.liveTo);
        return calls;
    }

    private static boolean mayResume(Cohort cohort, int lane, Boundary boundary) {
        return cohort.next[lane] == boundary.id()
                && (boundary.sync() == null
                        ? cohort.status[lane] != LaneStatus.WAITING
                        : cohort.status[lane] == LaneStatus.READY);
    }

    private int call(Cohort cohort, int region, int from, int to) {
        regionCalls += 1 + (to - from >> 5);
        if (regionCalls >= CALLS_BETWEEN_CHECKS) {
            regionCalls = 0;
            checkBudget(cohort, region);
        }
        try {
            if (abreast != null && abreast.takes(region, cohort, from, to)) {
                return abreast.call(region, cohort);
            }
            cohort.stepsHold = false;
            return program.run(region, cohort, from, to);
        } catch (ProgramFault fault) {
            throw new RunStopped(finding(fault, cohort));
        } catch (Cohort.OutOfBudget over) {
            throw new RunStopped(budgetFinding(cohort, faults.locate(over)));
        }
    }

    // ------------------------------------------------------------------ findings

    private void checkBudget(Cohort cohort, int region) {
        if (run.budget().isOutOfTime() || run.isOutOfSteps()) {
            int entry = plan.regions().get(region).entry();
            throw new RunStopped(budgetFinding(cohort, code.get(Math.min(entry, code.size() - 1))));
        }
    }

    private Finding budgetFinding(Cohort cohort, @Nullable Instruction at) {
        SourceLocation place = at == null ? null : at.at();
        return run.budgetFinding(launch, cohort.linearBlock, cohort.base + cohort.lane, place);
    }

    private Finding finding(ProgramFault fault, Cohort cohort) {
        Instruction instruction = faults.locate(fault);
        return launch.finding(
                fault.kind(),
                Severity.ERROR,
                instruction == null ? null : instruction.at(),
                cohort.linearBlock,
                cohort.base + cohort.lane,
                fault.getMessage());
    }
}
