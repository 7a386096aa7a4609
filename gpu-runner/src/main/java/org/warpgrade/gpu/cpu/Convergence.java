package org.warpgrade.gpu.cpu;

import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

/**
 * Makes lanes that part at a branch wait for one another where their ways meet, as the convergence barriers of a GPU do,
 * so that warp instructions and active lanes are counted as the hardware has them. It never keeps a program from going
 * on: lanes that would wait for ever are let go, as independent thread scheduling demands.
 */
final class Convergence {

    /** Backward jumps of a group before it is taken to wait for lanes that are held at a meeting point. */
    private static final int PATIENCE = 1 << 16;

    /** A meeting point of lanes that have parted. */
    static final class Join {
        private final Frame frame;
        private final int pc;
        private final @Nullable Join outer;
        /** Lanes that are still to come or wait already. */
        private int expected;

        private Join(Frame frame, int pc, int expected, @Nullable Join outer) {
            this.frame = frame;
            this.pc = pc;
            this.expected = expected;
            this.outer = outer;
        }

        private boolean isAt(Frame where, int at) {
            return frame == where && pc == at;
        }
    }

    private final Map<TypedFunction, int[]> meetings = new IdentityHashMap<>();

    /** The lanes of a group are about to part at the branch it stands at; all parts inherit where they will meet. */
    void parts(LaneGroup group) {
        int pc = meetings.computeIfAbsent(group.frame.function, PostDominators::of)[group.pc];
        Frame frame = group.frame;
        if (pc == PostDominators.NONE) {
            if (frame.caller == null) {
                return;
            }
            pc = frame.returnPc;
            frame = frame.caller;
        }
        if (group.join == null || !group.join.isAt(frame, pc)) {
            group.join = new Join(frame, pc, group.lanes, group.join);
        }
    }

    /** Whether another group must have its turn: this one has come where it meets others, or it spins. */
    boolean mustSwitch(Warp warp, LaneGroup group, boolean spins) {
        if (holds(warp, group)) {
            return true;
        }
        if (!spins || warp.groups.size() == 1) {
            return false;
        }
        if (group.loops >= PATIENCE && letGo(warp)) {
            group.loops = 0;
        }
        return true;
    }

    private boolean holds(Warp warp, LaneGroup group) {
        Join join = group.join;
        if (join == null || !join.isAt(group.frame, group.pc)) {
            return false;
        }
        group.wait = new LaneGroup.Wait.AtJoin(join);
        release(warp);
        return true;
    }

    /** Lets the lanes go on whose company is complete; whether there were any. */
    boolean release(Warp warp) {
        boolean released = false;
        for (int i = 0; i < warp.groups.size(); i++) {
            if (warp.groups.get(i).wait instanceof LaneGroup.Wait.AtJoin(Join join)
                    && present(warp, join) == (join.expected & warp.live())) {
                merge(warp, join);
                released = true;
                i = -1;
            }
        }
        return released;
    }

    /** Nobody else can go on: lets all lanes go that wait at meeting points; whether there were any. */
    boolean letGo(Warp warp) {
        if (release(warp)) {
            return true;
        }
        for (LaneGroup group : warp.groups) {
            if (group.wait instanceof LaneGroup.Wait.AtJoin(Join join)) {
                join.expected &= ~present(warp, join);
                merge(warp, join);
                return true;
            }
        }
        return false;
    }

    private static int present(Warp warp, Join join) {
        int lanes = 0;
        for (LaneGroup group : warp.groups) {
            if (group.wait instanceof LaneGroup.Wait.AtJoin(Join other) && other == join) {
                lanes |= group.lanes;
            }
        }
        return lanes;
    }

    /** Makes one group of all that wait there; it goes on to the meeting point further out. */
    private static void merge(Warp warp, Join join) {
        LaneGroup first = null;
        for (int i = 0; i < warp.groups.size(); i++) {
            LaneGroup group = warp.groups.get(i);
            if (!(group.wait instanceof LaneGroup.Wait.AtJoin(Join other)) || other != join) {
                continue;
            }
            if (first == null) {
                first = group;
            } else {
                first.lanes |= group.lanes;
                group.lanes = 0;
                warp.groups.remove(i--);
            }
        }
        if (first != null) {
            first.wait = null;
            first.join = join.outer;
            first.loops = 0;
        }
    }

    /** Two groups at one instruction become one: it meets others where both would have. */
    static @Nullable Join common(@Nullable Join one, @Nullable Join other, int lanesOfOne, int lanesOfOther) {
        for (Join a = one; a != null; a = a.outer) {
            for (Join b = other; b != null; b = b.outer) {
                if (a == b) {
                    leave(one, a, lanesOfOne);
                    leave(other, a, lanesOfOther);
                    return a;
                }
            }
        }
        leave(one, null, lanesOfOne);
        leave(other, null, lanesOfOther);
        return null;
    }

    private static void leave(@Nullable Join from, @Nullable Join to, int lanes) {
        for (Join join = from; join != to && join != null; join = join.outer) {
            join.expected &= ~lanes;
        }
    }
}
