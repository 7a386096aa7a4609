package org.warpgrade.engine.mutation;

import java.util.Locale;
import java.util.function.Consumer;
import org.warpgrade.gpu.source.TokenKind;

/** Numbers that are a little off. */
final class Constants {

    private Constants() {}

    static void find(SourceTokens tokens, Consumer<Mutation> found) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.kind(i) != TokenKind.NUMBER) {
                continue;
            }
            String number = tokens.word(i).toLowerCase(Locale.ROOT);
            if (number.startsWith("0x")) {
                continue; // masks; a mask that is off is a matter of the sanitizers
            }
            if (number.matches("\\d+(u|l|ll|ull|ul)?")) {
                whole(tokens, i, number, found);
            } else if (number.matches("[\\d.]+(e[+-]?\\d+)?f?")) {
                fraction(tokens, i, number, found);
            }
        }
    }

    private static void whole(SourceTokens tokens, int i, String number, Consumer<Mutation> found) {
        String digits = number.replaceAll("[ul]", "");
        String suffix = number.substring(digits.length());
        long value = Long.parseLong(digits);
        found.accept(tokens.change(MutationKind.CONSTANT, i, i, (value + 1) + suffix));
        if (value > 0) {
            found.accept(tokens.change(MutationKind.CONSTANT, i, i, (value - 1) + suffix));
        }
    }

    private static void fraction(SourceTokens tokens, int i, String number, Consumer<Mutation> found) {
        String suffix = number.endsWith("f") ? "f" : "";
        double value = Double.parseDouble(number.replace("f", ""));
        String other = value == 0 ? "1.0" + suffix : "(" + tokens.word(i) + " * 1.01" + suffix + ")";
        found.accept(tokens.change(MutationKind.CONSTANT, i, i, other));
    }
}
