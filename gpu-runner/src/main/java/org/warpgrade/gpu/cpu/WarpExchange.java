package org.warpgrade.gpu.cpu;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.Source;

/** One completed exchange between the lanes of a warp that are present; the same for both executors. */
final class WarpExchange {

    /** What a lane receives that no lane sent: nothing that a correct program could use. */
    static final long NOBODY = 0x7FA5A5A5L;

    /** The mask of instructions that name none: all lanes take part. */
    static final int WHOLE_WARP = -1;

    /** The lanes as an executor holds them. */
    interface Lanes {

        /** The instruction that the lane is at; lanes may be at different ones of one kind. */
        Op op(int lane);

        long value(Source source, int lane);

        void set(int register, int lane, long bits);

        /** Reads {@code bytes} at an address as the lane would; ends the run with a finding of the lane if it may not. */
        long load(Op.Space space, long address, int bytes, int lane);

        /** Writes as the lane would; ends the run with a finding of the lane if it may not. */
        void store(Op.Space space, long address, int bytes, long value, int lane);

        /** Ends the run with a finding of the lane unless the address is a multiple of {@code bytes}. */
        void requireAligned(Op.Space space, long address, int bytes, boolean write, int lane);

        /** Lanes that hold a thread of the block. */
        int existing();

        int exited();

        void report(FindingKind kind, int lane, String message);
    }

    private final Lanes lanes;
    private final int present;
    private final int mask;

    WarpExchange(Lanes lanes, int present, int mask) {
        this.lanes = lanes;
        this.present = present;
        this.mask = mask;
    }

    /** The operand that names the lanes; null for instructions that take the whole warp. */
    static @Nullable Source maskOf(Op op) {
        return switch (op) {
            case Op.WarpBarrier barrier -> barrier.mask();
            case Op.Shuffle shuffle -> shuffle.mask();
            case Op.Vote vote -> vote.mask();
            case Op.Match match -> match.mask();
            case Op.Reduce reduce -> reduce.mask();
            case Op.Elect elect -> elect.mask();
            default -> null;
        };
    }

    /** Whether lanes at these two instructions may meet. */
    static boolean sameKind(Op a, Op b) {
        if (a instanceof Op.Shuffle x && b instanceof Op.Shuffle y) {
            return x.mode() == y.mode();
        }
        if (a instanceof Op.Vote x && b instanceof Op.Vote y) {
            return x.mode() == y.mode();
        }
        if (a instanceof Op.MatrixLoad
                || a instanceof Op.MatrixMultiply
                || a instanceof Op.FragmentLoad
                || a instanceof Op.FragmentStore) {
            // .aligned: all lanes are at the very same instruction.
            return a == b;
        }
        return a.getClass() == b.getClass();
    }

    static String notNamed(int lane, int mask) {
        return "lane " + lane + " executes a warp function whose mask 0x" + Integer.toHexString(mask)
                + " does not name it";
    }

    void perform(Instruction instruction) {
        switch (instruction.op()) {
            case Op.WarpBarrier _ -> {}
            case Op.Shuffle _ -> shuffle();
            case Op.Vote vote -> vote(vote);
            case Op.Match match -> match(match);
            case Op.Reduce _ -> reduce();
            case Op.Elect _ -> elect();
            case Op.MatrixLoad _, Op.MatrixMultiply _, Op.FragmentLoad _, Op.FragmentStore _ ->
                new MatrixOperations(lanes, present).perform(instruction.op());
            default -> throw new IllegalStateException("not warp-synchronous: " + instruction.op());
        }
    }

    private void shuffle() {
        long[] sent = new long[Frame.LANES];
        for (int rest = present; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            sent[lane] = lanes.value(((Op.Shuffle) lanes.op(lane)).a(), lane);
        }
        for (int rest = present; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            Op.Shuffle op = (Op.Shuffle) lanes.op(lane);
            int source = ShuffleLanes.source(
                    op.mode(), lane, (int) lanes.value(op.b(), lane), (int) lanes.value(op.c(), lane));
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
            lanes.set(op.d(), lane, received);
            lanes.set(op.p(), lane, inRange ? 1 : 0);
        }
    }

    private void absentSource(int lane, int from) {
        String why;
        if ((lanes.existing() & 1 << from) == 0) {
            why = "is not part of the block";
        } else if ((mask & 1 << from) == 0) {
            why = "is not named by the mask 0x" + Integer.toHexString(mask);
        } else if ((lanes.exited() & 1 << from) != 0) {
            why = "has returned without this shuffle, though the mask 0x" + Integer.toHexString(mask) + " names it";
        } else {
            why = "does not take part";
        }
        lanes.report(
                FindingKind.INVALID_MASK,
                lane,
                "lane " + lane + " shuffles in a value from lane " + from + ", which " + why
                        + ": the value is undefined");
    }

    private void vote(Op.Vote op) {
        int ballot = 0;
        for (int rest = present; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            if (lanes.value(((Op.Vote) lanes.op(lane)).predicate(), lane) != 0) {
                ballot |= 1 << lane;
            }
        }
        long result = switch (op.mode()) {
            case ALL -> ballot == present ? 1 : 0;
            case ANY -> ballot != 0 ? 1 : 0;
            case UNI -> ballot == present || ballot == 0 ? 1 : 0;
            case BALLOT -> ballot & 0xFFFFFFFFL;
        };
        for (int rest = present; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            lanes.set(((Op.Vote) lanes.op(lane)).d(), lane, result);
        }
    }

    private void match(Op.Match op) {
        long[] values = new long[Frame.LANES];
        for (int rest = present; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            long bits = lanes.value(((Op.Match) lanes.op(lane)).a(), lane);
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
            Op.Match own = (Op.Match) lanes.op(lane);
            boolean all = equal == present && values[lane] == values[leader];
            lanes.set(own.d(), lane, (own.all() ? all ? present : 0 : equal) & 0xFFFFFFFFL);
            lanes.set(own.p(), lane, all ? 1 : 0);
        }
    }

    /** The lowest lane: PTX asks only that it be the same one for the same mask. */
    private void elect() {
        int leader = Integer.numberOfTrailingZeros(present);
        for (int rest = present; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            Op.Elect op = (Op.Elect) lanes.op(lane);
            lanes.set(op.d(), lane, leader);
            lanes.set(op.p(), lane, lane == leader ? 1 : 0);
        }
    }

    private void reduce() {
        long result = 0;
        boolean first = true;
        for (int rest = present; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            Op.Reduce op = (Op.Reduce) lanes.op(lane);
            long value = lanes.value(op.a(), lane);
            result = first ? value : Meanings.of(op.meaning(), false, false).apply(result, value, 0, 0);
            first = false;
        }
        for (int rest = present; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            lanes.set(((Op.Reduce) lanes.op(lane)).d(), lane, result);
        }
    }
}
