package org.warpgrade.engine.mutation;

import java.util.Set;
import java.util.function.Consumer;

/** Terms and factors that are gone. */
final class Terms {

    private static final Set<String> SUMS = Set.of("+", "-");
    private static final Set<String> PRODUCTS = Set.of("*", "/", "%");
    private static final Set<String> LOOSER = Set.of(
            ";", ",", "?", ":", "<", ">", "<=", ">=", "==", "!=", "&&", "||", "&", "|", "^", "<<", ">>", "=", "+=",
            "-=", "*=", "/=");

    private Terms() {}

    static void find(SourceTokens tokens, Consumer<Mutation> found) {
        for (int i = 1; i + 1 < tokens.size(); i++) {
            boolean sum = SUMS.contains(tokens.word(i));
            if (!tokens.spaced(i) || !sum && !PRODUCTS.contains(tokens.word(i))) {
                continue;
            }
            int last = lastOfOperand(tokens, i + 1, sum);
            if (last > i) {
                int before = tokens.at(i - 1).end();
                int end = tokens.at(last).end();
                found.accept(tokens.change(MutationKind.TERM, before, end, tokens.at(i), ""));
            }
        }
    }

    /** The last token of the operand that begins at token {@code from}; a product binds tighter than a sum. */
    private static int lastOfOperand(SourceTokens tokens, int from, boolean ofSum) {
        int i = from;
        while (i < tokens.size()) {
            boolean closes = tokens.partner(i) >= 0 && tokens.partner(i) < i;
            boolean operator = i > from
                    && tokens.spaced(i)
                    && (SUMS.contains(tokens.word(i))
                            || !ofSum && PRODUCTS.contains(tokens.word(i))
                            || LOOSER.contains(tokens.word(i)));
            if (closes
                    || operator
                    || tokens.is(i, ";")
                    || tokens.is(i, ",")
                    || tokens.is(i, ":")
                    || tokens.is(i, "?")) {
                return i - 1;
            }
            i = tokens.partner(i) > i ? tokens.partner(i) + 1 : i + 1;
        }
        return -1;
    }
}
