package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Order between threads of a launch that no barrier orders (PTX ISA chapter 8, release and acquire patterns): a thread that
 * has executed a fence hands over what it knew then with its next atomic or volatile store on a location; a thread whose
 * atomic or volatile load on that location comes later takes it over. Within a warp that has synchronised, and within a
 * block that went through a barrier, what one thread knows all know.
 */
final class HappensBefore {

    /** Steps of one search after which two accesses are taken to be ordered: a missed race is better than a false one. */
    private static final int PATIENCE = 10_000;

    /** A thread at a moment: it knows its own past, its warp's until {@code warpTime} and its block's until {@code barrierTime}. */
    private record Moment(long block, int thread, long time, long warpTime, long barrierTime) {

        static Moment of(AccessSite site, long time) {
            return new Moment(site.block() & RaceShadow.BLOCK_MASK, site.thread(), time, site.warpTime(), site.barrierTime());
        }

        boolean knows(long otherBlock, int otherThread, long otherTime) {
            return otherBlock == block
                    && (otherThread == thread && otherTime <= time
                            || otherTime < barrierTime
                            || otherThread >> 5 == thread >> 5 && otherTime < warpTime);
        }
    }

    /** What {@code known} knew was handed over through a location at {@code time}. */
    private record Release(Moment known, boolean blockOnly, long location, long time) {}

    private record Acquire(Moment by, long location) {}

    /** A thread's fences: the last one, and the last one that reaches beyond the block. */
    private static final class Fences {
        private Moment any;
        private Moment wide;

        Fences(Moment first) {
            any = first;
            wide = first;
        }
    }

    private final Map<Long, Fences> fences = new HashMap<>();
    private final Map<Long, List<Release>> byBlock = new HashMap<>();
    private final Map<Long, List<Release>> byLocation = new HashMap<>();
    private final Map<Long, List<Acquire>> acquires = new HashMap<>();

    void fence(AccessSite site, boolean blockOnly, long time) {
        Moment now = Moment.of(site, time);
        Fences own = fences.get(key(site));
        if (own == null) {
            Fences first = new Fences(now);
            if (blockOnly) {
                first.wide = new Moment(now.block(), now.thread(), -1, -1, -1);
            }
            fences.put(key(site), first);
        } else {
            own.any = now;
            if (!blockOnly) {
                own.wide = now;
            }
        }
    }

    private static long key(AccessSite site) {
        return site.block() << 10 | site.thread();
    }

    void release(AccessSite site, long location, long time) {
        Fences own = fences.get(key(site));
        if (own == null) {
            return;
        }
        if (own.wide.time() >= 0) {
            add(new Release(own.wide, false, location, time));
        }
        if (own.any != own.wide) {
            add(new Release(own.any, true, location, time));
        }
    }

    private void add(Release release) {
        List<Release> ofBlock = byBlock.computeIfAbsent(release.known().block(), _ -> new ArrayList<>());
        boolean again = !ofBlock.isEmpty()
                && ofBlock.getLast().location() == release.location()
                && ofBlock.getLast().known() == release.known();
        if (!again) {
            ofBlock.add(release);
            byLocation.computeIfAbsent(release.location(), _ -> new ArrayList<>()).add(release);
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
            if (release.known().knows(block, thread, time) && takenOver(release, now)) {
                return true;
            }
        }
        return passedOn(block, thread, time, now);
    }

    private boolean takenOver(Release release, Moment by) {
        for (Acquire acquire : acquires.getOrDefault(by.block(), List.of())) {
            if (takes(acquire, release) && by.knows(by.block(), acquire.by().thread(), acquire.by().time())) {
                return true;
            }
        }
        return false;
    }

    private static boolean takes(Acquire acquire, Release release) {
        return acquire.location() == release.location()
                && acquire.by().time() > release.time()
                && (!release.blockOnly() || acquire.by().block() == release.known().block());
    }

    /** Whether third threads took it over and handed it on. */
    private boolean passedOn(long block, int thread, long time, Moment now) {
        Set<Release> seen = new HashSet<>();
        List<Moment> open = new ArrayList<>(List.of(now));
        int steps = 0;
        while (!open.isEmpty()) {
            Moment moment = open.removeLast();
            for (Acquire acquire : acquires.getOrDefault(moment.block(), List.of())) {
                if (!moment.knows(moment.block(), acquire.by().thread(), acquire.by().time())) {
                    continue;
                }
                for (Release release : byLocation.getOrDefault(acquire.location(), List.of())) {
                    if (++steps > PATIENCE) {
                        return true;
                    }
                    if (takes(acquire, release) && seen.add(release)) {
                        if (release.known().knows(block, thread, time)) {
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
