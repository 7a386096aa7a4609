package org.warpgrade.gpu.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.source.CudaLexer;
import org.warpgrade.gpu.source.Token;
import org.warpgrade.gpu.source.TokenKind;

/**
 * The functions that a source declares at namespace scope, found by their tokens: good enough to tell a person what stands
 * where. What decides is {@link EntryCheck}.
 */
final class Functions {

    /**
     * One declaration.
     *
     * @param name as spelled, without scope
     * @param signature from the return type to the closing parenthesis, on one line
     * @param line of the name
     * @param kernel whether it is {@code __global__}
     * @param defined whether a body follows
     */
    record Function(String name, String signature, int line, boolean kernel, boolean defined) {}

    private final List<Function> functions = new ArrayList<>();
    private final List<Token> tokens;
    private final List<Token> scopes = new ArrayList<>();
    private @Nullable Token unclosed;
    private int next;

    private Functions(String text) {
        tokens = CudaLexer.tokenize(text).stream()
                .filter(token -> token.kind().isSignificant() && !token.inDirective())
                .toList();
        while (next < tokens.size()) {
            declaration();
        }
        if (unclosed == null && !scopes.isEmpty()) {
            unclosed = scopes.getLast();
        }
    }

    static Functions in(String text) {
        return new Functions(text);
    }

    List<Function> all() {
        return functions;
    }

    /** The first brace that no other closes. */
    Optional<Token> unclosedBrace() {
        return Optional.ofNullable(unclosed);
    }

    Optional<Function> named(String name) {
        return functions.stream()
                .filter(f -> f.name().equals(name))
                .min((a, b) -> Boolean.compare(b.defined(), a.defined()));
    }

    /** Host functions and device functions with a body: what could have been meant as an entry. */
    List<Function> candidates() {
        return functions.stream().filter(f -> f.defined() && !f.kernel()).toList();
    }

    /** Reads up to the next {@code ;} or through the next block; the blocks of namespaces and linkage are entered. */
    private void declaration() {
        int first = next;
        int depth = 0;
        boolean assigned = false;
        for (; next < tokens.size(); next++) {
            Token token = tokens.get(next);
            if (token.is("(") || token.is("[")) {
                depth++;
            } else if (token.is(")") || token.is("]")) {
                depth = Math.max(0, depth - 1);
            } else if (depth == 0 && token.is("=")) {
                assigned = true;
            } else if (depth == 0 && token.is(";")) {
                if (!assigned) {
                    function(first, next, false);
                }
                next++;
                return;
            } else if (depth == 0 && token.is("}")) {
                next++; // the end of a namespace or linkage block
                if (!scopes.isEmpty()) {
                    scopes.removeLast();
                }
                return;
            } else if (token.is("{")) {
                if (depth == 0 && opensScope(first, next)) {
                    scopes.add(token);
                    next++;
                    return;
                }
                boolean function = depth == 0 && !assigned && function(first, next, true);
                skipBlock();
                if (function) {
                    return;
                }
                next--;
            }
        }
    }

    private boolean opensScope(int first, int brace) {
        for (int i = first; i < brace; i++) {
            if (tokens.get(i).is("namespace")) {
                return true;
            }
        }
        return brace >= first + 2
                && tokens.get(brace - 2).is("extern")
                && tokens.get(brace - 1).kind() == TokenKind.STRING;
    }

    private void skipBlock() {
        Token open = tokens.get(next);
        int depth = 0;
        for (; next < tokens.size(); next++) {
            if (tokens.get(next).is("{")) {
                depth++;
            } else if (tokens.get(next).is("}") && --depth == 0) {
                next++;
                return;
            }
        }
        if (unclosed == null) {
            unclosed = open;
        }
    }

    /** Notes the function that the tokens declare, if they do. */
    private boolean function(int first, int end, boolean defined) {
        boolean kernel = false;
        int from = first;
        for (int i = first; i + 1 < end; i++) {
            Token token = tokens.get(i);
            kernel |= token.is("__global__");
            if (token.is("template")) {
                i = skipAngles(i + 1, end) - 1;
                from = i + 1;
                continue;
            }
            if (!tokens.get(i + 1).is("(") || token.kind() == TokenKind.PUNCTUATOR) {
                continue;
            }
            int close = closing(i + 1, end);
            if (token.kind() != TokenKind.IDENTIFIER || isAttribute(token.text()) || close >= end) {
                i = close; // __launch_bounds__(...), decltype(...), alignas(...)
                continue;
            }
            if (i == from) {
                return false; // a macro call, not a declaration
            }
            functions.add(new Function(token.text(), spell(from, close), token.line(), kernel, defined));
            return true;
        }
        return false;
    }

    private static boolean isAttribute(String name) {
        return name.startsWith("__") && name.endsWith("__");
    }

    private int skipAngles(int open, int end) {
        int depth = 0;
        for (int i = open; i < end; i++) {
            String text = tokens.get(i).text();
            if (text.equals("<")) {
                depth++;
            } else if (text.equals(">") || text.equals(">>")) {
                depth -= text.length();
                if (depth <= 0) {
                    return i + 1;
                }
            }
        }
        return end;
    }

    private int closing(int open, int end) {
        int depth = 0;
        for (int i = open; i < end; i++) {
            if (tokens.get(i).is("(")) {
                depth++;
            } else if (tokens.get(i).is(")") && --depth == 0) {
                return i;
            }
        }
        return end;
    }

    private String spell(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i <= to; i++) {
            Token token = tokens.get(i);
            Token before = i > from ? tokens.get(i - 1) : null;
            if (before != null && spaced(before, token)) {
                text.append(' ');
            }
            text.append(token.text());
        }
        return text.toString();
    }

    private static boolean spaced(Token before, Token token) {
        if (before.is(",")) {
            return true;
        }
        if (token.is("=") || before.is("=")) {
            return true;
        }
        boolean wordBefore =
                before.kind() != TokenKind.PUNCTUATOR || before.is("*") || before.is("&") || before.is(">");
        boolean word = token.kind() != TokenKind.PUNCTUATOR;
        return wordBefore && word;
    }
}
