package org.warpgrade.gpu.cpu;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.cpu.RegionPlan.Boundary;
import org.warpgrade.gpu.host.ProgramFault;
import org.warpgrade.gpu.host.RuntimeCalls;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.LinkedKernel;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.Source;
import org.warpgrade.gpu.ptx.typed.UnsupportedPtxException;

/** What lanes do at boundaries where they meet: exchanges within the warp, barriers of the block, runtime calls. */
final class LaneMeeting {

    private final RunContext run;
    private final KernelLaunch launch;
    private final RegionPlan plan;
    private final @Nullable Watch watch;
    private final RuntimeCalls calls;
    private final LaneCalls functions;
    private final SpilledRegisters registers;
    private final LaneBarriers barriers;
    /** By the numbers of boundaries. */
    private final @Nullable RowShuffle[] shuffles;

    private final RowShuffle.Sent sent;

    LaneMeeting(RunContext run, KernelLaunch launch, RegionPlan plan, @Nullable Watch watch) {
        this.watch = watch;
        this.sent = new RowShuffle.Sent(Math.max(Frame.LANES, launch.threadsPerBlock()));
        this.run = run;
        this.launch = launch;
        this.plan = plan;
        this.calls = new KernelCalls(run);
        this.registers = new SpilledRegisters(plan);
        this.functions = new LaneCalls(plan, registers, run.module().layout());
        this.barriers = new LaneBarriers(run, launch, plan, registers, watch);
        this.shuffles = plan.boundaries().stream()
                .map(boundary -> RowShuffle.of(boundary, plan))
                .toArray(RowShuffle[]::new);
    }

    // ------------------------------------------------------------------ all live lanes at one boundary

    /** Does the shuffle of a whole warp, if the boundary is one and all lanes are at it; they go on at once. */
    boolean shuffles(Cohort cohort, int boundary) {
        if (shuffles[boundary] == null || !cohort.isWholeWarp()) {
            return false;
        }
        shuffle(cohort, shuffles[boundary]);
        warpSynchronised(cohort, WarpExchange.WHOLE_WARP);
        return true;
    }

    private void shuffle(Cohort cohort, RowShuffle shuffle) {
        if (shuffle.fetched()) {
            cohort.send(shuffle.senders());
        } else {
            shuffle.perform(cohort, sent);
        }
    }

    /** Whether the warps of a block that have come to a boundary together can go on together; then all is done there. */
    boolean passesTogether(Cohort whole, Boundary boundary) {
        RowShuffle shuffle = shuffles[boundary.id()];
        if (shuffle != null) {
            shuffle(whole, shuffle);
            return true;
        }
        return boundary.sync() == null
                ? !boundary.yield()
                : boundary.sync().op() instanceof Op.Barrier barrier && LaneBarriers.isPassedTogether(barrier);
    }

    /** Does what the boundary asks of all live lanes; true if they may go on. */
    boolean uniform(LaneBlock block, Cohort cohort, Boundary boundary) {
        if (shuffles(cohort, boundary.id())) {
            cohort.uniformStatus = LaneStatus.READY;
            return true;
        }
        Instruction instruction = java.util.Objects.requireNonNull(boundary.sync());
        switch (instruction.op()) {
            case Op.Barrier barrier -> {
                boolean released = barriers.arrive(block, cohort, barrier, boundary, cohort.liveFrom, cohort.liveTo);
                if (!released && cohort.uniform >= 0) {
                    cohort.uniformStatus = LaneStatus.WAITING;
                    barriers.releaseIfComplete(block, barriers.named(cohort, barrier, block, cohort.liveFrom));
                }
                return cohort.uniform >= 0 && cohort.uniformStatus == LaneStatus.READY;
            }
            case Op.Call call -> {
                for (int lane = cohort.liveFrom; lane < cohort.liveTo; lane++) {
                    call(cohort, lane, call, boundary);
                }
                cohort.agree();
                return true;
            }
            case Op.Return _ -> {
                for (int lane = cohort.liveFrom; lane < cohort.liveTo; lane++) {
                    functions.leave(cohort, lane, boundary);
                }
                cohort.agree();
                return true;
            }
            case Op.ActiveMask(int d) -> {
                int mask = liveMask(cohort);
                for (int lane = cohort.liveFrom; lane < cohort.liveTo; lane++) {
                    registers.set(cohort, d, lane, mask & 0xFFFFFFFFL);
                }
                cohort.uniformStatus = LaneStatus.READY;
                return true;
            }
            default -> {
                int live = liveMask(cohort);
                int mask = maskOf(cohort, instruction.op(), cohort.liveFrom);
                if (allNameTheSame(cohort, instruction.op(), mask) && (mask & live) == live) {
                    new WarpExchange(new CohortLanes(cohort), live, mask).perform(instruction);
                } else {
                    spread(cohort);
                    return diverged(block, cohort);
                }
            }
        }
        warpSynchronised(cohort, liveMask(cohort));
        cohort.uniformStatus = LaneStatus.READY;
        return true;
    }

    private void warpSynchronised(Cohort cohort, int lanes) {
        if (watch != null) {
            cohort.warpMeetings.lanesMet(lanes, cohort.existingMask(), watch.tick());
        }
    }

    private static int liveMask(Cohort cohort) {
        int count = cohort.liveTo - cohort.liveFrom;
        return count >= 32 ? -1 : ((1 << count) - 1) << cohort.liveFrom;
    }

    /** Tells lane by lane what was known of all. */
    private static void spread(Cohort cohort) {
        for (int lane = cohort.liveFrom; lane < cohort.liveTo; lane++) {
            cohort.next[lane] = cohort.uniform;
            cohort.status[lane] = cohort.uniformStatus;
        }
        cohort.uniform = -1;
    }

    private boolean allNameTheSame(Cohort cohort, Op op, int mask) {
        if (WarpExchange.maskOf(op) instanceof Source.Register) {
            for (int lane = cohort.liveFrom + 1; lane < cohort.liveTo; lane++) {
                if (maskOf(cohort, op, lane) != mask) {
                    return false;
                }
            }
        }
        return true;
    }

    private int maskOf(Cohort cohort, Op op, int lane) {
        Source mask = WarpExchange.maskOf(op);
        return mask == null ? WarpExchange.WHOLE_WARP : (int) registers.value(cohort, mask, lane);
    }

    // ------------------------------------------------------------------ lanes at different boundaries

    /** Serves some boundary that can be served; false if all lanes must wait. */
    boolean diverged(LaneBlock block, Cohort cohort) {
        for (int lane = cohort.liveFrom; lane < cohort.liveTo; lane++) {
            int at = cohort.next[lane];
            if (at <= 0 || cohort.status[lane] != LaneStatus.ARRIVED) {
                continue;
            }
            Boundary boundary = plan.boundaries().get(at);
            Instruction instruction = boundary.sync();
            if (instruction == null) {
                continue;
            }
            switch (instruction.op()) {
                case Op.Barrier barrier -> {
                    int to = lane + 1;
                    while (to < cohort.liveTo && cohort.next[to] == at && cohort.status[to] == LaneStatus.ARRIVED) {
                        to++;
                    }
                    if (!barriers.arrive(block, cohort, barrier, boundary, lane, to)) {
                        java.util.Arrays.fill(cohort.status, lane, to, LaneStatus.WAITING);
                        barriers.releaseIfComplete(block, barriers.named(cohort, barrier, block, lane));
                    }
                    return true;
                }
                case Op.Call call -> {
                    for (int other = lane; other < cohort.liveTo; other++) {
                        if (hasArrived(cohort, other, at)) {
                            call(cohort, other, call, boundary);
                        }
                    }
                    return true;
                }
                case Op.Return _ -> {
                    for (int other = lane; other < cohort.liveTo; other++) {
                        if (hasArrived(cohort, other, at)) {
                            functions.leave(cohort, other, boundary);
                        }
                    }
                    return true;
                }
                case Op.ActiveMask(int d) -> {
                    int mask = 0;
                    for (int other = cohort.liveFrom; other < cohort.liveTo; other++) {
                        if (hasArrived(cohort, other, at)) {
                            mask |= 1 << other;
                        }
                    }
                    for (int rest = mask; rest != 0; rest &= rest - 1) {
                        int other = cohort.first + Integer.numberOfTrailingZeros(rest);
                        registers.set(cohort, d, other, mask & 0xFFFFFFFFL);
                        cohort.status[other] = LaneStatus.READY;
                    }
                    return true;
                }
                default -> {
                    if (exchange(cohort, lane, instruction)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean hasArrived(Cohort cohort, int lane, int at) {
        return cohort.next[lane] == at && cohort.status[lane] == LaneStatus.ARRIVED;
    }

    private boolean exchange(Cohort cohort, int leader, Instruction instruction) {
        int mask = maskOf(cohort, instruction.op(), leader);
        int live = cohort.existingMask() & ~cohort.exited;
        int present = 0;
        for (int lane = cohort.liveFrom; lane < cohort.liveTo; lane++) {
            if (cohort.next[lane] > 0 && cohort.status[lane] == LaneStatus.ARRIVED) {
                Instruction other = plan.boundaries().get(cohort.next[lane]).sync();
                if (other != null
                        && WarpExchange.sameKind(other.op(), instruction.op())
                        && maskOf(cohort, other.op(), lane) == mask) {
                    present |= 1 << lane;
                }
            }
        }
        if ((present & mask & live) != (mask & live)) {
            return false;
        }
        CohortLanes lanes = new CohortLanes(cohort);
        int strangers = present & ~mask;
        if (strangers != 0) {
            int lane = Integer.numberOfTrailingZeros(strangers);
            lanes.report(FindingKind.INVALID_MASK, lane, WarpExchange.notNamed(lane, mask));
        }
        new WarpExchange(lanes, present, mask).perform(instruction);
        warpSynchronised(cohort, present);
        for (int rest = present; rest != 0; rest &= rest - 1) {
            cohort.status[cohort.first + Integer.numberOfTrailingZeros(rest)] = LaneStatus.READY;
        }
        return true;
    }

    /** Threads are gone: barriers need not wait for them. */
    void afterExit(LaneBlock block) {
        barriers.afterExit(block);
    }

    // ------------------------------------------------------------------ who waits for ever

    /** Nobody in the block can move: says who waits where. */
    Finding deadlock(LaneBlock block) {
        Waiting waiting = new Waiting();
        for (Cohort cohort : block.cohorts) {
            for (int lane = cohort.liveFrom; lane < cohort.liveTo; lane++) {
                int at = cohort.uniform >= 0 ? cohort.uniform : cohort.next[lane];
                if (at > 0) {
                    waiting.add(cohort, lane, plan.boundaries().get(at));
                }
            }
        }
        return waiting.finding();
    }

    /** Collects where the threads of a stuck block wait. */
    private final class Waiting {

        private int threads;
        private @Nullable Cohort firstCohort;
        private int firstLane;
        private @Nullable Boundary first;
        private @Nullable Boundary second;

        void add(Cohort cohort, int lane, Boundary boundary) {
            threads++;
            if (first == null) {
                first = boundary;
                firstCohort = cohort;
                firstLane = lane;
            } else if (second == null && boundary.pc() != first.pc()) {
                second = boundary;
            }
        }

        Finding finding() {
            if (first == null || firstCohort == null || first.sync() == null) {
                throw new IllegalStateException("a stuck block waits nowhere");
            }
            SourceLocation at = first.sync().at();
            SourceLocation other = second == null || second.sync() == null
                    ? null
                    : second.sync().at();
            String what = first.sync().op() instanceof Op.Barrier op
                    ? BlockBarriers.name(registers.value(firstCohort, op.id(), firstLane))
                    : BlockBarriers.warpFunction(
                            maskOf(firstCohort, first.sync().op(), firstLane));
            return launch.finding(
                    FindingKind.DEADLOCK,
                    Severity.ERROR,
                    at,
                    firstCohort.linearBlock,
                    firstCohort.base + firstLane,
                    BlockBarriers.deadlock(threads, what, at, second != null, other));
        }
    }

    // ------------------------------------------------------------------ calls

    /** Sends a lane into a function, or serves what it asks of the runtime; it may go on. */
    private void call(Cohort cohort, int lane, Op.Call call, Boundary boundary) {
        Instruction instruction = java.util.Objects.requireNonNull(boundary.sync());
        cohort.lane = lane;
        try {
            String name = functions.nameOf(cohort, lane, call);
            LinkedKernel.Body body = functions.body(name);
            if (body != null) {
                functions.enter(cohort, lane, call, boundary, body);
                return;
            }
            if (!calls.call(name, new CohortSite(cohort, lane, call, instruction))) {
                throw new UnsupportedPtxException("the function " + name + " is not supported", instruction.at());
            }
        } catch (ProgramFault fault) {
            throw new RunStopped(launch.finding(
                    fault.kind(),
                    Severity.ERROR,
                    instruction.at(),
                    cohort.linearBlock,
                    cohort.base + lane,
                    fault.getMessage()));
        }
        for (Near near : cohort.near) {
            near.forget();
        }
        cohort.next[lane] = boundary.id();
        cohort.status[lane] = LaneStatus.READY;
    }

    private void report(
            FindingKind kind, Severity severity, @Nullable SourceLocation at, Cohort cohort, int lane, String message) {
        run.findings().add(launch.finding(kind, severity, at, cohort.linearBlock, cohort.base + lane, message));
    }

    /** The lanes of a warp cohort in an exchange, where they are numbered from 0 on. */
    private final class CohortLanes implements WarpExchange.Lanes {

        private final Cohort cohort;

        CohortLanes(Cohort cohort) {
            this.cohort = cohort;
        }

        private Boundary boundary(int lane) {
            return plan.boundaries().get(cohort.uniform >= 0 ? cohort.uniform : cohort.next[cohort.first + lane]);
        }

        private Instruction instruction(int lane) {
            return java.util.Objects.requireNonNull(boundary(lane).sync());
        }

        /** Tells the cohort, and so faults and sanitizers, who is at work where. */
        private void at(int lane) {
            cohort.lane = cohort.first + lane;
            cohort.pc = boundary(lane).pc();
        }

        @Override
        public Op op(int lane) {
            return instruction(lane).op();
        }

        @Override
        public long value(Source source, int lane) {
            return registers.value(cohort, source, cohort.first + lane);
        }

        @Override
        public void set(int register, int lane, long bits) {
            registers.set(cohort, register, cohort.first + lane, bits);
        }

        @Override
        public long load(Op.Space space, long address, int bytes, int lane) {
            at(lane);
            try {
                return watch == null
                        ? LaneAccess.get(cohort, space, address, bytes)
                        : WatchedAccess.get(cohort, space, address, bytes);
            } catch (ProgramFault fault) {
                throw stopped(fault, lane);
            }
        }

        @Override
        public void store(Op.Space space, long address, int bytes, long value, int lane) {
            at(lane);
            try {
                if (watch == null) {
                    LaneAccess.put(cohort, space, address, bytes, value);
                } else {
                    WatchedAccess.put(cohort, space, address, bytes, value);
                }
            } catch (ProgramFault fault) {
                throw stopped(fault, lane);
            }
        }

        @Override
        public void requireAligned(Op.Space space, long address, int bytes, boolean write, int lane) {
            try {
                LaneAccess.requireAligned(cohort, space, address, bytes, write);
            } catch (ProgramFault fault) {
                throw stopped(fault, lane);
            }
        }

        private RunStopped stopped(ProgramFault fault, int lane) {
            return new RunStopped(launch.finding(
                    fault.kind(),
                    Severity.ERROR,
                    instruction(lane).at(),
                    cohort.linearBlock,
                    cohort.base + cohort.first + lane,
                    fault.getMessage()));
        }

        @Override
        public int existing() {
            return cohort.existingMask();
        }

        @Override
        public int exited() {
            return cohort.exited;
        }

        @Override
        public void report(FindingKind kind, int lane, String message) {
            LaneMeeting.this.report(kind, Severity.ERROR, instruction(lane).at(), cohort, cohort.first + lane, message);
        }
    }
}
