package org.warpgrade.engine.mutation;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.warpgrade.gpu.source.TokenKind;

/** Names that become other names of the same sort. */
final class Words {

    private static final Set<String> BUILT_IN = Set.of("threadIdx", "blockIdx", "blockDim", "gridDim");

    private static final Map<String, String> OTHER_AXIS = Map.of("x", "y", "y", "x", "z", "x");

    private static final Map<String, String> OTHER_INDEX =
            Map.of("threadIdx", "blockIdx", "blockIdx", "threadIdx", "blockDim", "gridDim", "gridDim", "blockDim");

    private static final Map<String, List<String>> FUNCTIONS = Map.ofEntries(
            entry("fmaxf", List.of("fminf")),
            entry("fminf", List.of("fmaxf")),
            entry("max", List.of("min")),
            entry("min", List.of("max")),
            entry("expf", List.of("exp2f")),
            entry("exp2f", List.of("expf")),
            entry("__expf", List.of("exp2f")),
            entry("logf", List.of("log2f")),
            entry("rsqrtf", List.of("sqrtf")),
            entry("tanhf", List.of("sinf")),
            entry("erff", List.of("tanhf")),
            entry("sqrtf", List.of("")),
            entry("fabsf", List.of("")),
            entry("atomicAdd", List.of("atomicExch")),
            entry("atomicMax", List.of("atomicMin")),
            entry("__shfl_xor_sync", List.of("__shfl_down_sync")),
            entry("__shfl_down_sync", List.of("__shfl_up_sync")),
            entry("__shfl_up_sync", List.of("__shfl_down_sync")),
            entry("true", List.of("false")),
            entry("false", List.of("true")));

    private static final Set<String> IDENTITIES = Set.of("INFINITY", "FLT_MAX");

    private Words() {}

    static void find(SourceTokens tokens, Consumer<Mutation> found) {
        for (int i = 0; i < tokens.size(); i++) {
            if (!tokens.at(i).isWord()) {
                continue;
            }
            String word = tokens.word(i);
            int here = i;
            if (BUILT_IN.contains(word) && tokens.is(i + 1, ".")) {
                found.accept(tokens.change(MutationKind.INDEX, i, i, OTHER_INDEX.get(word)));
                String axis = OTHER_AXIS.get(tokens.word(i + 2));
                if (axis != null) {
                    found.accept(tokens.change(MutationKind.INDEX, i + 2, i + 2, axis));
                }
            } else if (IDENTITIES.contains(word)) {
                found.accept(tokens.change(MutationKind.IDENTITY, i, i, "0.0f"));
                if (tokens.is(i - 1, "-") && !tokens.spaced(i - 1)) {
                    found.accept(tokens.change(MutationKind.IDENTITY, i - 1, i, word));
                }
            } else if (FUNCTIONS.containsKey(word) && tokens.inBraces(i)) {
                FUNCTIONS.get(word).forEach(to -> found.accept(tokens.change(MutationKind.FUNCTION, here, here, to)));
            } else if (word.equals("double") && tokens.kind(i) == TokenKind.KEYWORD) {
                found.accept(tokens.change(MutationKind.PRECISION, i, i, "float"));
            }
        }
    }
}
