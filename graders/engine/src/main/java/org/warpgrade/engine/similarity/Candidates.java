package org.warpgrade.engine.similarity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pairs that are worth a closer look, found with an inverted index of fingerprints: the work is in proportion to
 * what is shared, not to the square of the class.
 */
final class Candidates {

    /** A closer look takes about a third of a millisecond; more pairs than this per work are not all copies. */
    private static final int MOST_PER_WORK = 8;

    private static final int MOST_AT_LEAST = 2000;

    record Pair(int first, int second, double share) {}

    private Candidates() {}

    /** @param leastShare which part of the smaller work's fingerprints two works must share */
    static List<Pair> of(List<Sketch> sketches, double leastShare) {
        Map<Long, List<Integer>> index = new HashMap<>();
        for (int i = 0; i < sketches.size(); i++) {
            for (long fingerprint : sketches.get(i).fingerprints()) {
                index.computeIfAbsent(fingerprint, hash -> new ArrayList<>(2)).add(i);
            }
        }
        List<Pair> pairs = new ArrayList<>();
        int[] shared = new int[sketches.size()];
        for (int i = 0; i < sketches.size(); i++) {
            Sketch sketch = sketches.get(i);
            List<Integer> met = new ArrayList<>();
            for (long fingerprint : sketch.fingerprints()) {
                for (int j : index.get(fingerprint)) {
                    if (j > i && shared[j]++ == 0) {
                        met.add(j);
                    }
                }
            }
            for (int j : met) {
                Sketch other = sketches.get(j);
                int smaller = Math.min(
                        sketch.fingerprints().size(), other.fingerprints().size());
                double share = (double) shared[j] / Math.max(1, smaller);
                if (share >= leastShare
                        && !sketch.work().owner().equals(other.work().owner())) {
                    pairs.add(new Pair(i, j, share));
                }
                shared[j] = 0;
            }
        }
        pairs.sort(Comparator.comparingDouble((Pair pair) -> -pair.share()));
        return pairs.subList(0, Math.min(pairs.size(), Math.max(MOST_AT_LEAST, MOST_PER_WORK * sketches.size())));
    }
}
