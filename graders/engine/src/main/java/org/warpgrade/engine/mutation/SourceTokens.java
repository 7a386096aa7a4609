package org.warpgrade.engine.mutation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.warpgrade.gpu.source.CudaLexer;
import org.warpgrade.gpu.source.Token;
import org.warpgrade.gpu.source.TokenKind;

/**
 * The tokens of a source as mutations look at them: no directives, no blanks, brackets paired. It expects binary operators
 * between blanks and unary ones without, as all our references are written; that tells {@code a * b} from {@code float* b}
 * and {@code a < b} from {@code f<b>} without a parser of C++.
 */
final class SourceTokens {

    private static final Set<String> DECLARING = Set.of("*", "&", ">", "&&");

    private final String text;
    private final List<Token> tokens;
    private final int[] partner;
    private final int[] braces;

    SourceTokens(String text) {
        this.text = text;
        this.tokens = CudaLexer.significant(text).stream()
                .filter(token -> !token.inDirective())
                .toList();
        this.partner = new int[tokens.size()];
        this.braces = new int[tokens.size()];
        pair();
    }

    private void pair() {
        Deque<Integer> open = new ArrayDeque<>();
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            partner[i] = -1;
            braces[i] = depth;
            if (kind(i) != TokenKind.PUNCTUATOR) {
                continue;
            }
            switch (tokens.get(i).text()) {
                case "(", "[", "{", "<<<" -> open.push(i);
                case ")", "]", "}", ">>>" -> {
                    if (!open.isEmpty()) {
                        partner[i] = open.pop();
                        partner[partner[i]] = i;
                    }
                }
                default -> {}
            }
            if (is(i, "{")) {
                depth++;
            } else if (is(i, "}")) {
                braces[i] = --depth;
            }
        }
    }

    int size() {
        return tokens.size();
    }

    Token at(int i) {
        return tokens.get(i);
    }

    String word(int i) {
        return i >= 0 && i < tokens.size() ? tokens.get(i).text() : "";
    }

    boolean is(int i, String spelling) {
        return i >= 0 && i < tokens.size() && tokens.get(i).is(spelling);
    }

    TokenKind kind(int i) {
        return tokens.get(i).kind();
    }

    /** The bracket that closes or opens what the bracket at i opens or closes; -1 if i is none. */
    int partner(int i) {
        return partner[i];
    }

    /** Whether the token stands within braces: in a function's body or an initialiser. */
    boolean inBraces(int i) {
        return braces[i] > 0;
    }

    /** Whether the token stands between blanks: a binary operator. */
    boolean spaced(int i) {
        Token token = tokens.get(i);
        return token.start() > 0
                && isBlank(text.charAt(token.start() - 1))
                && token.end() < text.length()
                && isBlank(text.charAt(token.end()));
    }

    /** Whether nothing stands between the token and the one before. */
    boolean touchesPrevious(int i) {
        return i > 0 && tokens.get(i - 1).end() == tokens.get(i).start();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }

    /** The text from token {@code from} to token {@code to}, both included. */
    String text(int from, int to) {
        return text.substring(tokens.get(from).start(), tokens.get(to).end());
    }

    /** Whether the parenthesis at i opens the arguments of a call, and not the parameters of a declaration. */
    boolean opensCall(int i) {
        if (!is(i, "(") || i == 0 || !inBraces(i)) {
            return false;
        }
        if (is(i - 1, ">>>")) {
            return true;
        }
        int name = is(i - 1, ">") && touchesPrevious(i) ? openingOfTemplate(i - 1) - 1 : i - 1;
        if (name < 1 || kind(name) != TokenKind.IDENTIFIER) {
            return false;
        }
        Token before = tokens.get(name - 1);
        boolean declared = before.isWord() && !before.is("return") && !before.is("else") && !before.is("dim3")
                || DECLARING.contains(before.text()) && !spaced(name - 1) && !before.is("&&");
        return !declared;
    }

    private int openingOfTemplate(int close) {
        int i = close;
        while (i > 0 && !is(i, "<") && !is(i, ";") && !is(i, "{")) {
            i--;
        }
        return i;
    }

    /** The first and last tokens of the arguments between the parentheses that open at i; empty if there are none. */
    List<int[]> arguments(int open) {
        List<int[]> arguments = new ArrayList<>();
        int close = partner[open];
        int from = open + 1;
        for (int i = open + 1; i <= close; i++) {
            if (i == close || is(i, ",")) {
                if (i > from) {
                    arguments.add(new int[] {from, i - 1});
                }
                from = i + 1;
            } else if (partner[i] > i) {
                i = partner[i];
            }
        }
        return arguments;
    }

    /** The change of the tokens {@code from} to {@code to} into another text. */
    Mutation change(MutationKind kind, int from, int to, String after) {
        return change(kind, tokens.get(from).start(), tokens.get(to).end(), tokens.get(from), after);
    }

    /** The change of the characters {@code start} to {@code end} into another text, told at the place of a token. */
    Mutation change(MutationKind kind, int start, int end, Token at, String after) {
        int lineStart = text.lastIndexOf('\n', at.start()) + 1;
        int lineEnd = text.indexOf('\n', at.start());
        String code =
                text.substring(lineStart, lineEnd < 0 ? text.length() : lineEnd).strip();
        return new Mutation(kind, at.line(), at.column(), start, end, text.substring(start, end), after, code);
    }
}
