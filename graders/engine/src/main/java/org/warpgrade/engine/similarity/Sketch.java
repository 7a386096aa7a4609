package org.warpgrade.engine.similarity;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A work prepared for comparison.
 *
 * @param symbols its canonical form
 * @param windows the hash of every window
 * @param places where each hash stands: at most {@link #MOST_PLACES} places, none of them in given code
 * @param given symbols of code that everybody was given
 * @param fingerprints the hashes that winnowing keeps
 */
record Sketch(
        Work work, Symbols symbols, long[] windows, Map<Long, int[]> places, BitSet given, Set<Long> fingerprints) {

    /**
     * A window that a work repeats more often starts no tile from its later places: generated code is compared in part.
     */
    private static final int MOST_PLACES = 24;

    static Sketch of(Work work, Set<Long> givenWindows, Winnowing winnowing) {
        Symbols symbols = CanonicalForm.of(work.text());
        long[] windows = symbols.windows(winnowing.width());
        BitSet given = new BitSet(symbols.size());
        for (int i = 0; i < windows.length; i++) {
            if (givenWindows.contains(windows[i])) {
                given.set(i, i + winnowing.width());
            }
        }
        return new Sketch(
                work,
                symbols,
                windows,
                places(windows, given, winnowing.width()),
                given,
                winnowing.fingerprints(windows, given));
    }

    private static Map<Long, int[]> places(long[] windows, BitSet given, int width) {
        Map<Long, int[]> places = HashMap.newHashMap(windows.length);
        for (int i = 0; i < windows.length; i++) {
            int nextGiven = given.nextSetBit(i);
            if (nextGiven >= 0 && nextGiven < i + width) {
                continue;
            }
            int place = i;
            places.merge(windows[i], new int[] {place}, (known, added) -> {
                if (known.length == MOST_PLACES) {
                    return known;
                }
                int[] longer = Arrays.copyOf(known, known.length + 1);
                longer[known.length] = place;
                return longer;
            });
        }
        return places;
    }
}
