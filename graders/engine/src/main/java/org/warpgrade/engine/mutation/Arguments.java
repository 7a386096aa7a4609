package org.warpgrade.engine.mutation;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Arguments in the wrong order. */
final class Arguments {

    /** Their first two arguments may be exchanged. */
    private static final Set<String> SYMMETRIC =
            Set.of("fmaxf", "fminf", "fmax", "fmin", "max", "min", "fmaf", "fma", "__fmaf_rn", "__hmul", "__hadd");

    private Arguments() {}

    static void find(SourceTokens tokens, Consumer<Mutation> found) {
        for (int i = 1; i < tokens.size(); i++) {
            if (!tokens.opensCall(i) && !tokens.is(i, "<<<") || tokens.partner(i) < i) {
                continue;
            }
            List<int[]> arguments = tokens.arguments(i);
            for (int k = 0; k + 1 < arguments.size(); k++) {
                if (k > 0 || !SYMMETRIC.contains(tokens.word(i - 1))) {
                    exchange(tokens, arguments.get(k), arguments.get(k + 1), found);
                }
            }
        }
    }

    private static void exchange(SourceTokens tokens, int[] a, int[] b, Consumer<Mutation> found) {
        String first = tokens.text(a[0], a[1]);
        String second = tokens.text(b[0], b[1]);
        if (!first.equals(second)) {
            String between = tokens.text(a[0], b[1]);
            String comma = between.substring(first.length(), between.length() - second.length());
            found.accept(tokens.change(MutationKind.ARGUMENTS, a[0], b[1], second + comma + first));
        }
    }
}
