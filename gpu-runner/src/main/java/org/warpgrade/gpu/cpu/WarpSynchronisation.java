package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.host.ProgramFault;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.Source;

/**
 * Warp-synchronous instructions: a lane that executes one waits until every live lane that its mask names executes the
 * same kind of instruction with the same mask; then values are exchanged (PTX ISA 9.7.9.6, 9.7.13).
 */
final class WarpSynchronisation {

    private final RunContext run;
    private final LaneValues values;
    private final LaneAtWork at;
    private final InterpretedMemory memory;
    private final @Nullable Watch watch;
    /** What the lanes of a shuffle send. */
    private final long[] sent = new long[Frame.LANES];

    WarpSynchronisation(
            RunContext run, LaneValues values, LaneAtWork at, InterpretedMemory memory, @Nullable Watch watch) {
        this.run = run;
        this.values = values;
        this.at = at;
        this.memory = memory;
        this.watch = watch;
    }

    /** Lanes of a group reach a warp-synchronous instruction. */
    void arrive(Warp warp, LaneGroup group, int lanes, Instruction instruction) {
        if (lanes == -1
                && warp.live() == -1
                && instruction.op() instanceof Op.Shuffle shuffle
                && shuffleRow(warp, group, shuffle)) {
            met(warp, -1);
            group.pc++;
            return;
        }
        int others = group.lanes & ~lanes;
        if (others != 0) {
            warp.groups.add(group.part(group.pc + 1, others));
            group.lanes = lanes;
        }
        int rest = lanes;
        boolean first = true;
        while (rest != 0) {
            int leader = Integer.numberOfTrailingZeros(rest);
            int mask = maskOf(instruction.op(), warp, group.frame, leader);
            int same = 0;
            for (int l = rest; l != 0; l &= l - 1) {
                int lane = Integer.numberOfTrailingZeros(l);
                if (maskOf(instruction.op(), warp, group.frame, lane) == mask) {
                    same |= 1 << lane;
                }
            }
            rest &= ~same;
            checkMask(warp, instruction, mask, same);
            LaneGroup part = group;
            if (!first || rest != 0) {
                part = group.part(group.pc, same);
                warp.groups.add(part);
                group.lanes &= ~same;
            }
            first = false;
            part.wait = new LaneGroup.Wait.ForLanes(mask);
            tryComplete(warp, part);
        }
    }

    /** The commonest exchange: a whole warp shuffles by constants. Whether it was that. */
    private boolean shuffleRow(Warp warp, LaneGroup group, Op.Shuffle op) {
        if (op.d() < 0
                || op.p() >= 0
                || !(op.mask() instanceof Source.Constant(long mask))
                || (int) mask != WarpExchange.WHOLE_WARP
                || !(op.b() instanceof Source.Constant(long offset))
                || !(op.c() instanceof Source.Constant(long clamp))) {
            return false;
        }
        short[] sources =
                ShuffleLanes.table(op.mode(), (int) offset, (int) clamp).lanes();
        values.row(op.a(), warp, group.frame, -1, sent);
        long[] registers = group.frame.registers;
        int base = op.d() * Frame.LANES;
        for (int lane = 0; lane < Frame.LANES; lane++) {
            registers[base + lane] = sent[sources[lane]];
        }
        return true;
    }

    private void met(Warp warp, int lanes) {
        if (watch != null) {
            warp.meetings.lanesMet(lanes, warp.existing, watch.tick());
        }
    }

    /** A lane left for good: those who waited for it need not any longer. */
    void afterExit(Warp warp) {
        for (LaneGroup group : List.copyOf(warp.groups)) {
            if (group.wait instanceof LaneGroup.Wait.ForLanes) {
                tryComplete(warp, group);
            }
        }
    }

    private void checkMask(Warp warp, Instruction instruction, int mask, int lanes) {
        if ((mask & lanes) != lanes) {
            int lane = Integer.numberOfTrailingZeros(lanes & ~mask);
            report(FindingKind.INVALID_MASK, instruction, warp, lane, WarpExchange.notNamed(lane, mask));
        }
    }

    private int maskOf(Op op, Warp warp, Frame frame, int lane) {
        Source mask = WarpExchange.maskOf(op);
        return mask == null ? WarpExchange.WHOLE_WARP : (int) values.of(mask, warp, frame, lane);
    }

    private void tryComplete(Warp warp, LaneGroup arrived) {
        if (!(arrived.wait instanceof LaneGroup.Wait.ForLanes(int mask))) {
            return;
        }
        Op op = arrived.instruction().op();
        List<LaneGroup> parties = new ArrayList<>(2);
        int present = 0;
        for (LaneGroup group : warp.groups) {
            if (group.wait instanceof LaneGroup.Wait.ForLanes(int other)
                    && other == mask
                    && WarpExchange.sameKind(group.instruction().op(), op)) {
                parties.add(group);
                present |= group.lanes;
            }
        }
        if ((present & (mask & warp.live())) != (mask & warp.live())) {
            return;
        }
        LaneGroup[] owner = new LaneGroup[Frame.LANES];
        for (LaneGroup party : parties) {
            for (int rest = party.lanes; rest != 0; rest &= rest - 1) {
                owner[Integer.numberOfTrailingZeros(rest)] = party;
            }
        }
        new WarpExchange(new GroupLanes(warp, owner), present, mask).perform(arrived.instruction());
        met(warp, present);
        for (LaneGroup party : parties) {
            party.wait = null;
            party.pc++;
        }
        mergeEqual(warp);
    }

    private void report(FindingKind kind, Instruction instruction, Warp warp, int lane, String message) {
        run.findings().add(at.finding(kind, Severity.ERROR, instruction.at(), warp, lane, message));
    }

    private static void mergeEqual(Warp warp) {
        for (int i = 0; i < warp.groups.size(); i++) {
            LaneGroup a = warp.groups.get(i);
            for (int j = i + 1; j < warp.groups.size(); j++) {
                LaneGroup b = warp.groups.get(j);
                if (a.isRunnable() && b.isRunnable() && a.frame == b.frame && a.pc == b.pc) {
                    a.join = Convergence.common(a.join, b.join, a.lanes, b.lanes);
                    a.lanes |= b.lanes;
                    b.lanes = 0;
                    warp.groups.remove(j--);
                }
            }
        }
    }

    /** The lanes of an exchange, each with the group that it belongs to. */
    private final class GroupLanes implements WarpExchange.Lanes {

        private final Warp warp;
        private final @Nullable LaneGroup[] owner;

        GroupLanes(Warp warp, @Nullable LaneGroup[] owner) {
            this.warp = warp;
            this.owner = owner;
        }

        private LaneGroup ownerOf(int lane) {
            LaneGroup group = owner[lane];
            if (group == null) {
                throw new IllegalStateException("lane " + lane + " is not present");
            }
            return group;
        }

        private void standAt(int lane) {
            at.at(warp, ownerOf(lane));
            at.lane = lane;
        }

        @Override
        public Op op(int lane) {
            return ownerOf(lane).instruction().op();
        }

        @Override
        public long value(Source source, int lane) {
            return values.of(source, warp, ownerOf(lane).frame, lane);
        }

        @Override
        public void set(int register, int lane, long bits) {
            ownerOf(lane).frame.set(register, lane, bits);
        }

        @Override
        public long load(Op.Space space, long address, int bytes, int lane) {
            standAt(lane);
            try {
                return memory.read(space, address, bytes);
            } catch (ProgramFault fault) {
                throw stopped(fault, lane);
            }
        }

        @Override
        public void store(Op.Space space, long address, int bytes, long value, int lane) {
            standAt(lane);
            try {
                memory.write(space, address, bytes, value);
            } catch (ProgramFault fault) {
                throw stopped(fault, lane);
            }
        }

        @Override
        public void requireAligned(Op.Space space, long address, int bytes, boolean write, int lane) {
            try {
                memory.requireAligned(space, address, bytes, write);
            } catch (ProgramFault fault) {
                throw stopped(fault, lane);
            }
        }

        private RunStopped stopped(ProgramFault fault, int lane) {
            return new RunStopped(at.finding(
                    fault.kind(), Severity.ERROR, ownerOf(lane).instruction().at(), warp, lane, fault.getMessage()));
        }

        @Override
        public int existing() {
            return warp.existing;
        }

        @Override
        public int exited() {
            return warp.exited;
        }

        @Override
        public void report(FindingKind kind, int lane, String message) {
            WarpSynchronisation.this.report(kind, ownerOf(lane).instruction(), warp, lane, message);
        }
    }
}
