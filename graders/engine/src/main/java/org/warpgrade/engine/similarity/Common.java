package org.warpgrade.engine.similarity;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Code that a good part of a class has: idioms, and what the lecture showed. In a small class nothing counts as common,
 * because three friends would be most of it.
 */
record Common(Set<Long> windows, Winnowing winnowing) {

    static final Winnowing WINNOWING = new Winnowing(12, 4);

    static final int LEAST_SYMBOLS = 40;

    static final int SMALLEST_CLASS = 12;
    static final double COMMON_SHARE = 0.25;

    static Common of(List<Sketch> sketches) {
        Map<Long, Set<String>> owners = new HashMap<>();
        Set<String> all = new HashSet<>();
        for (Sketch sketch : sketches) {
            all.add(sketch.work().owner());
            for (long window : sketch.windows()) {
                owners.computeIfAbsent(window, hash -> new HashSet<>(2))
                        .add(sketch.work().owner());
            }
        }
        if (all.size() < SMALLEST_CLASS) {
            return new Common(Set.of(), WINNOWING);
        }
        Set<Long> common = new HashSet<>();
        owners.forEach((window, who) -> {
            if (who.size() > COMMON_SHARE * all.size()) {
                common.add(window);
            }
        });
        return new Common(common, WINNOWING);
    }

    Sketch without(Sketch sketch) {
        BitSet given = (BitSet) sketch.given().clone();
        long[] windows = sketch.windows();
        for (int i = 0; i < windows.length; i++) {
            if (this.windows.contains(windows[i])) {
                given.set(i, i + winnowing.width());
            }
        }
        return new Sketch(sketch.work(), sketch.symbols(), windows, given, winnowing.fingerprints(windows, given));
    }
}
