package org.warpgrade.reference.oracle;

import java.util.Arrays;

/**
 * The shapes of BERT's tensors (Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers", 2018, section 3;
 * tensors as in the released {@code modeling.py}), and the configuration that given shapes belong to.
 */
public final class BertShapesOracle {

    /** Number of nodes in the assignment's list. */
    public static final int NODES = 26;

    private BertShapesOracle() {}

    /**
     * The sizes of a model and a batch.
     *
     * @param b sentences
     * @param s tokens per sentence
     * @param v words
     * @param h hidden size
     * @param l layers
     * @param a heads
     * @param i inner size of the feed-forward network
     * @param p positions in the table
     * @param t sentence types
     * @param m masked tokens per sentence
     */
    public record Config(int b, int s, int v, int h, int l, int a, int i, int p, int t, int m) {

        /** In the order of the fields of the student's struct. */
        public int[] fields() {
            return new int[] {b, s, v, h, l, a, i, p, t, m};
        }

        /** The configuration with these fields. */
        public static Config of(int... f) {
            return new Config(f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8], f[9]);
        }

        public boolean valid() {
            return Arrays.stream(fields()).allMatch(size -> size >= 1) && h % a == 0 && s <= p;
        }

        /** The size of one head. */
        public int d() {
            return h / a;
        }
    }

    /** The extents of a node of a valid configuration. */
    public static int[] shape(Config c, int node) {
        int[] hidden = {c.b, c.s, c.h};
        int[] heads = {c.b, c.a, c.s, c.d()};
        int[] scores = {c.b, c.a, c.s, c.s};
        return switch (node) {
            case 0 -> new int[] {c.b, c.s};
            case 1, 3, 4 -> hidden;
            case 2 -> new int[] {1, c.s, c.h};
            case 5 -> new int[] {c.b, 1, 1, c.s};
            case 6 -> hidden;
            case 7 -> heads;
            case 8 -> new int[] {c.b, c.a, c.d(), c.s};
            case 9, 10 -> scores;
            case 11 -> heads;
            case 12, 13 -> hidden;
            case 14 -> new int[] {c.b, c.s, c.i};
            case 15 -> hidden;
            case 16 -> new int[] {c.b, c.h};
            case 17 -> new int[] {c.b * c.m, c.h};
            case 18 -> new int[] {c.b * c.m, c.v};
            case 19 -> new int[] {c.b, 2};
            case 20 -> new int[] {c.v, c.h};
            case 21 -> new int[] {3 * c.h, c.h};
            case 22 -> new int[] {c.i, c.h};
            case 23 -> new int[] {c.h, c.i};
            case 24 -> new int[] {c.p, c.h};
            case 25 -> new int[] {c.l, c.b, c.s, c.h};
            default -> throw new IllegalArgumentException("BERT has no node " + node);
        };
    }

    /** Rank and four extents, unused ones 0; rank -1 for an invalid configuration. */
    public static int[] row(Config c, int node) {
        return c.valid() ? row(shape(c, node)) : new int[] {-1, 0, 0, 0, 0};
    }

    /** Rank and four extents of a shape, unused ones 0. */
    public static int[] row(int... shape) {
        int[] row = new int[5];
        row[0] = shape.length;
        System.arraycopy(shape, 0, row, 1, shape.length);
        return row;
    }

    /**
     * Status, B, S, H, A, I and V of the model whose scores, context in heads, inner FFN activation and word table have
     * these shapes: guesses the configuration and derives its shapes again. Status -1 and zeros where they differ.
     */
    public static int[] solve(int[] scores, int[] heads, int[] ffn, int[] table) {
        Config guess = new Config(scores[0], scores[2], table[0], table[1], 1, scores[1], ffn[2], scores[2], 1, 1);
        boolean consistent = guess.valid()
                && Arrays.equals(scores, shape(guess, 9))
                && Arrays.equals(heads, shape(guess, 11))
                && Arrays.equals(ffn, shape(guess, 14))
                && Arrays.equals(table, shape(guess, 20));
        return consistent
                ? new int[] {0, guess.b, guess.s, guess.h, guess.a, guess.i, guess.v}
                : new int[] {-1, 0, 0, 0, 0, 0, 0};
    }
}
