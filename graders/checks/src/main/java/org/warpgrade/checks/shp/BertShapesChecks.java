package org.warpgrade.checks.shp;

import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.pointer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.ChecksFor;
import org.warpgrade.engine.check.GradedCheck;
import org.warpgrade.engine.check.Hypothesis;
import org.warpgrade.engine.check.Run;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.BertShapesOracle;
import org.warpgrade.reference.oracle.BertShapesOracle.Config;
import org.warpgrade.reference.oracle.OracleTensor;

/** The shapes of BERT's tensors, and the model that given shapes belong to. */
@ChecksFor("shape-bert")
class BertShapesChecks {

    private static final int CONFIGURATIONS = 4096;

    private static final int[] REFUSED = {-1, 0, 0, 0, 0};

    private static final Config BASE = new Config(8, 128, 30522, 768, 12, 12, 3072, 512, 2, 20);

    @GradedCheck("P1")
    void three_tensors_of_bert_base(Bench bench) {
        for (int node : new int[] {9, 14, 18}) {
            checkNode(bench, "BERT-base", List.of(BASE), node);
        }
    }

    @GradedCheck("P2")
    void bert_base_from_its_shapes(Bench bench) {
        checkSolve(bench, "BERT-base", List.of(Shapes.of(BASE)));
    }

    @GradedCheck("H1a")
    void embeddings_and_mask(Bench bench) {
        checkNodes(bench, 0, 5);
    }

    @GradedCheck("H1b")
    void tensors_of_self_attention(Bench bench) {
        checkNodes(bench, 6, 13);
    }

    @GradedCheck("H1c")
    void feed_forward_and_heads_on_top(Bench bench) {
        checkNodes(bench, 14, 19);
        checkNodes(bench, 25, 25);
    }

    @GradedCheck("H1d")
    void parameter_tensors(Bench bench) {
        checkNodes(bench, 20, 24);
    }

    private static void checkNodes(Bench bench, int first, int last) {
        for (int node = first; node <= last; node++) {
            checkNode(
                    bench, "random configurations", configurations(bench.inputs("node " + node), CONFIGURATIONS), node);
        }
    }

    @GradedCheck("H2a")
    void impossible_configurations_are_refused(Bench bench) {
        Inputs inputs = bench.inputs("impossible");
        List<Config> tooSmall = new ArrayList<>();
        List<Config> ragged = new ArrayList<>();
        List<Config> tooLong = new ArrayList<>();
        for (Config c : configurations(inputs, 200)) {
            int[] small = c.fields();
            small[inputs.below(small.length)] = -inputs.below(3);
            tooSmall.add(Config.of(small));

            int heads = inputs.between(2, 16);
            int hidden = heads * inputs.between(1, 96) + inputs.between(1, heads - 1);
            ragged.add(new Config(c.b(), c.s(), c.v(), hidden, c.l(), heads, c.i(), c.p(), c.t(), c.m()));

            // One too many first, where a slip of the comparison shows.
            int excess = tooLong.isEmpty() ? 1 : inputs.between(1, 50);
            tooLong.add(new Config(c.b(), c.p() + excess, c.v(), c.h(), c.l(), c.a(), c.i(), c.p(), c.t(), c.m()));
        }
        // Every field below 1 at least once, whatever the draws above were.
        for (int field = 0; field < 10; field++) {
            int[] small = BASE.fields();
            small[field] = 0;
            tooSmall.add(Config.of(small));
        }
        checkMixed(
                bench,
                "a size below 1",
                tooSmall,
                inputs,
                new Mistake("sizes below 1 are accepted", "接受了小于 1 的尺寸", (c, node) -> {
                    boolean others = c.a() >= 1 && c.h() % c.a() == 0 && c.s() <= c.p();
                    return others ? BertShapesOracle.row(BertShapesOracle.shape(c, node)) : REFUSED.clone();
                }));
        checkMixed(
                bench, "H no multiple of A", ragged, inputs, accepted("H % A != 0 is accepted", "接受了 H % A != 0 的配置"));
        checkMixed(bench, "S > P", tooLong, inputs, accepted("S > P is accepted", "接受了 S > P 的配置"));
    }

    @GradedCheck("H2b")
    void a_sequence_as_long_as_the_position_table_fits(Bench bench) {
        Inputs inputs = bench.inputs("longest");
        List<Config> longest = configurations(inputs, 200).stream()
                .map(c -> new Config(c.b(), c.p(), c.v(), c.h(), c.l(), c.a(), c.i(), c.p(), c.t(), c.m()))
                .toList();
        // One node alone: whether a sequence is too long does not depend on the node.
        Mistake refused = new Mistake(
                "S = P is refused: only S > P is too long", "拒绝了 S = P：只有 S > P 才算太长", (c, node) -> REFUSED.clone());
        check(bench, "S = P", nodeName(4), longest, filled(4, longest.size()), List.of(refused));
    }

    @GradedCheck("H3")
    void degenerate_sizes(Bench bench) {
        Inputs inputs = bench.inputs("degenerate");
        List<Config> configs = new ArrayList<>();
        for (Config c : configurations(inputs, 60)) {
            int b = inputs.between(1, 2);
            int s = inputs.between(1, 2);
            int a = inputs.between(1, 2);
            configs.add(new Config(b, s, c.v(), a * c.d(), c.l(), a, c.i(), c.p() + 1, c.t(), c.m()));
            configs.add(new Config(1, c.s(), c.v(), c.h(), 1, c.h(), c.i(), c.p(), 1, 1));
        }
        configs.add(new Config(1, 1, 1, 1, 1, 1, 1, 1, 1, 1));
        checkMixed(
                bench,
                "one head, one token, one sentence",
                configs,
                inputs,
                new Mistake(
                        "a single head, token or sentence is refused: 1 is a size like any other",
                        "拒绝了单头、单词或单句：1 也是合法的尺寸",
                        (c, node) -> Math.min(c.b(), Math.min(c.s(), c.a())) == 1
                                ? REFUSED.clone()
                                : BertShapesOracle.row(c, node)));
    }

    @GradedCheck("H4a")
    void hyper_parameters_from_shapes(Bench bench) {
        List<Shapes> shapes = new ArrayList<>();
        configurations(bench.inputs("solve"), 512).forEach(c -> shapes.add(Shapes.of(c)));
        for (int[] places : Shapes.PLACES) {
            shapes.add(Shapes.of(new Config(4, 5, 7, 6, 1, 1, 9, 8, 2, 3))
                    .with(places, 1)
                    .withWidthOfItsHeads());
        }
        checkSolve(bench, "consistent shapes", shapes);
    }

    @GradedCheck("H4b")
    void contradicting_shapes_are_refused(Bench bench) {
        Inputs inputs = bench.inputs("contradictions");
        List<Shapes> shapes = new ArrayList<>();
        for (Config c : configurations(inputs, 64)) {
            for (int entry = 0; entry < Shapes.ENTRIES; entry++) {
                int[] sizes = Shapes.of(c).entries();
                sizes[entry] += inputs.between(1, 5);
                shapes.add(Shapes.of(sizes));
            }
            int[] smaller = Shapes.of(c).entries();
            smaller[inputs.below(Shapes.ENTRIES)] = -inputs.below(2);
            shapes.add(Shapes.of(smaller));
        }
        // A size that all four shapes agree on, and that is none.
        Shapes sound = Shapes.of(new Config(4, 5, 7, 6, 1, 2, 9, 8, 2, 3));
        for (int[] places : Shapes.PLACES) {
            shapes.add(sound.with(places, 0).withWidthOfItsHeads());
            shapes.add(sound.with(places, -3).withWidthOfItsHeads());
        }
        shapes.add(sound.with(Shapes.HEADS, -2).with(Shapes.HEAD_SIZE, -3).withWidthOfItsHeads());
        checkSolve(bench, "contradicting shapes", shapes);
    }

    @GradedCheck("H5")
    void what_must_not_depend_on_what(Bench bench) {
        Inputs inputs = bench.inputs("metamorphic");
        List<Config> configs = configurations(inputs, 256);
        List<Config> otherHidden = new ArrayList<>();
        List<Config> singleHead = new ArrayList<>();
        for (Config c : configs) {
            int hidden = c.a() * (c.d() + inputs.between(1, 7));
            otherHidden.add(new Config(c.b(), c.s(), c.v(), hidden, c.l(), c.a(), c.i(), c.p(), c.t(), c.m()));
            singleHead.add(new Config(c.b(), c.s(), c.v(), c.h(), c.l(), 1, c.i(), c.p(), c.t(), c.m()));
        }
        int[] q = rows(bench, configs, 6);
        int[] heads = rows(bench, configs, 7);
        int[] scores = rows(bench, configs, 9);
        for (int i = 0; i < configs.size(); i++) {
            if (elements(q, i) < 1 || elements(q, i) != elements(heads, i)) {
                throw bench.failure(
                        "Q (node 6) and Q in heads (node 7) must have equally many elements: splitting into heads only "
                                + "moves data.",
                        "Q（节点 6）与拆成头的 Q（节点 7）的元素个数必须相同：拆头只是搬动数据。");
            }
        }
        if (!Arrays.equals(scores, rows(bench, otherHidden, 9))) {
            throw bench.failure(
                    "The shape of the attention scores (node 9) changes with H: a score is one number for a pair of tokens, "
                            + "however long their vectors are.",
                    "注意力分数（节点 9）的 shape 随 H 变化：不管向量多长，一对 token 的分数只是一个数。");
        }
        if (!Arrays.equals(q, rows(bench, singleHead, 6))) {
            throw bench.failure(
                    "The shape of Q after the linear layer (node 6) changes with A: the heads are split off only afterwards.",
                    "线性层之后的 Q（节点 6）的 shape 随 A 变化：之后才拆成多个头。");
        }
    }

    private static int[] rows(Bench bench, List<Config> configs, int node) {
        DeviceBuffer out = rowsBuffer(nodeName(node), configs.size());
        return runNodes(bench, "relations between shapes", configs, filled(node, configs.size()), out)
                .ints(out);
    }

    /** The number of elements of case i; 0 if the configuration was refused. */
    private static long elements(int[] rows, int i) {
        int rank = rows[5 * i];
        long product = rank < 1 ? 0 : 1;
        for (int axis = 0; axis < Math.min(rank, 4); axis++) {
            product *= rows[5 * i + 1 + axis];
        }
        return product;
    }

    // ---- bert_shape ----

    private static void checkNode(Bench bench, String family, List<Config> configs, int node) {
        List<Mistake> mistakes = new ArrayList<>(BertShapesMistakes.of(node));
        mistakes.addAll(BertShapesMistakes.general());
        check(bench, family, nodeName(node), configs, filled(node, configs.size()), mistakes);
    }

    /** Each configuration with a node of its own. */
    private static void checkMixed(Bench bench, String family, List<Config> configs, Inputs inputs, Mistake... known) {
        int[] nodes = new int[configs.size()];
        Arrays.setAll(nodes, i -> inputs.below(BertShapesOracle.NODES));
        List<Mistake> mistakes = new ArrayList<>(List.of(known));
        mistakes.addAll(BertShapesMistakes.general());
        check(bench, family, "random nodes", configs, nodes, mistakes);
    }

    private static void check(
            Bench bench, String family, String name, List<Config> configs, int[] nodes, List<Mistake> mistakes) {
        int n = configs.size();
        DeviceBuffer out = rowsBuffer(name, n);
        int[] expected = IntStream.range(0, n)
                .flatMap(i -> Arrays.stream(BertShapesOracle.row(configs.get(i), nodes[i])))
                .toArray();
        Hypothesis[] hypotheses = mistakes.stream()
                .map(mistake -> Hypothesis.of(mistake.english(), mistake.chinese(), () -> {
                    double[] values = IntStream.range(0, n)
                            .flatMap(i -> Arrays.stream(mistake.row().of(configs.get(i), nodes[i])))
                            .asDoubleStream()
                            .toArray();
                    return OracleTensor.of(out.name(), values, n, 5);
                }))
                .toArray(Hypothesis[]::new);
        runNodes(bench, family, configs, nodes, out).assertThat(out).isEqualTo(expected, hypotheses);
    }

    private static Run runNodes(Bench bench, String family, List<Config> configs, int[] nodes, DeviceBuffer out) {
        int n = configs.size();
        int[] fields =
                configs.stream().flatMapToInt(c -> Arrays.stream(c.fields())).toArray();
        return bench.run(
                family,
                out.name() + ", " + n + " configurations",
                Call.of(
                        "wg_bert_shape",
                        pointer(DeviceBuffer.ints("configs", Access.IN, fields, n, 10)),
                        pointer(DeviceBuffer.ints("nodes", Access.IN, nodes)),
                        pointer(out),
                        i32(n)));
    }

    private static DeviceBuffer rowsBuffer(String name, int n) {
        return DeviceBuffer.output("rank and dims of " + name, ElementType.I32, n, 5);
    }

    private static int[] filled(int node, int n) {
        int[] nodes = new int[n];
        Arrays.fill(nodes, node);
        return nodes;
    }

    private static String nodeName(int node) {
        return "node " + node + " (" + BertShapesMistakes.NAMES.get(node) + ")";
    }

    private static Mistake accepted(String english, String chinese) {
        return new Mistake(english, chinese, (c, node) -> BertShapesOracle.row(BertShapesOracle.shape(c, node)));
    }

    /** Valid configurations with sizes that rarely coincide. */
    private static List<Config> configurations(Inputs inputs, int count) {
        List<Config> configs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int heads = inputs.between(2, 16);
            int positions = inputs.between(100, 600);
            configs.add(new Config(
                    inputs.between(3, 64),
                    inputs.between(20, positions - 1),
                    inputs.between(1000, 50_000),
                    heads * inputs.between(3, 96),
                    inputs.between(2, 48),
                    heads,
                    inputs.between(17, 5000),
                    positions,
                    inputs.between(2, 9),
                    inputs.between(2, 19)));
        }
        return configs;
    }

    // ---- bert_solve ----

    private static void checkSolve(Bench bench, String family, List<Shapes> cases) {
        int n = cases.size();
        DeviceBuffer out = DeviceBuffer.output("status, B, S, H, A, I, V", ElementType.I32, n, 7);
        Run run = bench.run(
                family,
                n + " quadruples of shapes",
                Call.of(
                        "wg_bert_solve",
                        pointer(column("scores", cases, Shapes::scores, 4)),
                        pointer(column("heads", cases, Shapes::heads, 4)),
                        pointer(column("ffn", cases, Shapes::ffn, 3)),
                        pointer(column("table", cases, Shapes::table, 2)),
                        pointer(out),
                        i32(n)));
        int[] expected =
                cases.stream().flatMapToInt(c -> Arrays.stream(c.solution())).toArray();
        run.assertThat(out)
                .isEqualTo(
                        expected,
                        mistaken(
                                cases,
                                "-1 is returned for shapes that fit together: is bert_solve filled in?",
                                "shape 并不矛盾却返回了 -1：bert_solve 写了吗？",
                                c -> new int[] {-1, 0, 0, 0, 0, 0, 0}),
                        mistaken(
                                cases,
                                "H is the size of one head: it is the width of the word table, A * D",
                                "H 取成了一个头的大小：它是词表嵌入的宽度 A * D",
                                c -> {
                                    int[] s = c.solution();
                                    return s[0] < 0 ? s : new int[] {0, s[1], s[2], s[3] / s[4], s[4], s[5], s[6]};
                                }),
                        mistaken(
                                cases,
                                "I is taken to be 4H: read it from the shape of the FFN",
                                "I 取成了 4H：应从 FFN 的 shape 中读出",
                                c -> {
                                    int[] s = c.solution();
                                    return s[0] < 0 ? s : new int[] {0, s[1], s[2], s[3], s[4], 4 * s[3], s[6]};
                                }),
                        mistaken(
                                cases,
                                "A and S are exchanged: the scores are [B,A,S,S]",
                                "A 和 S 互换了：分数是 [B,A,S,S]",
                                c -> {
                                    int[] s = c.solution();
                                    return s[0] < 0 ? s : new int[] {0, s[1], s[4], s[3], s[2], s[5], s[6]};
                                }),
                        mistaken(
                                cases,
                                "contradictions are not noticed: a size that occurs several times must be the same everywhere",
                                "没有发现矛盾：多次出现的尺寸必须处处相同",
                                Shapes::asRead),
                        mistaken(
                                cases,
                                "the number of heads in the two shapes that have it is not compared",
                                "两个 shape 中的头数没有比较",
                                Shapes::withHeadsOfScores),
                        mistaken(
                                cases,
                                "the width of the word table is not compared with A * D",
                                "词表嵌入的宽度没有与 A * D 比较",
                                Shapes::withWidthOfHeads));
    }

    private static DeviceBuffer column(String name, List<Shapes> cases, Function<Shapes, int[]> part, int width) {
        int[] values = cases.stream().map(part).flatMapToInt(Arrays::stream).toArray();
        return DeviceBuffer.ints(name, Access.IN, values, cases.size(), width);
    }

    private static Hypothesis mistaken(
            List<Shapes> cases, String english, String chinese, Function<Shapes, int[]> mistake) {
        return Hypothesis.of(english, chinese, () -> {
            double[] values = cases.stream()
                    .map(mistake)
                    .flatMapToInt(Arrays::stream)
                    .asDoubleStream()
                    .toArray();
            return OracleTensor.of("solution", values, cases.size(), 7);
        });
    }
}
