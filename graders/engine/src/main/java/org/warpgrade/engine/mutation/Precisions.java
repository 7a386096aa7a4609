package org.warpgrade.engine.mutation;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.warpgrade.gpu.source.TokenKind;

/** Values of type {@code float} that keep only the 11 significant bits of a half, at the same range. */
final class Precisions {

    private static final String CUT = "__int_as_float(__float_as_int(%s) & 0xffffe000)";

    private Precisions() {}

    static void find(SourceTokens tokens, Consumer<Mutation> found) {
        Set<String> floats = new HashSet<>();
        for (int i = 0; i + 3 < tokens.size(); i++) {
            if (tokens.is(i, "float") && tokens.kind(i + 1) == TokenKind.IDENTIFIER) {
                floats.add(tokens.word(i + 1));
                if (tokens.is(i + 2, "=") && tokens.inBraces(i)) {
                    cut(tokens, i + 3, found);
                }
            } else if (tokens.is(i + 1, "+=") && floats.contains(tokens.word(i))) {
                cut(tokens, i + 2, found);
            }
        }
    }

    private static void cut(SourceTokens tokens, int from, Consumer<Mutation> found) {
        int end = from;
        while (end < tokens.size() && !tokens.is(end, ";") && !tokens.is(end, ",") && !tokens.is(end, "}")) {
            end = tokens.partner(end) > end ? tokens.partner(end) + 1 : end + 1;
        }
        boolean literal = end == from + 1 && tokens.kind(from) == TokenKind.NUMBER;
        if (end > from && !literal) {
            String expression = tokens.text(from, end - 1);
            found.accept(tokens.change(MutationKind.PRECISION, from, end - 1, CUT.formatted(expression)));
        }
    }
}
