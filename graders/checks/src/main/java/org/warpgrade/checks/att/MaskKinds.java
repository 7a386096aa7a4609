package org.warpgrade.checks.att;

import java.util.LinkedHashMap;
import java.util.Map;
import org.warpgrade.reference.inputs.Inputs;

/** The masks that attention meets in practice, as {@code [B][Sq][Sk]} bytes with 1 = may attend. */
final class MaskKinds {

    /** Whether query q of sequence b may attend to key k. */
    @FunctionalInterface
    interface Rule {
        boolean permits(int b, int q, int k);
    }

    private MaskKinds() {}

    /** One mask of each kind, by name, each different from sequence to sequence where the kind allows it. */
    static Map<String, byte[]> all(Inputs inputs, int batch, int queries, int keys) {
        int[] length = inputs.integers(batch, 1, Math.max(1, keys - 1));
        int offset = Math.max(0, keys - queries);
        int prefix = Math.max(1, keys / 3);
        int[] document = inputs.integers(batch * keys, 0, 2);
        int[] order = inputs.permutation(keys);
        boolean[] random = new boolean[batch * queries * keys];
        for (int i = 0; i < random.length; i++) {
            random[i] = inputs.below(3) > 0;
        }
        Map<String, Rule> rules = new LinkedHashMap<>();
        rules.put("padding", (b, q, k) -> k < length[b]);
        rules.put("causal", (b, q, k) -> k <= q + offset);
        rules.put("causal and padding", (b, q, k) -> k <= q + offset && k < length[b]);
        rules.put("prefix", (b, q, k) -> k <= q || k < prefix);
        rules.put("window", (b, q, k) -> Math.abs(q + offset - k) <= 2);
        rules.put("document", (b, q, k) -> document[b * keys + Math.min(q, keys - 1)] == document[b * keys + k]);
        rules.put("permutation", (b, q, k) -> order[k] <= order[Math.min(q, keys - 1)]);
        rules.put("not oneself", (b, q, k) -> k != q);
        rules.put("random", (b, q, k) -> random[(b * queries + q) * keys + k]);
        Map<String, byte[]> masks = new LinkedHashMap<>();
        rules.forEach((name, rule) -> masks.put(name, of(rule, batch, queries, keys)));
        return masks;
    }

    static byte[] of(Rule rule, int batch, int queries, int keys) {
        byte[] mask = new byte[batch * queries * keys];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (rule.permits(i / keys / queries, i / keys % queries, i % keys) ? 1 : 0);
        }
        return mask;
    }
}
