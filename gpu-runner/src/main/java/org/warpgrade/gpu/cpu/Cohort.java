package org.warpgrade.gpu.cpu;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.ptx.typed.RegisterKind;

/**
 * Threads of a block that the lane-loop executor schedules together: a warp if lanes of a warp exchange values, else the
 * whole block. Public, with public fields, because generated code reads them; nobody else should.
 */
public final class Cohort implements AccessSite {

    /** Registers that cross region boundaries: slot after slot, in each the lanes. Predicates are ints. */
    public final int[] ints;

    public final long[] longs;
    public final float[] floats;
    public final double[] doubles;
    /** The boundary that each lane has reached. */
    public final int[] next;
    /** Instructions that each lane has executed beyond {@link #everyLane}. */
    private final long[] steps;

    /** Instructions that all lanes have executed. */
    private long everyLane;

    /** Whether any of {@link #steps} is not 0. */
    private boolean uneven;

    public final int[] tidX;
    public final int[] tidY;
    public final int[] tidZ;
    /** How many lanes it has, from {@link #first} on. */
    public final int lanes;
    /** From one slot to the next. */
    public final int stride;
    /** Index in the block of lane 0. */
    public final int base;
    /** Its first lane: not 0 where the warps of a block share their arrays. */
    final int first;
    /** Whose arrays it uses. */
    private final Cohort owner;

    public int ntidX;
    public int ntidY;
    public int ntidZ;
    public int ctaidX;
    public int ctaidY;
    public int ctaidZ;
    public int nctaidX;
    public int nctaidY;
    public int nctaidZ;
    public byte[] shared = new byte[0];
    public byte[] params = new byte[0];
    /** Stacks of all lanes, {@link #localStride} bytes each. */
    public byte[] locals = new byte[0];
    /** Per byte of {@link #locals} 1 where it was written; empty if nobody watches. */
    byte[] writtenLocals;

    public int localStride;
    /** Call argument areas of all lanes, {@link #outStride} bytes each. */
    public byte[] out = new byte[0];

    public int outStride;
    /** Where the local variables of the function that each lane is in begin in its local memory. */
    public final int[] stackBase;

    private final @Nullable LaneStack[] stacks;

    /** By the numbers that {@link Pointers} gives. */
    public final Near[] near;

    /** The senders of lanes that receive nothing: everyone its own. */
    private static final ShuffleLanes.Senders OWN = ShuffleLanes.own();

    private ShuffleLanes.Senders senders = OWN;

    /** The lane at work, for faults. */
    public int lane;
    /** The access at work, set only by code that is compiled for the sanitizers. */
    public int pc;

    final RunContext run;
    final DeviceMemory memory;
    final KernelLaunch launch;
    private final boolean readsUnwritten;
    /** Whether the kernel calls functions that stayed functions. */
    private final boolean calls;

    long linearBlock;
    private long clock;
    private final @Nullable Watch watch;
    private final Watch.@Nullable SharedShadow sharedShadow;
    /** Of the shared shadow. */
    private final long[] settled;
    /** The last instruction that announced itself as volatile, relaxed, acquire or release. */
    private int strongPc = -1;

    /** Instructions and what was reported there. */
    private final Set<Long> reported = new HashSet<>();

    final MeetingTimes warpMeetings = new MeetingTimes();
    private final MeetingTimes blockMeetings;

    // What the scheduler knows of the lanes.
    /** Lanes before this one, and from {@link #liveTo} on, have exited. */
    int liveFrom;

    int liveTo;
    /** The boundary at which all live lanes are, or -1 if they differ. */
    int uniform;
    /** Whether the live lanes may go on from their common boundary. */
    LaneStatus uniformStatus = LaneStatus.READY;

    /** Set by generated code: lanes that went abreast go on one after the other. */
    public boolean parted;

    /** Whether all registers with a step that somebody reads have it in every row, so that lanes abreast need not look. */
    public boolean stepsHold;

    /** Instructions that rows of lanes abreast have executed, the first {@link #rowsTo} lanes as many each. */
    private int ofRows;

    private int rowsTo;

    /** Whether it has just let others run, between a glance at memory and what comes of it. */
    boolean held;

    final LaneStatus[] status;
    /** Lanes that have exited, in a cohort that is a warp. */
    int exited;

    Cohort(
            RunContext run,
            KernelLaunch launch,
            LaneCompiler.Compiled compiled,
            @Nullable Watch watch,
            Watch.@Nullable SharedShadow sharedShadow,
            MeetingTimes blockMeetings,
            Near[] near,
            int base,
            int lanes) {
        RegionPlan plan = compiled.plan();
        this.readsUnwritten = plan.readsUnwritten();
        this.calls = !plan.linked().bodies().isEmpty();
        this.near = near;
        this.watch = watch;
        this.sharedShadow = sharedShadow;
        this.settled = sharedShadow == null ? new long[0] : sharedShadow.settled.moments;
        this.blockMeetings = blockMeetings;
        this.run = run;
        this.memory = run.memory();
        this.launch = launch;
        this.base = base;
        this.first = 0;
        this.lanes = lanes;
        this.owner = this;
        this.stride = plan.isWarpWide() && lanes < Frame.LANES ? Frame.LANES : lanes;
        this.ints = new int[plan.slotCount(RegisterKind.INT) * stride];
        this.longs = new long[plan.slotCount(RegisterKind.LONG) * stride];
        this.floats = new float[plan.slotCount(RegisterKind.FLOAT) * stride];
        this.doubles = new double[plan.slotCount(RegisterKind.DOUBLE) * stride];
        this.next = new int[lanes];
        this.stackBase = new int[lanes];
        this.stacks = new LaneStack[lanes];
        this.steps = new long[lanes];
        this.status = new LaneStatus[lanes];
        this.tidX = new int[lanes];
        this.tidY = new int[lanes];
        this.tidZ = new int[lanes];
        this.ntidX = launch.block().x();
        this.ntidY = launch.block().y();
        this.ntidZ = launch.block().z();
        this.nctaidX = launch.grid().x();
        this.nctaidY = launch.grid().y();
        this.nctaidZ = launch.grid().z();
        for (int lane = 0; lane < lanes; lane++) {
            int thread = base + lane;
            tidX[lane] = thread % ntidX;
            tidY[lane] = thread / ntidX % ntidY;
            tidZ[lane] = thread / (ntidX * ntidY);
        }
        this.params = launch.parameters();
        this.localStride = plan.function().localBytes();
        this.locals = new byte[localStride * lanes];
        this.writtenLocals = new byte[watch == null ? 0 : locals.length];
        this.outStride = plan.function().outgoingBytes();
        this.out = new byte[outStride * lanes];
    }

    /** A warp of a block that is a cohort itself, in the same arrays. */
    Cohort(Cohort block, int first, int lanes) {
        this.readsUnwritten = block.readsUnwritten;
        this.calls = block.calls;
        this.near = block.near;
        this.watch = block.watch;
        this.sharedShadow = block.sharedShadow;
        this.settled = block.settled;
        this.blockMeetings = block.blockMeetings;
        this.run = block.run;
        this.memory = block.memory;
        this.launch = block.launch;
        this.base = block.base;
        this.first = first;
        this.owner = block;
        this.lanes = lanes;
        this.stride = block.stride;
        this.ints = block.ints;
        this.longs = block.longs;
        this.floats = block.floats;
        this.doubles = block.doubles;
        this.next = block.next;
        this.stackBase = block.stackBase;
        this.stacks = block.stacks;
        this.steps = block.steps;
        this.status = block.status;
        this.tidX = block.tidX;
        this.tidY = block.tidY;
        this.tidZ = block.tidZ;
        this.ntidX = block.ntidX;
        this.ntidY = block.ntidY;
        this.ntidZ = block.ntidZ;
        this.nctaidX = block.nctaidX;
        this.nctaidY = block.nctaidY;
        this.nctaidZ = block.nctaidZ;
        this.params = block.params;
        this.localStride = block.localStride;
        this.locals = block.locals;
        this.writtenLocals = block.writtenLocals;
        this.outStride = block.outStride;
        this.out = block.out;
    }

    /** Makes the cohort's lanes the threads of another block, at the beginning of the kernel. */
    void begin(long linear, int x, int y, int z, byte[] blockShared) {
        goTo(linear, x, y, z, blockShared);
        clear();
    }

    /** The same without the arrays, which belong to the cohort of the whole block. */
    void goTo(long linear, int x, int y, int z, byte[] blockShared) {
        linearBlock = linear;
        ctaidX = x;
        ctaidY = y;
        ctaidZ = z;
        shared = blockShared;
        liveFrom = first;
        liveTo = first + lanes;
        exited = 0;
        uniform = 0;
        uniformStatus = LaneStatus.READY;
        held = false;
        senders = OWN;
        stepsHold = false;
        everyLane = 0;
        warpMeetings.clear();
    }

    private void clear() {
        Allocation.fill(locals, run.settings().poison());
        java.util.Arrays.fill(writtenLocals, (byte) 0);
        if (uneven) {
            java.util.Arrays.fill(steps, 0);
            uneven = false;
        }
        if (readsUnwritten) {
            // Registers that nobody wrote hold the same in every block, whichever ran here before.
            java.util.Arrays.fill(ints, 0);
            java.util.Arrays.fill(longs, 0);
            java.util.Arrays.fill(floats, 0);
            java.util.Arrays.fill(doubles, 0);
        }
        if (calls) {
            java.util.Arrays.fill(stackBase, 0);
            for (LaneStack stack : stacks) {
                if (stack != null) {
                    stack.clear();
                }
            }
        }
    }

    /** Finds out whether all live lanes are at one boundary in the same state. */
    void agree() {
        uniform = -1;
        if (isDone()) {
            return;
        }
        int common = next[liveFrom];
        LaneStatus state = status[liveFrom];
        for (int at = liveFrom + 1; at < liveTo; at++) {
            if (next[at] != common || status[at] != state) {
                return;
            }
        }
        uniformStatus = state;
        uniform = common;
    }

    /** A lane's stack of calls. */
    LaneStack stack(int ofLane) {
        LaneStack stack = stacks[ofLane];
        if (stack == null) {
            stack = new LaneStack();
            stacks[ofLane] = stack;
        }
        return stack;
    }

    /** Makes the local memory of each lane at least that large, new bytes poisoned. */
    void growLocals(int bytes) {
        Warp.checkStack(bytes);
        if (bytes <= localStride) {
            return;
        }
        int stride = Math.max(bytes, Math.min(localStride * 2, Warp.STACK_LIMIT));
        byte[] grown = new byte[stride * lanes];
        byte[] written = new byte[watch == null ? 0 : grown.length];
        Allocation.fill(grown, run.settings().poison());
        for (int at = 0; at < lanes; at++) {
            System.arraycopy(locals, at * localStride, grown, at * stride, localStride);
            if (watch != null) {
                System.arraycopy(writtenLocals, at * localStride, written, at * stride, localStride);
            }
        }
        locals = grown;
        writtenLocals = written;
        localStride = stride;
    }

    boolean isDone() {
        return liveFrom >= liveTo;
    }

    /** Whether the lanes are 32, of which none has exited. */
    boolean isWholeWarp() {
        return lanes == Frame.LANES && liveFrom == first && liveTo == first + lanes && exited == 0;
    }

    int existingMask() {
        return lanes >= 32 ? -1 : (1 << lanes) - 1;
    }

    // ------------------------------------------------------------------ shuffles

    /** The region that begins next fetches what each lane receives from that lane's sender. */
    void send(ShuffleLanes.Senders fromLanes) {
        senders = fromLanes;
    }

    /** Called by generated code: where the row begins that lanes fetch from, which is theirs unless somebody sent. */
    public int fetchedRow(int sentSlot, int ownSlot) {
        return (senders == OWN ? ownSlot : sentSlot) * stride;
    }

    /** Called by generated code: for each lane the one it fetches from; what was sent is fetched once. */
    public short[] takeSenders() {
        short[] taken = senders.lanes();
        senders = OWN;
        return taken;
    }

    /**
     * Called by generated code: puts what was sent where the lanes have it, which are all of the block.
     *
     * @param inFloats whether they are floats
     */
    public void receive(boolean inFloats, int sentSlot, int ownSlot) {
        ShuffleLanes.Senders from = senders;
        senders = OWN;
        if (from == OWN) {
            return;
        }
        int sent = sentSlot * stride;
        int own = ownSlot * stride;
        if (inFloats && from.distance() > 0) {
            Abreast.swap(floats, sent, own, lanes, from.distance());
        } else if (inFloats) {
            for (int at = 0; at < lanes; at++) {
                floats[own + at] = floats[sent + from.lanes()[at]];
            }
        } else {
            for (int at = 0; at < lanes; at++) {
                ints[own + at] = ints[sent + from.lanes()[at]];
            }
        }
    }

    // ------------------------------------------------------------------ what the sanitizers ask

    Watch watch() {
        return java.util.Objects.requireNonNull(watch);
    }

    Watch.SharedShadow sharedShadow() {
        return java.util.Objects.requireNonNull(sharedShadow);
    }

    /** Whether the watch has nothing to find out about a read of a word of shared memory that is no more than that. */
    boolean readsSettled(int offset) {
        return SettledReads.isSettled(settled[offset >> 2], clockOfWatch(), thread()) && strongPc != pc;
    }

    private long clockOfWatch() {
        return watch.clock;
    }

    void nextIsStrong() {
        strongPc = pc;
    }

    @Override
    public long block() {
        return linearBlock;
    }

    @Override
    public int thread() {
        return base + lane;
    }

    @Override
    public int pc() {
        return pc;
    }

    @Override
    public MeetingTimes blockMeetings() {
        return blockMeetings;
    }

    @Override
    public MeetingTimes warpMeetings() {
        return warpMeetings;
    }

    @Override
    public boolean isStrong() {
        return strongPc == pc;
    }

    @Override
    public Finding finding(FindingKind kind, String message) {
        return launch.finding(
                kind, Severity.ERROR, launch.kernel().code().get(pc).at(), linearBlock, thread(), message);
    }

    @Override
    public void report(FindingKind kind, String message) {
        // The same of another lane would not be told again.
        if (reported.add((long) pc * FindingKind.values().length + kind.ordinal())) {
            run.findings().add(finding(kind, message));
        }
    }

    /** Lanes below which looking ahead costs more than it saves. */
    private static final int FEWEST_IN_ROW = 8;

    /** Called by generated code: whether the lanes are neighbours in one row of the block, and enough of them. */
    public boolean isRow(int from, int to) {
        return to - from >= FEWEST_IN_ROW && tidX[to - 1] - tidX[from] == to - 1 - from;
    }

    // ------------------------------------------------------------------ executed instructions

    /** Called by generated code: all of these lanes have executed so many instructions, those apart that differed. */
    public void executed(int from, int to, int count) {
        if (from == first && to == first + lanes) {
            everyLane += count;
            return;
        }
        owner.uneven = true;
        for (int at = from; at < to; at++) {
            steps[at] += count;
        }
    }

    /**
     * Called by generated code: a lane has executed another number of instructions than those before it.
     *
     * @param common instructions of the others, meaningless for the first lane
     * @return instructions of the others: the first lane is the measure
     */
    public int differs(int atLane, int executed, int common, int first) {
        if (atLane == first) {
            return executed;
        }
        owner.uneven = true;
        steps[atLane] += executed - common;
        return common;
    }

    /** Instructions that each of its lanes has executed, beyond those that are counted lane by lane. */
    long everyLane() {
        return everyLane;
    }

    /** Instructions of a lane that are counted for it alone. */
    long steps(int atLane) {
        return steps[atLane];
    }

    /** Whether there are such. */
    boolean isUneven() {
        return owner.uneven;
    }

    /** Called by generated code: a lane that goes abreast has executed so many instructions more than the others. */
    public void executedMore(int atLane, int count) {
        owner.uneven = true;
        steps[atLane] += count;
    }

    /** A clock that does not go back where lanes go on in another cohort. */
    void clockFrom(Cohort other) {
        clock = Math.max(clock, other.clock);
    }

    /** Called by generated code on a loop's back-edge now and then: charges the budget. */
    public void charge(int atLane, int executed) {
        owner.uneven = true;
        steps[atLane] += executed;
        lane = atLane;
        run.count(executed);
        if (run.budget().isOutOfTime() || run.isOutOfSteps()) {
            throw new OutOfBudget();
        }
    }

    /** Called by generated code: the same of a row that goes abreast, mostly as many as the row before. */
    public void executedTogether(int from, int to, int count) {
        if (from == first || from == rowsTo && count == ofRows) {
            ofRows = count;
            rowsTo = to;
        } else {
            executed(from, to, count);
        }
    }

    /** All rows have gone. */
    void countRows() {
        if (rowsTo > first) {
            executed(first, rowsTo, ofRows);
            rowsTo = first;
        }
    }

    /** Called by generated code now and then: the same of lanes that go abreast. */
    public void chargeTogether(int from, int to, int count) {
        executed(from, to, count);
        lane = from;
        run.count((long) count * (to - from));
        if (run.budget().isOutOfTime() || run.isOutOfSteps()) {
            throw new OutOfBudget();
        }
    }

    /** A clock that advances with every look, the same in every run. */
    public long clock() {
        clock += 32;
        return clock;
    }

    /** Ends compiled code that ran out of time or steps; caught by the scheduler, which words it. */
    static final class OutOfBudget extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
