package org.warpgrade.engine.mutation;

import java.util.function.Consumer;

/** Conditions that hold always or never, and choices the wrong way round. */
final class Guards {

    private Guards() {}

    static void find(SourceTokens tokens, Consumer<Mutation> found) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            boolean guards = tokens.is(i, "if") || tokens.is(i, "while");
            if (guards && tokens.is(i + 1, "(") && tokens.partner(i + 1) > i + 2) {
                int last = tokens.partner(i + 1) - 1;
                found.accept(tokens.change(MutationKind.GUARD, i + 2, last, "false"));
                if (tokens.is(i, "if")) {
                    found.accept(tokens.change(MutationKind.GUARD, i + 2, last, "true"));
                }
            } else if (tokens.is(i, "?")) {
                choice(tokens, i, found);
            }
        }
    }

    private static void choice(SourceTokens tokens, int question, Consumer<Mutation> found) {
        int colon = next(tokens, question + 1, ":");
        if (colon < 0) {
            return;
        }
        int end = colon + 1;
        while (end < tokens.size() && !endsExpression(tokens, end)) {
            end = tokens.partner(end) > end ? tokens.partner(end) + 1 : end + 1;
        }
        String swapped = tokens.text(colon + 1, end - 1) + " : " + tokens.text(question + 1, colon - 1);
        found.accept(tokens.change(MutationKind.GUARD, question + 1, end - 1, swapped));
    }

    private static int next(SourceTokens tokens, int from, String wanted) {
        int nested = 0;
        for (int i = from; i < tokens.size() && !tokens.is(i, ";"); i++) {
            if (tokens.is(i, "?")) {
                nested++;
            } else if (tokens.is(i, wanted) && nested-- == 0) {
                return i;
            } else if (tokens.partner(i) > i) {
                i = tokens.partner(i);
            }
        }
        return -1;
    }

    private static boolean endsExpression(SourceTokens tokens, int i) {
        return tokens.is(i, ";")
                || tokens.is(i, ",")
                || tokens.is(i, ":")
                || tokens.partner(i) >= 0 && tokens.partner(i) < i;
    }
}
