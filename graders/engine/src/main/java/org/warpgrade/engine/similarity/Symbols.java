package org.warpgrade.engine.similarity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A work as the comparison sees it: symbols that stay the same when names, types, layout and spelling change.
 *
 * @param codes what each symbol is; equal for all chosen names
 * @param names which name a chosen name is, counted from 0 in this work; -1 for everything else
 * @param lines where each stands
 */
record Symbols(int[] codes, int[] names, int[] lines) {

    /** The code of every name that its author chose. */
    static final int NAME = "a chosen name".hashCode();

    /**
     * One symbol before it is numbered.
     *
     * @param text what it is, or the name
     * @param chosen whether it is a name that its author chose
     */
    record Symbol(String text, boolean chosen, int line) {}

    static Symbols of(List<Symbol> symbols) {
        int n = symbols.size();
        Symbols result = new Symbols(new int[n], new int[n], new int[n]);
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < n; i++) {
            Symbol symbol = symbols.get(i);
            result.codes[i] = symbol.chosen() ? NAME : symbol.text().hashCode();
            result.names[i] = symbol.chosen() ? numbers.computeIfAbsent(symbol.text(), name -> numbers.size()) : -1;
            result.lines[i] = symbol.line();
        }
        return result;
    }

    int size() {
        return codes.length;
    }

    /**
     * The hash of every window of that many symbols. Names count by their first place in the window, so that a window
     * has the same hash after any renaming, yet {@code a[i] + a[j]} is not {@code a[i] + b[j]}.
     */
    long[] windows(int width) {
        int count = Math.max(0, size() - width + 1);
        long[] hashes = new long[count];
        int[] seen = new int[width];
        for (int start = 0; start < count; start++) {
            int different = 0;
            long hash = 0xcbf29ce484222325L;
            for (int i = start; i < start + width; i++) {
                int value = codes[i];
                if (names[i] >= 0) {
                    int place = indexOf(seen, different, names[i]);
                    if (place < 0) {
                        place = different;
                        seen[different++] = names[i];
                    }
                    value += 0x9E3779B9 * (place + 1);
                }
                hash = (hash ^ value) * 0x100000001b3L;
                hash ^= hash >>> 29;
            }
            hashes[start] = hash;
        }
        return hashes;
    }

    private static int indexOf(int[] values, int count, int value) {
        for (int i = 0; i < count; i++) {
            if (values[i] == value) {
                return i;
            }
        }
        return -1;
    }
}
