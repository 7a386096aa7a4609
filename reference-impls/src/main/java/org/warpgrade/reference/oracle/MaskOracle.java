package org.warpgrade.reference.oracle;

import org.jspecify.annotations.Nullable;

/**
 * Which keys a query may attend to, for every combination of conditions. The bits are those of {@code attn-masks}; all
 * set bits must permit, except that prefix-LM replaces the causal condition (ruling C15.2).
 *
 * <p>Sources: causal mask, Vaswani et al. (2017) section 3.2.3; prefix-LM, Raffel et al. (2020) figure 4; permutation,
 * Yang et al. (2019) section 2.3; additive form {@code (1 - mask) * -10000}, the code of BERT.
 */
public final class MaskOracle {

    public static final int PADDING = 1;
    public static final int CAUSAL = 2;
    public static final int PREFIX = 4;
    public static final int WINDOW = 8;
    public static final int DOCUMENT = 16;
    public static final int PERMUTATION = 32;
    public static final int NO_SELF = 64;

    /** All bits. */
    public static final int KINDS = 128;

    private MaskOracle() {}

    /**
     * A mask as it is asked for.
     *
     * @param kind the set of conditions
     * @param queries Sq
     * @param keys Sk
     * @param prefix keys that everyone may see under {@link #PREFIX}
     * @param window reach under {@link #WINDOW}
     * @param offset absolute position of query 0
     * @param len valid keys per sequence, [B]; null where the bit is not set
     * @param doc document of every position, [B][Sk]; null where the bit is not set
     * @param order place of every position in the factorisation order, [Sk]; null where the bit is not set
     */
    public record Config(
            int kind,
            int queries,
            int keys,
            int prefix,
            int window,
            int offset,
            int @Nullable [] len,
            int @Nullable [] doc,
            int @Nullable [] order) {

        public boolean has(int bit) {
            return (kind & bit) != 0;
        }

        public Config withKind(int other) {
            return new Config(other, queries, keys, prefix, window, offset, len, doc, order);
        }

        public Config withOffset(int other) {
            return new Config(kind, queries, keys, prefix, window, other, len, doc, order);
        }

        public Config withWindow(int other) {
            return new Config(kind, queries, keys, prefix, other, offset, len, doc, order);
        }
    }

    /** Whether query q of sequence b may attend to key k in 0 .. Sk-1. */
    public static boolean permits(Config c, int b, int q, int k) {
        int at = q + c.offset();
        boolean inside = at >= 0 && at < c.keys();
        boolean past = k <= at;
        boolean order = c.has(PREFIX) ? past || k < c.prefix() : !c.has(CAUSAL) || past;
        boolean near = !c.has(WINDOW) || Math.abs((long) at - k) <= c.window();
        boolean other = !c.has(NO_SELF) || k != at;
        return order
                && near
                && other
                && inLength(c, b, k)
                && sameDocument(c, b, at, k, inside)
                && seen(c, at, k, inside);
    }

    private static boolean inLength(Config c, int b, int k) {
        return !c.has(PADDING) || c.len() != null && k < c.len()[b];
    }

    private static boolean sameDocument(Config c, int b, int at, int k, boolean inside) {
        int row = b * c.keys();
        return !c.has(DOCUMENT) || inside && c.doc() != null && c.doc()[row + at] == c.doc()[row + k];
    }

    /** Content stream: what comes earlier in the order, and oneself. Without oneself (bit 64) it is the query stream. */
    private static boolean seen(Config c, int at, int k, boolean inside) {
        return !c.has(PERMUTATION) || inside && c.order() != null && c.order()[k] <= c.order()[at];
    }

    /** {@code [B][Sq][Sk]}, 1 = may attend. */
    public static int[] mask(Config c, int batch) {
        int[] mask = new int[batch * c.queries() * c.keys()];
        for (int i = 0; i < mask.length; i++) {
            int row = i / c.keys();
            mask[i] = permits(c, row / c.queries(), row % c.queries(), i % c.keys()) ? 1 : 0;
        }
        return mask;
    }

    /** {@code [B][Sq][Sk]}: 0 where permitted, else the value that is added to a blocked score. */
    public static OracleTensor bias(Config c, int batch, float blocked) {
        int[] mask = mask(c, batch);
        double[] bias = new double[mask.length];
        for (int i = 0; i < bias.length; i++) {
            bias[i] = mask[i] == 1 ? 0 : blocked;
        }
        return OracleTensor.of("bias", bias, batch, c.queries(), c.keys());
    }
}
