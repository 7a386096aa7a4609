package org.warpgrade.checks.att;

import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.pointer;
import static org.warpgrade.gpu.DeviceBuffer.Access.IN;
import static org.warpgrade.reference.oracle.MaskOracle.CAUSAL;
import static org.warpgrade.reference.oracle.MaskOracle.DOCUMENT;
import static org.warpgrade.reference.oracle.MaskOracle.NO_SELF;
import static org.warpgrade.reference.oracle.MaskOracle.PADDING;
import static org.warpgrade.reference.oracle.MaskOracle.PERMUTATION;
import static org.warpgrade.reference.oracle.MaskOracle.PREFIX;
import static org.warpgrade.reference.oracle.MaskOracle.WINDOW;

import java.util.Arrays;
import org.warpgrade.checks.concept.ConceptQuestions;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.ChecksFor;
import org.warpgrade.engine.check.GradedCheck;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.MaskOracle;
import org.warpgrade.reference.oracle.MaskOracle.Config;

/** The checks of {@code attn-masks} (curriculum, track ATT; ruling C15.2). */
@ChecksFor("attn-masks")
class MaskChecks {

    private static final float MINUS_INF = Float.NEGATIVE_INFINITY;

    @GradedCheck("P1")
    void causal_three_by_three(Bench bench) {
        Config causal = new Config(CAUSAL, 3, 3, 0, 0, 0, null, null, null);
        new MaskCase(causal, 1, -10000).build(bench, "worked example").matchesTheOracle();
    }

    @GradedCheck("P2")
    void padding_of_the_last_key(Bench bench) {
        Config padding = new Config(PADDING, 3, 3, 0, 0, 0, new int[] {2}, null, null);
        new MaskCase(padding, 1, -10000).build(bench, "worked example").matchesTheOracle();
    }

    /** 128 combinations of bits, 32 random places each: 4096 cases in four launches that differ in their sizes. */
    @GradedCheck("H1a")
    void every_combination_of_bits_asked_one_by_one(Bench bench) {
        int[][] sizes = {{9, 9, 2}, {5, 12, 3}, {20, 7, 2}, {33, 40, 1}};
        for (int group = 0; group < sizes.length; group++) {
            int batch = sizes[group][2];
            Inputs inputs = bench.inputs("places" + group);
            Config[] configs = new Config[32];
            Argument[] structs = new Argument[configs.length];
            for (int i = 0; i < configs.length; i++) {
                configs[i] = outside(
                        inputs, MaskCase.config(inputs, 4 * i + group, batch, sizes[group][0], sizes[group][1]));
                structs[i] = MaskCase.struct(configs[i], batch);
            }
            askAt(bench, inputs, configs, structs, batch);
        }
    }

    @GradedCheck("H1b")
    void masks_of_any_size(Bench bench) {
        int[][] sizes = {
            {2, 31, 33},
            {1, 1, 1},
            {1, 32, 32},
            {3, 33, 31},
            {1, 5, 255},
            {1, 257, 4},
            {1, 3, 1000},
            {1, 1000, 3},
            {2, 2, 1025},
            {1, 1, 4097}
        };
        int[] kinds = {
            PADDING | CAUSAL,
            DOCUMENT | PADDING,
            PREFIX | WINDOW | PADDING,
            PERMUTATION | NO_SELF | PADDING,
            0,
            DOCUMENT | CAUSAL | WINDOW
        };
        for (int i = 0; i < sizes.length; i++) {
            for (int pick = 0; pick < 2; pick++) {
                Inputs inputs = bench.inputs("size" + i + "." + pick);
                int kind = kinds[(i + 3 * pick) % kinds.length];
                Config config = MaskCase.config(inputs, kind, sizes[i][0], sizes[i][1], sizes[i][2]);
                new MaskCase(config, sizes[i][0], inputs.uniform(-20, -10))
                        .build(bench, "ragged sizes")
                        .matchesTheOracle();
            }
        }
    }

    @GradedCheck("H2")
    void more_keys_than_queries(Bench bench) {
        Inputs inputs = bench.inputs("offset");
        for (int step : new int[] {0, 1, 17, 36}) { // decoding with a cache: one query at position step
            for (int kind : new int[] {CAUSAL, CAUSAL | WINDOW, PREFIX, PERMUTATION, DOCUMENT | CAUSAL}) {
                Config config = MaskCase.config(inputs, kind, 2, 1, 37).withOffset(step);
                new MaskCase(config, 2, MINUS_INF).build(bench, "decoding step").matchesTheOracle();
            }
        }
        for (int kind : new int[] {CAUSAL, PERMUTATION | NO_SELF, DOCUMENT, WINDOW}) { // a chunk of 5 queries
            Config chunk = MaskCase.config(inputs, kind, 2, 5, 12).withOffset(7);
            new MaskCase(chunk, 2, MINUS_INF).build(bench, "decoding a chunk").matchesTheOracle();
        }
        for (int[] size : new int[][] {{4, 9}, {9, 4}}) { // cross-attention: padding of the source, nothing else
            Config cross = MaskCase.config(inputs, PADDING, 3, size[0], size[1]);
            new MaskCase(cross, 3, MINUS_INF).build(bench, "cross-attention").matchesTheOracle();
        }
    }

    @GradedCheck("H3")
    void empty_and_full_sequences(Bench bench) {
        for (int keys : new int[] {7, 1, 33}) {
            for (int kind : new int[] {PADDING, PADDING | CAUSAL, PADDING | PREFIX}) {
                Config config = new Config(kind, 5, keys, keys / 2, 0, 0, new int[] {0, keys, 0, 1}, null, null);
                new MaskCase(config, 4, -10000).build(bench, "empty sequences").matchesTheOracle();
            }
        }
    }

    @GradedCheck("H4")
    void windows(Bench bench) {
        for (int window : new int[] {0, 1, 3, 11, 40}) {
            for (int kind : new int[] {WINDOW, WINDOW | CAUSAL, WINDOW | PREFIX, WINDOW | NO_SELF}) {
                for (int offset : new int[] {0, 6}) {
                    Config config = new Config(kind, 9, 17, 4, window, offset, null, null, null);
                    new MaskCase(config, 1, -10000).build(bench, "windows").matchesTheOracle();
                }
            }
        }
    }

    @GradedCheck("H5")
    void permutations(Bench bench) {
        for (int keys : new int[] {6, 1, 33}) {
            Inputs inputs = bench.inputs("order" + keys);
            for (int kind :
                    new int[] {PERMUTATION, PERMUTATION | NO_SELF, PERMUTATION | PADDING, PERMUTATION | CAUSAL}) {
                Config config = MaskCase.config(inputs, kind, 2, keys, keys);
                new MaskCase(config, 2, MINUS_INF).build(bench, "permutations").matchesTheOracle();
            }
        }
    }

    @GradedCheck("H6a")
    void bias_is_zero_or_the_value_asked_for(Bench bench) {
        for (float blocked : new float[] {MINUS_INF, -10000, -1e30f, -12345.678f, 0.3f, 0}) {
            Config config = MaskCase.config(bench.inputs("bias" + blocked), PADDING | CAUSAL, 2, 6, 11);
            new MaskCase(config, 2, blocked).build(bench, "additive form").matchesTheOracle();
        }
    }

    /** What the additive form does to a softmax in float: -1e4 is a large number, -inf is no key at all. */
    @GradedCheck("H6b")
    void minus_ten_thousand_leaks_and_minus_infinity_does_not(Bench bench) {
        int keys = 13;
        Config config = new Config(PADDING, 1, keys, 0, 0, 0, new int[] {5, 0}, null, null);
        float[] logits = bench.inputs("leak").uniforms(keys, -5000, 5000);
        logits[2] = -5000;
        Arrays.fill(logits, 0, 5, -5000);
        logits[9] = 5000;
        float[] soft = bias(bench, config, -10000);
        float[] hard = bias(bench, config, MINUS_INF);
        double[] leaking = softmax(logits, soft, 0);
        double[] tight = softmax(logits, hard, 0);
        if (!(leaking[9] > 0.1)) {
            throw bench.failure(
                    "With blocked = -1e4 a blocked key 1e4 above the others must still get weight: add the value as it is.",
                    "blocked = -1e4 时，比其他键高 1e4 的被屏蔽键仍应得到权重：请原样写入该值。");
        }
        for (int k = 5; k < keys; k++) {
            if (tight[k] != 0) {
                throw bench.failure(
                        "With blocked = -inf a blocked key must get no weight at all.",
                        "blocked = -inf 时，被屏蔽的键不应得到任何权重。");
            }
        }
        double[] empty = softmax(logits, soft, 1);
        double[] unmasked = softmax(logits, new float[2 * keys], 1);
        for (int k = 0; k < keys; k++) {
            if (!(Math.abs(empty[k] - unmasked[k]) <= 1e-2)) {
                throw bench.failure(
                        "A fully masked row with -1e4 everywhere must give the unmasked softmax: the bias must be the same for all.",
                        "整行都加 -1e4 时应得到未屏蔽的 softmax：所有键的偏置必须相同。");
            }
        }
    }

    @GradedCheck("H7")
    void padded_queries_still_attend(Bench bench) {
        Config config = new Config(PADDING, 12, 12, 0, 0, 0, new int[] {5, 12, 1}, null, null);
        MaskCase.Built built =
                new MaskCase(config, 3, -10000).build(bench, "padded queries").matchesTheOracle();
        byte[] mask = built.run().bytes(built.mask());
        for (int row = 0; row < 36; row++) {
            if (!Arrays.equals(mask, row * 12, row * 12 + 12, mask, row / 12 * 144, row / 12 * 144 + 12)) {
                throw bench.failure(
                        "Under padding alone every query of a sequence sees the same keys, padded queries too.",
                        "只有 padding 时，同一序列的每个查询看到的键相同，被填充的查询也一样。");
            }
        }
    }

    @GradedCheck("H8")
    void masks_of_models_and_steps(Bench bench) {
        Inputs inputs = bench.inputs("concepts");
        ConceptQuestions ones = new ConceptQuestions(0, 7, MaskChecks::ones);
        int[] kinds = {0, PADDING, CAUSAL, PREFIX, WINDOW, CAUSAL | WINDOW, CAUSAL | PADDING, CAUSAL | NO_SELF};
        for (int draw = 0; draw < 24; draw++) {
            int queries = inputs.between(1, 12);
            int keys = inputs.between(1, 12);
            ones.draw(
                    kinds[draw % kinds.length],
                    queries,
                    keys,
                    inputs.between(0, keys),
                    inputs.between(0, 4),
                    inputs.between(0, 3),
                    inputs.between(0, keys));
        }
        ones.ask(bench);

        ConceptQuestions families = new ConceptQuestions(1, 2, p -> family((int) p[0], (int) p[1]));
        ConceptQuestions visible = new ConceptQuestions(2, 5, p -> p[0] == 1 ? p[2] + 1 : p[3]);
        ConceptQuestions rows = new ConceptQuestions(3, 5, p -> p[0] == 0 ? p[3] : p[1] == 0 ? p[4] : 1);
        for (int draw = 0; draw < 24; draw++) {
            families.draw(draw % 3, draw / 3 % 4);
            double[] p = {draw % 3, draw / 3 % 2, inputs.between(0, 30), inputs.between(2, 40), inputs.between(31, 60)};
            visible.draw(p);
            rows.draw(p);
        }
        families.ask(bench);
        visible.orElse(
                        "the whole target: in training a decoder's query t sees its past only, as at inference",
                        "整个目标序列：训练时解码器的第 t 个查询也只能看到过去，与推理时相同",
                        p -> p[0] == 1 ? p[1] == 0 ? p[4] : p[2] + 1 : p[3])
                .ask(bench);
        rows.ask(bench);
    }

    private static double ones(double[] p) {
        Config config = new Config(
                (int) p[0],
                (int) p[1],
                (int) p[2],
                (int) p[3],
                (int) p[4],
                (int) p[5],
                new int[] {(int) p[6]},
                null,
                null);
        return Arrays.stream(MaskOracle.mask(config, 1)).sum();
    }

    /** Option numbers of question 1: 1 no such attention, 2 padding, 3 padding and causal, 4 padding and prefix. */
    private static double family(int site, int family) {
        return switch (site) {
            case 0 -> family == 0 || family == 2 ? 2 : 1;
            case 1 -> family == 0 ? 1 : family == 3 ? 4 : 3;
            default -> family == 2 ? 2 : 1;
        };
    }

    private static void askAt(Bench bench, Inputs inputs, Config[] configs, Argument[] structs, int batch) {
        int n = 32 * configs.length;
        int[] which = new int[n];
        int[] b = new int[n];
        int[] q = new int[n];
        int[] k = new int[n];
        int[] expected = new int[n];
        for (int i = 0; i < n; i++) {
            Config c = configs[i / 32];
            which[i] = i / 32;
            b[i] = inputs.below(batch);
            q[i] = inputs.below(c.queries());
            k[i] = inputs.below(3) == 0
                    ? Math.clamp(q[i] + c.offset() + inputs.between(-1, 1), 0, c.keys() - 1)
                    : inputs.below(c.keys());
            expected[i] = MaskOracle.permits(c, b[i], q[i], k[i]) ? 1 : 0;
        }
        DeviceBuffer out = DeviceBuffer.output("may_attend", ElementType.I32, n);
        bench.run(
                        "every combination of bits",
                        "Sq=" + configs[0].queries() + " Sk=" + configs[0].keys(),
                        Call.of(
                                "wg_may_attend",
                                new Argument.DeviceStruct("configs", Argument.struct(structs)),
                                pointer(DeviceBuffer.ints("which", IN, which)),
                                pointer(DeviceBuffer.ints("b", IN, b)),
                                pointer(DeviceBuffer.ints("q", IN, q)),
                                pointer(DeviceBuffer.ints("k", IN, k)),
                                pointer(out),
                                i32(n)))
                .assertThat(out)
                .isEqualTo(
                        expected,
                        MaskMistakes.of(
                                "may_attend",
                                new int[] {n},
                                (predicate, i) -> predicate.permits(configs[which[i]], b[i], q[i], k[i])));
    }

    /** Every third configuration starts so late, or so early, that some of its queries lie outside the keys. */
    private static Config outside(Inputs inputs, Config c) {
        return switch (inputs.below(3)) {
            case 0 -> c.withOffset(inputs.between(-3, c.keys() + 1));
            default -> c;
        };
    }

    private static float[] bias(Bench bench, Config config, float blocked) {
        MaskCase.Built built = new MaskCase(config, 2, blocked).build(bench, "additive form in a softmax");
        return built.run().floats(built.bias());
    }

    /** Softmax of float logits plus one row of the bias, with the addition rounded to float as a kernel would. */
    private static double[] softmax(float[] logits, float[] bias, int row) {
        double[] p = new double[logits.length];
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < p.length; k++) {
            p[k] = logits[k] + bias[row * p.length + k];
            largest = Math.max(largest, p[k]);
        }
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            p[k] = Math.exp(p[k] - largest);
            sum += p[k];
        }
        for (int k = 0; k < p.length; k++) {
            p[k] /= sum;
        }
        return p;
    }
}
