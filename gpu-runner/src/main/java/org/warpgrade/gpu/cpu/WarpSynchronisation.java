package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.Source;

/**
 * Warp-synchronous instructions: a lane that executes one waits until every live lane that its mask names executes the
 * same kind of instruction with the same mask; then values are exchanged (PTX ISA 9.7.9.6, 9.7.13).
 */
final class WarpSynchronisation {

    /** What a lane receives that no lane sent: nothing that a correct program could use. */
    static final long NOBODY = 0x7FA5A5A5L;

    private static final int WHOLE_WARP = -1;

    private final WarpInterpreter interpreter;

    WarpSynchronisation(WarpInterpreter interpreter) {
        this.interpreter = interpreter;
    }

    /** Lanes of a group reach a warp-synchronous instruction. */
    void arrive(Warp warp, LaneGroup group, int lanes, Instruction instruction) {
        int others = group.lanes & ~lanes;
        if (others != 0) {
            warp.groups.add(new LaneGroup(group.frame, group.pc + 1, others));
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
                part = new LaneGroup(group.frame, group.pc, same);
                warp.groups.add(part);
                group.lanes &= ~same;
            }
            first = false;
            part.wait = new LaneGroup.Wait.ForLanes(mask);
            tryComplete(warp, part);
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
            interpreter.report(
                    FindingKind.INVALID_MASK,
                    Severity.ERROR,
                    instruction.at(),
                    warp,
                    lane,
                    "lane " + lane + " executes a warp function whose mask 0x" + Integer.toHexString(mask)
                            + " does not name it");
        }
    }

    private int maskOf(Op op, Warp warp, Frame frame, int lane) {
        Source mask =
                switch (op) {
                    case Op.WarpBarrier barrier -> barrier.mask();
                    case Op.Shuffle shuffle -> shuffle.mask();
                    case Op.Vote vote -> vote.mask();
                    case Op.Match match -> match.mask();
                    case Op.Reduce reduce -> reduce.mask();
                    default -> null;
                };
        return mask == null ? WHOLE_WARP : (int) interpreter.value(mask, warp, frame, lane);
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
                    && sameKind(group.instruction().op(), op)) {
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
        new Exchange(warp, owner, present, mask).perform(arrived.instruction());
        for (LaneGroup party : parties) {
            party.wait = null;
            party.pc++;
        }
        mergeEqual(warp);
    }

    private static void mergeEqual(Warp warp) {
        for (int i = 0; i < warp.groups.size(); i++) {
            LaneGroup a = warp.groups.get(i);
            for (int j = i + 1; j < warp.groups.size(); j++) {
                LaneGroup b = warp.groups.get(j);
                if (a.isRunnable() && b.isRunnable() && a.frame == b.frame && a.pc == b.pc) {
                    a.lanes |= b.lanes;
                    b.lanes = 0;
                    warp.groups.remove(j--);
                }
            }
        }
    }

    private static boolean sameKind(Op a, Op b) {
        if (a instanceof Op.Shuffle x && b instanceof Op.Shuffle y) {
            return x.mode() == y.mode();
        }
        if (a instanceof Op.Vote x && b instanceof Op.Vote y) {
            return x.mode() == y.mode();
        }
        return a.getClass() == b.getClass();
    }

    /** One completed exchange between the lanes present. */
    private final class Exchange {

        private final Warp warp;
        private final @Nullable LaneGroup[] owner;
        private final int present;
        private final int mask;

        Exchange(Warp warp, @Nullable LaneGroup[] owner, int present, int mask) {
            this.warp = warp;
            this.owner = owner;
            this.present = present;
            this.mask = mask;
        }

        void perform(Instruction instruction) {
            switch (instruction.op()) {
                case Op.WarpBarrier _ -> {}
                case Op.Shuffle _ -> shuffle();
                case Op.Vote vote -> vote(vote);
                case Op.Match match -> match(match);
                case Op.Reduce _ -> reduce();
                case Op.MatrixLoad _, Op.MatrixMultiply _ ->
                    new MatrixOperations(interpreter, warp, owner).perform(instruction);
                default -> throw new IllegalStateException("not warp-synchronous: " + instruction.op());
            }
        }

        private LaneGroup ownerOf(int lane) {
            LaneGroup group = owner[lane];
            if (group == null) {
                throw new IllegalStateException("lane " + lane + " is not present");
            }
            return group;
        }

        private Op opOf(int lane) {
            return ownerOf(lane).instruction().op();
        }

        private long value(Source source, int lane) {
            return interpreter.value(source, warp, ownerOf(lane).frame, lane);
        }

        private void set(int register, int lane, long bits) {
            ownerOf(lane).frame.set(register, lane, bits);
        }

        private void shuffle() {
            long[] sent = new long[Frame.LANES];
            for (int rest = present; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                sent[lane] = value(((Op.Shuffle) opOf(lane)).a(), lane);
            }
            for (int rest = present; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                Op.Shuffle op = (Op.Shuffle) opOf(lane);
                int source = ShuffleLanes.source(op.mode(), lane, (int) value(op.b(), lane), (int) value(op.c(), lane));
                boolean inRange = source >= 0;
                int from = inRange ? source : lane;
                long received;
                if ((present & 1 << from) != 0) {
                    received = sent[from];
                } else {
                    received = NOBODY;
                    if (op.d() >= 0) {
                        absentSource(lane, from);
                    }
                }
                set(op.d(), lane, received);
                set(op.p(), lane, inRange ? 1 : 0);
            }
        }

        private void absentSource(int lane, int from) {
            String why = (warp.existing & 1 << from) == 0 ? "is not part of the block"
                    : (warp.exited & 1 << from) != 0 ? "has returned already"
                    : (mask & 1 << from) == 0 ? "is not named by the mask 0x" + Integer.toHexString(mask)
                    : "does not take part";
            interpreter.report(
                    FindingKind.INVALID_MASK,
                    Severity.ERROR,
                    ownerOf(lane).instruction().at(),
                    warp,
                    lane,
                    "lane " + lane + " shuffles in a value from lane " + from + ", which " + why
                            + ": the value is undefined");
        }

        private void vote(Op.Vote op) {
            int ballot = 0;
            for (int rest = present; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                if (value(((Op.Vote) opOf(lane)).predicate(), lane) != 0) {
                    ballot |= 1 << lane;
                }
            }
            long result =
                    switch (op.mode()) {
                        case ALL -> ballot == present ? 1 : 0;
                        case ANY -> ballot != 0 ? 1 : 0;
                        case UNI -> ballot == present || ballot == 0 ? 1 : 0;
                        case BALLOT -> ballot & 0xFFFFFFFFL;
                    };
            for (int rest = present; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                set(((Op.Vote) opOf(lane)).d(), lane, result);
            }
        }

        private void match(Op.Match op) {
            long[] values = new long[Frame.LANES];
            for (int rest = present; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                long bits = value(((Op.Match) opOf(lane)).a(), lane);
                values[lane] = op.wide() ? bits : bits & 0xFFFFFFFFL;
            }
            int leader = Integer.numberOfTrailingZeros(present);
            for (int rest = present; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                int equal = 0;
                for (int other = present; other != 0; other &= other - 1) {
                    int l = Integer.numberOfTrailingZeros(other);
                    if (values[l] == values[lane]) {
                        equal |= 1 << l;
                    }
                }
                Op.Match own = (Op.Match) opOf(lane);
                boolean all = equal == present && values[lane] == values[leader];
                set(own.d(), lane, (own.all() ? all ? present : 0 : equal) & 0xFFFFFFFFL);
                set(own.p(), lane, all ? 1 : 0);
            }
        }

        private void reduce() {
            long result = 0;
            boolean first = true;
            for (int rest = present; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                Op.Reduce op = (Op.Reduce) opOf(lane);
                long value = value(op.a(), lane);
                result = first ? value : Meanings.of(op.meaning(), false, false).apply(result, value, 0, 0);
                first = false;
            }
            for (int rest = present; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                set(((Op.Reduce) opOf(lane)).d(), lane, result);
            }
        }
    }
}
