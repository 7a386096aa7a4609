package org.warpgrade.engine.similarity;

import java.util.BitSet;
import java.util.Set;

/**
 * A work prepared for comparison.
 *
 * @param symbols its canonical form
 * @param windows the hash of every window
 * @param given symbols of code that everybody was given
 * @param fingerprints the hashes that winnowing keeps
 */
record Sketch(Work work, Symbols symbols, long[] windows, BitSet given, Set<Long> fingerprints) {

    static Sketch of(Work work, Set<Long> givenWindows, Winnowing winnowing) {
        Symbols symbols = CanonicalForm.of(work.text());
        long[] windows = symbols.windows(winnowing.width());
        BitSet given = new BitSet(symbols.size());
        for (int i = 0; i < windows.length; i++) {
            if (givenWindows.contains(windows[i])) {
                given.set(i, i + winnowing.width());
            }
        }
        return new Sketch(work, symbols, windows, given, winnowing.fingerprints(windows, given));
    }

    /** How many symbols are the author's own. */
    int own() {
        return symbols.size() - given.cardinality();
    }
}
