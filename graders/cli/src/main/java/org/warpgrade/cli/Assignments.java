package org.warpgrade.cli;

import java.util.Comparator;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.CatalogException;

/** Finds the assignment that a user names. */
final class Assignments {

    private Assignments() {}

    static Assignment named(String id, Catalog catalog) throws CatalogException {
        return catalog.assignment(id).orElseThrow(() -> new UsageException(unknown(id, catalog)));
    }

    /** Names the nearest id if it is likely a slip of the finger. */
    static String unknown(String id, Catalog catalog) {
        String sentence = "there is no assignment '" + id + "'";
        return catalog.ids().stream()
                .min(Comparator.comparingInt(other -> distance(id, other)))
                .filter(nearest -> distance(id, nearest) <= 1 + id.length() / 3)
                .map(nearest -> sentence + "; did you mean '" + nearest + "'?")
                .orElse(sentence + "; './warpgrade list' shows them all.");
    }

    /** Levenshtein's edit distance. */
    static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
