package org.warpgrade.checks.blk;

import java.util.function.Function;
import java.util.stream.Stream;
import org.warpgrade.engine.check.Hypothesis;
import org.warpgrade.reference.oracle.EncoderLayerOracle;
import org.warpgrade.reference.oracle.EncoderLayerOracle.Slip;
import org.warpgrade.reference.oracle.EncoderLayerOracle.Stages;
import org.warpgrade.reference.oracle.OracleTensor;

/** One stage of the encoder layer gone wrong at a time, in words that name the stage. */
final class EncoderMistakes {

    private EncoderMistakes() {}

    /** What the tensor would hold under each mistake. */
    static Hypothesis[] of(EncoderCase c, Function<Stages, OracleTensor> tensor) {
        return Stream.of(Slip.values())
                .filter(slip -> slip != Slip.NONE)
                .map(slip -> Hypothesis.of(
                        english(slip),
                        chinese(slip),
                        () -> tensor.apply(
                                EncoderLayerOracle.stages(c.x(), c.w(), c.len(), c.size(), c.act(), c.eps(), slip))))
                .toArray(Hypothesis[]::new);
    }

    private static String english(Slip slip) {
        return switch (slip) {
            case NONE -> "";
            case NO_SCALE -> "stage scores: the scale 1/sqrt(D) is missing";
            case SCALE_BY_WIDTH ->
                "stage scores: divided by sqrt(H); the width of a head is D = H/A, so the scale is 1/sqrt(D)";
            case INTERLEAVED_HEADS ->
                "stage scores: heads are taken as features d*A + a; head a owns the features a*D to a*D + D-1";
            case ONE_HEAD -> "stage scores: this is one head of width H; A is not used";
            case ZERO_TIMES_NAN ->
                "stage context: values of padding are multiplied by 0, and 0 * NaN is NaN; leave them out instead";
            case NO_PADDING_MASK -> "stage probs: keys of padding (from len[b] on) are attended to";
            case NO_OUTPUT_PROJECTION -> "stage attention: the output projection wo, bo is missing";
            case NO_OUTPUT_BIAS -> "stage attention: bo is missing";
            case PRE_NORM ->
                "this is the pre-norm layer, x + MHA(LN1(x)); BERT normalises after the residual, LN1(x + MHA(x))";
            case FIRST_NORM_TWICE -> "stage y: the second norm uses the parameters of the first (ln1 in place of ln2)";
            case NO_FIRST_RESIDUAL -> "stage sum1: the residual is missing, x + attention";
            case NO_SECOND_RESIDUAL -> "stage sum2: the residual is missing, norm1 + ffn";
            case SECOND_RESIDUAL_FROM_INPUT -> "stage sum2: the second residual starts from x; it starts from norm1";
            case UNBIASED_VARIANCE -> "stage norm1: the variance is divided by H - 1; LayerNorm divides by H";
            case EPS_OF_PYTORCH -> "stage norm1: eps is 1e-5 whatever the argument says";
            case EPS_OF_BERT -> "stage norm1: eps is 1e-12 whatever the argument says";
            case EPS_OUTSIDE_ROOT -> "stage norm1: eps is added to the root; it belongs under it, sqrt(variance + eps)";
            case NO_ACTIVATION -> "stage hidden: the activation is missing";
            case ALWAYS_RELU -> "stage hidden: relu is used whatever act says";
            case ALWAYS_GELU -> "stage hidden: gelu is used whatever act says";
            case OTHER_GELU -> "stage hidden: this is the tanh form of gelu; code 4 is the erf form";
            case NO_FIRST_FFN_BIAS -> "stage hidden: b1 is missing";
            case NO_SECOND_FFN_BIAS -> "stage ffn: b2 is missing";
        };
    }

    private static String chinese(Slip slip) {
        return switch (slip) {
            case NONE -> "";
            case NO_SCALE -> "scores 阶段：缺少缩放 1/sqrt(D)";
            case SCALE_BY_WIDTH -> "scores 阶段：除以了 sqrt(H)；一个头的宽度是 D = H/A，应乘 1/sqrt(D)";
            case INTERLEAVED_HEADS -> "scores 阶段：头取成了特征 d*A + a；头 a 拥有特征 a*D 到 a*D + D-1";
            case ONE_HEAD -> "scores 阶段：结果是一个宽度为 H 的头；没有用到 A";
            case ZERO_TIMES_NAN -> "context 阶段：填充的值乘了 0，而 0 * NaN 是 NaN；应当跳过它们";
            case NO_PADDING_MASK -> "probs 阶段：看到了填充的键（从 len[b] 起）";
            case NO_OUTPUT_PROJECTION -> "attention 阶段：缺少输出投影 wo、bo";
            case NO_OUTPUT_BIAS -> "attention 阶段：缺少 bo";
            case PRE_NORM -> "这是 pre-norm 的层，x + MHA(LN1(x))；BERT 在残差之后归一化，LN1(x + MHA(x))";
            case FIRST_NORM_TWICE -> "y 阶段：第二个归一化用了第一个的参数（ln1 而不是 ln2）";
            case NO_FIRST_RESIDUAL -> "sum1 阶段：缺少残差，应为 x + attention";
            case NO_SECOND_RESIDUAL -> "sum2 阶段：缺少残差，应为 norm1 + ffn";
            case SECOND_RESIDUAL_FROM_INPUT -> "sum2 阶段：第二个残差从 x 出发；应从 norm1 出发";
            case UNBIASED_VARIANCE -> "norm1 阶段：方差除以了 H - 1；LayerNorm 除以 H";
            case EPS_OF_PYTORCH -> "norm1 阶段：不管参数是多少，eps 都用了 1e-5";
            case EPS_OF_BERT -> "norm1 阶段：不管参数是多少，eps 都用了 1e-12";
            case EPS_OUTSIDE_ROOT -> "norm1 阶段：eps 加在了根号外；应在根号内，sqrt(variance + eps)";
            case NO_ACTIVATION -> "hidden 阶段：缺少激活函数";
            case ALWAYS_RELU -> "hidden 阶段：不管 act 是什么都用了 relu";
            case ALWAYS_GELU -> "hidden 阶段：不管 act 是什么都用了 gelu";
            case OTHER_GELU -> "hidden 阶段：用了 gelu 的 tanh 形式；编号 4 是 erf 形式";
            case NO_FIRST_FFN_BIAS -> "hidden 阶段：缺少 b1";
            case NO_SECOND_FFN_BIAS -> "ffn 阶段：缺少 b2";
        };
    }
}
