package org.warpgrade.engine.mutation;

import java.util.Set;
import java.util.function.Consumer;
import org.warpgrade.gpu.source.TokenKind;

/** Statements that are gone: barriers, calls, assignments, jumps. Declarations stay, or nothing would compile. */
final class Statements {

    private static final Set<String> BARRIERS =
            Set.of("__syncthreads", "__syncwarp", "__threadfence", "__threadfence_block", "cudaDeviceSynchronize");

    private static final Set<String> JUMPS = Set.of("continue", "break");

    private static final Set<String> HEADERS = Set.of("if", "for", "while", "switch");

    private static final Set<String> ASSIGNING =
            Set.of("=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "++", "--");

    private Statements() {}

    static void find(SourceTokens tokens, Consumer<Mutation> found) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.inBraces(i) && begins(tokens, i)) {
                int end = end(tokens, i);
                if (end > i && mayGo(tokens, i, end)) {
                    boolean barrier = BARRIERS.contains(tokens.word(i));
                    found.accept(tokens.change(barrier ? MutationKind.BARRIER : MutationKind.STATEMENT, i, end, ";"));
                }
            }
        }
    }

    /** Whether a statement begins at token i. */
    private static boolean begins(SourceTokens tokens, int i) {
        if (tokens.is(i - 1, ";")) {
            return !insideHeader(tokens, i);
        }
        if (tokens.is(i - 1, ")")) {
            int open = tokens.partner(i - 1);
            return open > 0 && HEADERS.contains(tokens.word(open - 1)) && !tokens.is(i, "{");
        }
        return tokens.is(i - 1, "{") || tokens.is(i - 1, "}") || tokens.is(i - 1, "else");
    }

    private static boolean insideHeader(SourceTokens tokens, int i) {
        for (int j = i - 1; j >= 0 && !tokens.is(j, "{") && !tokens.is(j, "}"); j--) {
            if (tokens.is(j, "(") && tokens.partner(j) > i) {
                return true;
            }
        }
        return false;
    }

    /** The semicolon that ends the statement at i; -1 if a block comes first. */
    private static int end(SourceTokens tokens, int i) {
        for (int j = i; j < tokens.size(); j++) {
            if (tokens.is(j, ";")) {
                return j;
            }
            if (tokens.is(j, "{") || tokens.is(j, "}")) {
                return -1;
            }
            if (tokens.partner(j) > j) {
                j = tokens.partner(j);
            }
        }
        return -1;
    }

    private static boolean mayGo(SourceTokens tokens, int first, int end) {
        if (JUMPS.contains(tokens.word(first))) {
            return true;
        }
        boolean begins = tokens.kind(first) == TokenKind.IDENTIFIER
                || tokens.is(first, "*")
                || tokens.is(first, "++")
                || tokens.is(first, "--");
        boolean declares = tokens.at(first).isWord() && tokens.at(first + 1).isWord()
                || tokens.is(first + 1, "*") && !tokens.spaced(first + 1)
                || tokens.is(first + 1, "<") && !assigns(tokens, first, end) && !tokens.is(end - 1, ")");
        return begins && !declares && (assigns(tokens, first, end) || tokens.is(end - 1, ")"));
    }

    private static boolean assigns(SourceTokens tokens, int first, int end) {
        for (int i = first; i < end; i++) {
            if (ASSIGNING.contains(tokens.word(i))) {
                return true;
            }
            if (tokens.partner(i) > i) {
                i = tokens.partner(i);
            }
        }
        return false;
    }
}
