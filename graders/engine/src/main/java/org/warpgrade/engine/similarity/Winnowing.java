package org.warpgrade.engine.similarity;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/**
 * Chooses some of a work's windows as its fingerprint (Schleimer, Wilkerson and Aiken, <em>Winnowing: Local Algorithms
 * for Document Fingerprinting</em>, SIGMOD 2003): of every {@code selection} neighbouring windows the one with the
 * smallest hash, the last one if there are several. Whatever two works share in at least {@code width + selection - 1}
 * symbols therefore leaves a fingerprint that they share; nothing shorter than {@code width} symbols does.
 *
 * @param width symbols in a window, the paper's k
 * @param selection windows of which one is chosen, the paper's w
 */
record Winnowing(int width, int selection) {

    /** Every shared piece of that many symbols is found. */
    int guarantee() {
        return width + selection - 1;
    }

    /** @param given windows that touch these symbols are left out, as if the work ended before and began after them */
    Set<Long> fingerprints(long[] windows, BitSet given) {
        Set<Long> chosen = new HashSet<>();
        int from = 0;
        while (from < windows.length) {
            int nextGiven = given.nextSetBit(from);
            int end = nextGiven < 0 ? windows.length : Math.min(windows.length, nextGiven - width + 1);
            if (end > from) {
                choose(windows, from, end, chosen);
            }
            if (nextGiven < 0) {
                break;
            }
            from = given.nextClearBit(nextGiven);
        }
        return chosen;
    }

    private void choose(long[] windows, int from, int end, Set<Long> chosen) {
        int smallest = -1;
        int last = Math.max(from, end - selection);
        for (int start = from; start <= last; start++) {
            int stop = Math.min(end, start + selection);
            if (smallest < start) {
                smallest = start;
                for (int i = start + 1; i < stop; i++) {
                    smallest = windows[i] <= windows[smallest] ? i : smallest;
                }
            } else if (windows[stop - 1] <= windows[smallest]) {
                smallest = stop - 1;
            }
            chosen.add(windows[smallest]);
        }
    }
}
