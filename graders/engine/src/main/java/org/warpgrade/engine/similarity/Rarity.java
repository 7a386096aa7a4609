package org.warpgrade.engine.similarity;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much it tells that two works share a window. What only two people in a class have tells everything; what a
 * quarter of the class has is an idiom or was shown in the lecture and tells nothing; in between it falls in a straight
 * line. In a small class everything tells, because there three friends would already be a quarter.
 */
final class Rarity {

    /** Below this many owners no count is meaningful. */
    private static final int SMALLEST_CLASS = 12;

    private static final double COMMON_SHARE = 0.25;

    /** In a class of twenty a ring of five is a quarter, too: so many owners at least make code common. */
    private static final double COMMON_AT_LEAST = 8;

    private final Map<Long, Integer> owners;
    private final int all;

    private Rarity(Map<Long, Integer> owners, int all) {
        this.owners = owners;
        this.all = all;
    }

    static Rarity of(List<Sketch> sketches) {
        Map<String, Set<Long>> byOwner = new HashMap<>();
        for (Sketch sketch : sketches) {
            Set<Long> windows = byOwner.computeIfAbsent(sketch.work().owner(), owner -> new HashSet<>());
            for (long window : sketch.windows()) {
                windows.add(window);
            }
        }
        Map<Long, Integer> owners = new HashMap<>();
        byOwner.values().forEach(windows -> windows.forEach(window -> owners.merge(window, 1, Integer::sum)));
        return new Rarity(owners, byOwner.size());
    }

    /** From 0, says nothing, to 1. */
    double weight(long window) {
        if (all < SMALLEST_CLASS) {
            return 1;
        }
        int others = owners.getOrDefault(window, 0) - 2;
        double common = Math.max(COMMON_AT_LEAST, COMMON_SHARE * all) - 2;
        return Math.clamp(1 - others / common, 0.0, 1.0);
    }

    /** The weight of every symbol: that of the most common window that covers it; 0 for what was given. */
    double[] weights(Sketch sketch, int width) {
        double[] weights = new double[sketch.symbols().size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = sketch.given().get(i) ? 0 : 1;
        }
        long[] windows = sketch.windows();
        for (int start = 0; start < windows.length; start++) {
            double weight = weight(windows[start]);
            for (int i = start; weight < 1 && i < start + width; i++) {
                weights[i] = Math.min(weights[i], weight);
            }
        }
        return weights;
    }
}
