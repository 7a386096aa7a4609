package org.warpgrade.checks.shp;

import java.util.List;
import org.warpgrade.reference.oracle.BertShapesOracle;
import org.warpgrade.reference.oracle.BertShapesOracle.Config;

/** The names of BERT's nodes, and what students take their shapes for. */
final class BertShapesMistakes {

    static final List<String> NAMES = List.of(
            "token ids",
            "word embeddings",
            "position embeddings",
            "type embeddings",
            "sum of embeddings",
            "additive mask",
            "Q after the linear layer",
            "Q in heads",
            "K in heads, transposed",
            "attention scores",
            "attention probabilities",
            "context in heads",
            "context merged",
            "attention output",
            "FFN inner activation",
            "layer output",
            "pooled output",
            "gathered masked tokens",
            "MLM logits",
            "NSP logits",
            "word table",
            "fused QKV weight",
            "W1",
            "W2",
            "position table",
            "all layers stacked");

    /** What the driver shows for an extent that was not written. */
    private static final int UNSET = -7777;

    private BertShapesMistakes() {}

    /** Mistakes that fit any node. */
    static List<Mistake> general() {
        return List.of(
                new Mistake(
                        "-1 is returned: is this node filled in, and is the configuration taken for invalid?",
                        "返回了 -1：这个节点写了吗？是不是把配置当成了非法的？",
                        (c, node) -> new int[] {-1, 0, 0, 0, 0}),
                new Mistake("the last extent is never written to dim", "最后一维没有写入 dim", (c, node) -> {
                    int[] row = BertShapesOracle.row(c, node);
                    if (row[0] > 0) {
                        row[row[0]] = UNSET;
                    }
                    return row;
                }),
                new Mistake(
                        "the head size is taken to be 64: it is D = H / A",
                        "把每个头的大小当成了 64：应为 D = H / A",
                        (c, node) -> withHeadSize(c, node, 64)));
    }

    /** Mistakes about one node. */
    static List<Mistake> of(int node) {
        return switch (node) {
            case 2 ->
                List.of(mistake(
                        "the position embeddings are the same for every sentence: their first extent is 1",
                        "位置嵌入对每个句子都一样：第一维是 1",
                        c -> new int[] {c.b(), c.s(), c.h()}));
            case 5 ->
                List.of(mistake(
                        "a mask [B,S] does not broadcast over heads and queries: two axes of extent 1 are missing",
                        "[B,S] 的 mask 不能沿头和 query 广播：缺少两个大小为 1 的维",
                        c -> new int[] {c.b(), c.s()}));
            case 7, 11 ->
                List.of(mistake(
                        "the heads are split off but still stand behind the tokens: they move in front, [B,A,S,D]",
                        "头已拆开，但还在 token 之后：要移到前面，[B,A,S,D]",
                        c -> new int[] {c.b(), c.s(), c.a(), c.d()}));
            case 8 ->
                List.of(mistake(
                        "K is not transposed: the last two axes change places for the product Q K^T",
                        "K 没有转置：为了计算 Q K^T，最后两维要交换",
                        c -> new int[] {c.b(), c.a(), c.s(), c.d()}));
            case 9, 10 ->
                List.of(
                        mistake(
                                "the heads are forgotten: every head has a matrix of scores of its own",
                                "忘了头：每个头都有自己的分数矩阵",
                                c -> new int[] {c.b(), c.s(), c.s()}),
                        mistake(
                                "the last axis is H: a score is one number for a pair of tokens, [B,A,S,S]",
                                "最后一维成了 H：一对 token 的分数只是一个数，[B,A,S,S]",
                                c -> new int[] {c.b(), c.a(), c.s(), c.h()}));
            case 14 ->
                List.of(mistake("4H is used for the inner size: it is I, a size of its own", "中间维用了 4H：它是独立的尺寸 I", c ->
                        new int[] {c.b(), c.s(), 4 * c.h()}));
            case 16 ->
                List.of(mistake(
                        "the axis of tokens is still there: pooling keeps only the first token of each sentence",
                        "token 这一维还在：pooling 只保留每句的第一个 token",
                        c -> new int[] {c.b(), c.s(), c.h()}));
            case 17 ->
                List.of(mistake(
                        "the masked tokens of all sentences are flattened into one axis, B*M",
                        "所有句子的 mask 位置要摊平成一维 B*M",
                        c -> new int[] {c.b(), c.m(), c.h()}));
            case 18 ->
                List.of(
                        mistake(
                                "there are logits for every token: only the M masked tokens of each sentence are predicted",
                                "给每个 token 都算了 logits：只预测每句被 mask 的 M 个 token",
                                c -> new int[] {c.b(), c.s(), c.v()}),
                        mistake(
                                "the masked tokens of all sentences are flattened into one axis, B*M",
                                "所有句子的 mask 位置要摊平成一维 B*M",
                                c -> new int[] {c.b(), c.m(), c.v()}));
            case 21 -> List.of(transposed(c -> new int[] {c.h(), 3 * c.h()}));
            case 22 -> List.of(transposed(c -> new int[] {c.h(), c.i()}));
            case 23 -> List.of(transposed(c -> new int[] {c.i(), c.h()}));
            case 25 ->
                List.of(mistake(
                        "the layers stand behind the batch: stacking puts the new axis in front, [L,B,S,H]",
                        "层这一维放在了 batch 之后：叠放时新的一维在最前面，[L,B,S,H]",
                        c -> new int[] {c.b(), c.l(), c.s(), c.h()}));
            default -> List.of();
        };
    }

    @FunctionalInterface
    private interface Shape {
        int[] of(Config c);
    }

    private static Mistake mistake(String english, String chinese, Shape shape) {
        return new Mistake(english, chinese, (c, node) -> BertShapesOracle.row(shape.of(c)));
    }

    private static Mistake transposed(Shape shape) {
        return mistake(
                "the weight is [in][out]: the layout is [out][in], y = x W^T",
                "权重成了 [in][out]：布局应是 [out][in]，y = x W^T",
                shape);
    }

    private static int[] withHeadSize(Config c, int node, int size) {
        int[] row = BertShapesOracle.row(c, node);
        int axis = switch (node) {
            case 7, 11 -> 4;
            case 8 -> 3;
            default -> 0;
        };
        if (axis > 0 && row[0] > 0) {
            row[axis] = size;
        }
        return row;
    }
}
