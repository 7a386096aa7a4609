package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Order between threads of a launch that no barrier orders (PTX ISA chapter 8, release and acquire patterns): a thread that
 * has executed a fence hands over what it knew then with its next atomic or volatile store on a location, and so it does what
 * others wrote before fences of their own that it knows of, as when all threads of a block fence and one of them counts the
 * block. A thread whose atomic or volatile load on that location comes later takes it over. Within a warp that has synchronised, and within a
 * block that went through a barrier, what one thread knows all know.
 */
final class HappensBefore {

    /** Steps of one search after which two accesses are taken to be ordered: a missed race is better than a false one. */
    private static final int PATIENCE = 10_000;

    /** A thread at a moment: it knows its own past, its warp's until {@code warpTime} and its block's until {@code barrierTime}. */
    private record Moment(long block, int thread, long time, long warpTime, long barrierTime) {

        static Moment of(AccessSite site, long time) {
            return new Moment(
                    site.block() & RaceShadow.BLOCK_MASK,
                    site.thread(),
                    time,
                    site.warpMeetings().latest(site.thread() & 31),
                    site.blockMeetings().latest(site.thread()));
        }

        boolean knows(long otherBlock, int otherThread, long otherTime) {
            return otherBlock == block
                    && (otherThread == thread && otherTime < time
                            || otherTime < barrierTime
                            || otherThread >> 5 == thread >> 5 && otherTime < warpTime);
        }
    }

    /** What {@code known} knew was handed over by {@code by} through a location at {@code time}. */
    private record Release(Moment known, Moment by, boolean blockOnly, long location, long time) {}

    private record Acquire(Moment by, long location) {}

    /** A thread's fences: the last one, and those that reach beyond the block. */
    private static final class Fences {

        /** Fences of a thread that are remembered. */
        private static final int REMEMBERED = 32;

        private Moment any;
        private Moment wide;
        private final long[] wideTimes = new long[REMEMBERED];
        private int wideCount;

        Fences(Moment first) {
            any = first;
            wide = first;
        }

        void addWide(Moment now) {
            wide = now;
            wideTimes[wideCount++ % REMEMBERED] = now.time();
        }

        /** The first fence beyond the block that came after {@code time}, as far as is remembered; -1 if there is none. */
        long firstWideAfter(long time) {
            for (int i = Math.max(0, wideCount - REMEMBERED); i < wideCount; i++) {
                if (wideTimes[i % REMEMBERED] > time) {
                    return wideTimes[i % REMEMBERED];
                }
            }
            return -1;
        }
    }

    private final Map<Long, Fences> fences = new HashMap<>();
    /** Blocks of which a thread has executed a fence that reaches beyond it. */
    private final Set<Long> fencedBlocks = new HashSet<>();

    private final Map<Long, List<Release>> byBlock = new HashMap<>();
    private final Map<Long, List<Release>> byLocation = new HashMap<>();
    private final Map<Long, List<Acquire>> acquires = new HashMap<>();

    void fence(AccessSite site, boolean blockOnly, long time) {
        Moment now = Moment.of(site, time);
        Fences own = fences.get(key(site));
        if (own == null) {
            own = new Fences(nothing(now));
            fences.put(key(site), own);
        }
        own.any = now;
        if (!blockOnly) {
            own.addWide(now);
            fencedBlocks.add(now.block());
        }
    }

    private static Moment nothing(Moment by) {
        return new Moment(by.block(), by.thread(), -1, -1, -1);
    }

    private static long key(AccessSite site) {
        return key(site.block() & RaceShadow.BLOCK_MASK, site.thread());
    }

    private static long key(long block, int thread) {
        return block << 10 | thread;
    }

    void release(AccessSite site, long location, long time) {
        Fences own = fences.get(key(site));
        boolean anyWide = fencedBlocks.contains(site.block() & RaceShadow.BLOCK_MASK);
        if (own == null && !anyWide) {
            return;
        }
        Moment by = Moment.of(site, time);
        if (anyWide) {
            add(new Release(own == null ? nothing(by) : own.wide, by, false, location, time));
        }
        if (own != null && own.any != own.wide) {
            add(new Release(own.any, by, true, location, time));
        }
    }

    private void add(Release release) {
        List<Release> ofBlock = byBlock.computeIfAbsent(release.known().block(), _ -> new ArrayList<>());
        boolean again = !ofBlock.isEmpty()
                && ofBlock.getLast().location() == release.location()
                && ofBlock.getLast().known().equals(release.known())
                && ofBlock.getLast().by().barrierTime() == release.by().barrierTime()
                && ofBlock.getLast().by().warpTime() == release.by().warpTime();
        if (!again) {
            ofBlock.add(release);
            byLocation
                    .computeIfAbsent(release.location(), _ -> new ArrayList<>())
                    .add(release);
        }
    }

    void acquire(AccessSite site, long location, long time) {
        List<Release> released = byLocation.get(location);
        if (released == null) {
            return;
        }
        List<Acquire> ofBlock = acquires.computeIfAbsent(site.block() & RaceShadow.BLOCK_MASK, _ -> new ArrayList<>());
        long lastRelease = released.getLast().time();
        for (int i = ofBlock.size() - 1; i >= 0 && ofBlock.get(i).by().time() > lastRelease; i--) {
            Acquire earlier = ofBlock.get(i);
            if (earlier.location() == location && earlier.by().thread() == site.thread()) {
                return;
            }
        }
        ofBlock.add(new Acquire(Moment.of(site, time), location));
    }

    /** Whether what a thread did at {@code time} is known to the site now. */
    boolean isOrdered(long block, int thread, long time, AccessSite site) {
        Moment now = Moment.of(site, Long.MAX_VALUE);
        for (Release release : byBlock.getOrDefault(block, List.of())) {
            if (handsOver(release, block, thread, time) && takenOver(release, now)) {
                return true;
            }
        }
        return passedOn(block, thread, time, now);
    }

    /** Whether what a thread did at a time is among what was handed over. */
    private boolean handsOver(Release release, long block, int thread, long time) {
        if (release.known().knows(block, thread, time)) {
            return true;
        }
        Fences own = release.blockOnly() ? null : fences.get(key(block, thread));
        long fence = own == null ? -1 : own.firstWideAfter(time);
        return fence >= 0 && release.by().knows(block, thread, fence);
    }

    private boolean takenOver(Release release, Moment by) {
        for (Acquire acquire : acquires.getOrDefault(by.block(), List.of())) {
            if (takes(acquire, release)
                    && by.knows(by.block(), acquire.by().thread(), acquire.by().time())) {
                return true;
            }
        }
        return false;
    }

    private static boolean takes(Acquire acquire, Release release) {
        return acquire.location() == release.location()
                && acquire.by().time() > release.time()
                && (!release.blockOnly()
                        || acquire.by().block() == release.known().block());
    }

    /** Whether third threads took it over and handed it on. */
    private boolean passedOn(long block, int thread, long time, Moment now) {
        Set<Release> seen = new HashSet<>();
        List<Moment> open = new ArrayList<>(List.of(now));
        int steps = 0;
        while (!open.isEmpty()) {
            Moment moment = open.removeLast();
            for (Acquire acquire : acquires.getOrDefault(moment.block(), List.of())) {
                if (!moment.knows(
                        moment.block(), acquire.by().thread(), acquire.by().time())) {
                    continue;
                }
                for (Release release : byLocation.getOrDefault(acquire.location(), List.of())) {
                    if (++steps > PATIENCE) {
                        return true;
                    }
                    if (takes(acquire, release) && seen.add(release)) {
                        if (handsOver(release, block, thread, time)) {
                            return true;
                        }
                        open.add(release.known());
                    }
                }
            }
        }
        return false;
    }
}
