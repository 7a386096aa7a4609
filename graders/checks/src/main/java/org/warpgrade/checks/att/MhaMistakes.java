package org.warpgrade.checks.att;

import java.util.function.Function;
import java.util.stream.Stream;
import org.warpgrade.engine.check.Hypothesis;
import org.warpgrade.reference.oracle.MhaOracle;
import org.warpgrade.reference.oracle.MhaOracle.Slip;
import org.warpgrade.reference.oracle.MhaOracle.Stages;
import org.warpgrade.reference.oracle.OracleTensor;

/** One stage gone wrong at a time, in words that name the stage. */
final class MhaMistakes {

    private MhaMistakes() {}

    /** What the tensor would hold under each mistake. */
    static Hypothesis[] of(MhaCase c, Function<Stages, OracleTensor> tensor) {
        return Stream.of(Slip.values())
                .filter(slip -> slip != Slip.NONE)
                .map(slip -> Hypothesis.of(
                        english(slip),
                        chinese(slip),
                        () -> tensor.apply(MhaOracle.stages(c.xq(), c.xkv(), c.w(), c.mask(), c.size(), slip))))
                .toArray(Hypothesis[]::new);
    }

    private static String english(Slip slip) {
        return switch (slip) {
            case NONE -> "";
            case SCALE_BY_WIDTH ->
                "stage scores: divided by sqrt(H); the width of a head is D = H/A, so the scale is 1/sqrt(D)";
            case NO_SCALE -> "stage scores: the scale 1/sqrt(D) is missing";
            case INTERLEAVED_HEADS ->
                "stage scores: heads are taken as features d*A + a; head a owns the features a*D to a*D + D-1";
            case ONE_HEAD -> "stage scores: this is one head of width H; A is not used";
            case KEYS_FROM_QUERIES -> "stage k: keys are made from xq; they come from xkv";
            case VALUES_FROM_QUERIES -> "stage v: values are made from xq; they come from xkv";
            case SOFTMAX_OVER_HEADS ->
                "stage probs: the softmax runs over all heads of a query together; each head has a softmax of its own";
            case SOFTMAX_OVER_QUERIES ->
                "stage probs: the softmax runs over queries; it belongs over the keys of one query";
            case ZERO_TIMES_NAN ->
                "stage context: masked values are multiplied by 0, and 0 * NaN is NaN; leave them out instead";
            case NO_MASK -> "stage probs: the mask is not applied";
            case MASK_OF_FIRST_BATCH ->
                "stage probs: every batch element uses the mask of the first: the mask is [B][Sq][Sk]";
            case MASK_AFTER_SOFTMAX ->
                "stage probs: masked after the softmax: the masked keys are still in the denominator";
            case EMPTY_ROW_UNIFORM ->
                "stage probs: a query without permitted keys attends to all of them; its probabilities are 0";
            case NO_OUTPUT_PROJECTION -> "stage out: this is the context; the output projection wo, bo is missing";
            case NO_OUTPUT_BIAS -> "stage out: bo is missing";
            case NO_QUERY_BIAS -> "stage q: bq is missing";
            case NO_VALUE_BIAS -> "stage v: bv is missing";
        };
    }

    private static String chinese(Slip slip) {
        return switch (slip) {
            case NONE -> "";
            case SCALE_BY_WIDTH -> "scores 阶段：除以了 sqrt(H)；一个头的宽度是 D = H/A，应乘 1/sqrt(D)";
            case NO_SCALE -> "scores 阶段：缺少缩放 1/sqrt(D)";
            case INTERLEAVED_HEADS -> "scores 阶段：头取成了特征 d*A + a；头 a 拥有特征 a*D 到 a*D + D-1";
            case ONE_HEAD -> "scores 阶段：结果是一个宽度为 H 的头；没有用到 A";
            case KEYS_FROM_QUERIES -> "k 阶段：键由 xq 得到；应由 xkv 得到";
            case VALUES_FROM_QUERIES -> "v 阶段：值由 xq 得到；应由 xkv 得到";
            case SOFTMAX_OVER_HEADS -> "probs 阶段：softmax 把一个查询的所有头放在一起做了；每个头应各做各的";
            case SOFTMAX_OVER_QUERIES -> "probs 阶段：softmax 沿查询方向做了；应沿一个查询的键做";
            case ZERO_TIMES_NAN -> "context 阶段：被遮住的值乘了 0，而 0 * NaN 是 NaN；应当跳过它们";
            case NO_MASK -> "probs 阶段：没有使用掩码";
            case MASK_OF_FIRST_BATCH -> "probs 阶段：所有样本都用了第一个样本的掩码；掩码是 [B][Sq][Sk]";
            case MASK_AFTER_SOFTMAX -> "probs 阶段：softmax 之后才加掩码，被遮住的键仍在分母里";
            case EMPTY_ROW_UNIFORM -> "probs 阶段：没有任何可看键的查询却平均看了所有键；它的概率应为 0";
            case NO_OUTPUT_PROJECTION -> "out 阶段：这是 context；缺少输出投影 wo、bo";
            case NO_OUTPUT_BIAS -> "out 阶段：缺少 bo";
            case NO_QUERY_BIAS -> "q 阶段：缺少 bq";
            case NO_VALUE_BIAS -> "v 阶段：缺少 bv";
        };
    }
}
