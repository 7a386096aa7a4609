package org.warpgrade.checks.shp;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.warpgrade.reference.oracle.BertShapesOracle;
import org.warpgrade.reference.oracle.BertShapesOracle.Config;

/**
 * The four shapes that {@code bert_solve} is given: scores [B,A,S,S], context in heads [B,A,S,D], inner FFN activation
 * [B,S,I], word table [V,H].
 */
record Shapes(int[] scores, int[] heads, int[] ffn, int[] table) {

    /** Numbers in the four shapes together. */
    static final int ENTRIES = 13;

    static final int[] HEADS = {1, 5};
    static final int[] HEAD_SIZE = {7};

    /** Where B, A, S, the head size, I and V stand among the {@linkplain #entries entries}. */
    static final List<int[]> PLACES =
            List.of(new int[] {0, 4, 8}, HEADS, new int[] {2, 3, 6, 9}, HEAD_SIZE, new int[] {10}, new int[] {11});

    static Shapes of(Config c) {
        return new Shapes(
                BertShapesOracle.shape(c, 9),
                BertShapesOracle.shape(c, 11),
                BertShapesOracle.shape(c, 14),
                BertShapesOracle.shape(c, 20));
    }

    static Shapes of(int[] entries) {
        return new Shapes(
                Arrays.copyOfRange(entries, 0, 4),
                Arrays.copyOfRange(entries, 4, 8),
                Arrays.copyOfRange(entries, 8, 11),
                Arrays.copyOfRange(entries, 11, 13));
    }

    int[] entries() {
        return Stream.of(scores, heads, ffn, table).flatMapToInt(Arrays::stream).toArray();
    }

    /** The same shapes with one size at all its places. */
    Shapes with(int[] places, int size) {
        int[] changed = entries();
        for (int place : places) {
            changed[place] = size;
        }
        return of(changed);
    }

    /** The same shapes with the table as wide as the heads are together. */
    Shapes withWidthOfItsHeads() {
        return with(new int[] {12}, scores[1] * heads[3]);
    }

    /** Status, B, S, H, A, I, V. */
    int[] solution() {
        return BertShapesOracle.solve(scores, heads, ffn, table);
    }

    /** What comes out if positive sizes are believed as they stand. */
    int[] asRead() {
        boolean positive = Arrays.stream(entries()).allMatch(size -> size >= 1);
        return positive ? new int[] {0, scores[0], scores[2], table[1], scores[1], ffn[2], table[0]} : solution();
    }

    /** What comes out if the heads of the context are not looked at. */
    int[] withHeadsOfScores() {
        int[] sameHeads = heads.clone();
        sameHeads[1] = scores[1];
        return BertShapesOracle.solve(scores, sameHeads, ffn, table);
    }

    /** What comes out if the width of the table is not looked at. */
    int[] withWidthOfHeads() {
        return BertShapesOracle.solve(scores, heads, ffn, new int[] {table[0], scores[1] * heads[3]});
    }
}
