package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Happens-before between blocks of a launch: a block that has executed a fence releases what it did before with its next
 * atomic (or volatile store) on a location; a block whose atomic (or volatile load) comes later on that location acquires
 * it (PTX ISA chapter 8, release and acquire patterns). Blocks are taken as one: inside, barriers order their threads.
 */
final class BlockSynchronisation {

    /** What a block handed over: everything it did until {@code covers}, at {@code time}, through a location. */
    private record Release(long covers, long time, long location, Map<Long, Long> acquired) {}

    private final Map<Long, Long> fences = new HashMap<>();
    private final Map<Long, List<Release>> releases = new HashMap<>();
    /** For each block the locations it acquired, with the time. */
    private final Map<Long, Map<Long, Long>> acquired = new HashMap<>();

    void fence(long block, long time) {
        fences.put(block, time);
    }

    void release(long block, long location, long time) {
        Long fenced = fences.get(block);
        if (fenced != null) {
            List<Release> own = releases.computeIfAbsent(block, _ -> new ArrayList<>());
            if (own.isEmpty() || own.getLast().covers() != fenced || own.getLast().location() != location) {
                own.add(new Release(
                        fenced, time, location, Map.copyOf(acquired.getOrDefault(block, Map.of()))));
            }
        }
    }

    void acquire(long block, long location, long time) {
        acquired.computeIfAbsent(block, _ -> new HashMap<>()).put(location, time);
    }

    /** Whether what {@code from} did at {@code time} is known to {@code to} now. */
    boolean isOrdered(long from, long time, long to) {
        return reaches(from, time, acquired.getOrDefault(to, Map.of()), 4);
    }

    private boolean reaches(long from, long time, Map<Long, Long> known, int depth) {
        for (Release release : releases.getOrDefault(from, List.of())) {
            if (release.covers() < time) {
                continue;
            }
            if (known.getOrDefault(release.location(), -1L) > release.time()) {
                return true;
            }
            if (depth > 0 && passedOn(from, release, known, depth)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a third block acquired the release and released it again to where {@code known} looks. */
    private boolean passedOn(long from, Release release, Map<Long, Long> known, int depth) {
        for (Map.Entry<Long, List<Release>> third : releases.entrySet()) {
            if (third.getKey() == from) {
                continue;
            }
            for (Release next : third.getValue()) {
                if (next.acquired().getOrDefault(release.location(), -1L) > release.time()
                        && known.getOrDefault(next.location(), -1L) > next.time()) {
                    return true;
                }
            }
        }
        return false;
    }
}
