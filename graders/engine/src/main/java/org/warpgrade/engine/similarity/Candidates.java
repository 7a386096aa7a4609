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

    /**
     * A closer look takes about half a millisecond; if there are more pairs than this per work, the class has one
     * source.
     */
    private static final int MOST_PER_WORK = 4;

    private static final int MOST_AT_LEAST = 2000;

    /** @param share the part of the smaller work's fingerprints that both have, rare ones counting more */
    record Pair(int first, int second, double share) {}

    private Candidates() {}

    /** @param leastShare pairs that share less are left out */
    static List<Pair> of(List<Sketch> sketches, Rarity rarity, double leastShare) {
        Map<Long, List<Integer>> index = new HashMap<>();
        double[] total = new double[sketches.size()];
        for (int i = 0; i < total.length; i++) {
            for (long fingerprint : sketches.get(i).fingerprints()) {
                double weight = rarity.weight(fingerprint);
                total[i] += weight;
                if (weight > 0) {
                    index.computeIfAbsent(fingerprint, hash -> new ArrayList<>(2))
                            .add(i);
                }
            }
        }
        List<Pair> pairs = new ArrayList<>();
        double[] shared = new double[total.length];
        for (int i = 0; i < total.length; i++) {
            Sketch sketch = sketches.get(i);
            List<Integer> met = new ArrayList<>();
            for (long fingerprint : sketch.fingerprints()) {
                double weight = rarity.weight(fingerprint);
                for (int j : index.getOrDefault(fingerprint, List.of())) {
                    if (j > i
                            && !sketches.get(j)
                                    .work()
                                    .owner()
                                    .equals(sketch.work().owner())) {
                        if (shared[j] == 0) {
                            met.add(j);
                        }
                        shared[j] += weight;
                    }
                }
            }
            for (int j : met) {
                double share = shared[j] / Math.min(total[i], total[j]);
                if (share >= leastShare) {
                    pairs.add(new Pair(i, j, share));
                }
                shared[j] = 0;
            }
        }
        pairs.sort(Comparator.comparingDouble((Pair pair) -> -pair.share()));
        return pairs.subList(0, Math.min(pairs.size(), Math.max(MOST_AT_LEAST, MOST_PER_WORK * total.length)));
    }
}
