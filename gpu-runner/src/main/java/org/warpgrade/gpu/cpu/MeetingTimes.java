package org.warpgrade.gpu.cpu;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/**
 * When the members of a warp or of a block synchronised, on the {@link Watch}'s clock: all of them, or some, as with a mask
 * or a barrier for so many threads. What came before a meeting is known to all who were there.
 */
final class MeetingTimes {

    /** Meetings of some that are remembered: a missed race is better than a false one. */
    private static final int REMEMBERED = 128;

    private record Some(BitSet members, long time) {}

    private final Deque<Some> some = new ArrayDeque<>();
    private long all;
    private long forgotten;

    void clear() {
        some.clear();
        all = 0;
        forgotten = 0;
    }

    /** All who are left have met. */
    void allMet(long time) {
        some.clear();
        all = time;
        forgotten = 0;
    }

    void someMet(BitSet members, long time) {
        // Who was at a smaller meeting is at this one, too, and has told them all.
        some.removeIf(earlier -> isSubset(earlier.members(), members));
        some.addLast(new Some(members, time));
        if (some.size() > REMEMBERED) {
            forgotten = some.removeFirst().time();
        }
    }

    private static boolean isSubset(BitSet small, BitSet large) {
        BitSet rest = (BitSet) small.clone();
        rest.andNot(large);
        return rest.isEmpty();
    }

    /** Lanes of a warp have met; what lanes did that have exited since is known to nobody. */
    void lanesMet(int lanes, int existing, long time) {
        if ((lanes & existing) == existing) {
            allMet(time);
        } else {
            someMet(BitSet.valueOf(new long[] {lanes & 0xFFFFFFFFL}), time);
        }
    }

    /** Whether all know what any of them did at {@code time}. */
    boolean allKnow(long time) {
        return time < all || time < forgotten;
    }

    /** Whether a member knows what another one did at {@code time}: through meetings since, of both or of others between. */
    boolean knows(int member, int other, long time) {
        if (allKnow(time)) {
            return true;
        }
        if (some.isEmpty()) {
            return false;
        }
        BitSet reached = new BitSet();
        reached.set(other);
        for (Some meeting : some) {
            if (meeting.time() > time && meeting.members().intersects(reached)) {
                reached.or(meeting.members());
            }
        }
        return reached.get(member);
    }

    /** When a member last met anybody. */
    long latest(int member) {
        for (var latest = some.descendingIterator(); latest.hasNext(); ) {
            Some meeting = latest.next();
            if (meeting.members().get(member)) {
                return meeting.time();
            }
        }
        return Math.max(all, forgotten);
    }
}
