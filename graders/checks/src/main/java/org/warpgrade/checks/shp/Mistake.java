package org.warpgrade.checks.shp;

import org.warpgrade.reference.oracle.BertShapesOracle.Config;

/**
 * A known way to get a shape wrong.
 *
 * @param english the cause as a hint
 * @param chinese the same in Chinese
 * @param row rank and extents as they come out under the mistake
 */
record Mistake(String english, String chinese, Row row) {

    /** Rank and four extents for a configuration and a node. */
    @FunctionalInterface
    interface Row {
        int[] of(Config c, int node);
    }
}
