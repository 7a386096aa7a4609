package org.warpgrade.engine.similarity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.source.CudaLexer;
import org.warpgrade.gpu.source.Token;
import org.warpgrade.gpu.source.TokenKind;

/**
 * Carries out the directives of one file, so that macros hide nothing: expands object-like and function-like macros,
 * leaves out text under {@code #if 0} and the like, forgets includes and pragmas. It is meant for comparison, not for
 * compiling: what it cannot make sense of stays as it is, and a bomb of macros is left unexpanded.
 */
final class Preprocessor {

    /** More pieces than any submission has; what would go beyond stays unexpanded. */
    private static final int MOST_PIECES = 40_000;

    private static final int DEEPEST = 40;

    /** @param parameters null for an object-like macro */
    private record Macro(@Nullable List<String> parameters, List<Piece> body) {}

    /** @param known whether we can tell which branch the compiler takes; otherwise all of them are kept */
    private record Branch(boolean kept, boolean known) {}

    private final Map<String, Macro> macros = new HashMap<>();
    private final List<Piece> out = new ArrayList<>();
    /** The open conditionals, outermost first. */
    private final List<Branch> open = new ArrayList<>();

    private Preprocessor() {}

    static List<Piece> run(String text) {
        Preprocessor preprocessor = new Preprocessor();
        List<Token> tokens = CudaLexer.tokenize(text).stream()
                .filter(t -> t.kind() != TokenKind.COMMENT && t.kind() != TokenKind.WHITESPACE)
                .toList();
        List<Piece> stretch = new ArrayList<>();
        for (int i = 0; i < tokens.size() && preprocessor.out.size() < MOST_PIECES; ) {
            Token token = tokens.get(i);
            if (token.kind() == TokenKind.DIRECTIVE) {
                preprocessor.expand(stretch);
                int end = endOfLine(tokens, i);
                preprocessor.directive(tokens.subList(i + 1, end));
                i = end;
            } else {
                if (token.kind() != TokenKind.NEWLINE && preprocessor.keeping()) {
                    stretch.add(Piece.of(token));
                }
                i++;
            }
        }
        preprocessor.expand(stretch);
        return preprocessor.out;
    }

    private static int endOfLine(List<Token> tokens, int from) {
        int i = from;
        while (i < tokens.size() && tokens.get(i).kind() != TokenKind.NEWLINE) {
            i++;
        }
        return i;
    }

    private boolean keeping() {
        return open.stream().allMatch(Branch::kept);
    }

    private static Branch constant(List<Token> condition) {
        String only = condition.size() == 1 ? condition.getFirst().text() : "";
        return new Branch(!only.equals("0"), only.equals("0") || only.equals("1"));
    }

    /** Names of the compiler's own are unknown here. */
    private Branch defined(String name, boolean wanted) {
        boolean known = !name.startsWith("__");
        return new Branch(!known || macros.containsKey(name) == wanted, known);
    }

    private void directive(List<Token> line) {
        if (line.isEmpty()) {
            return;
        }
        List<Token> rest = line.subList(1, line.size());
        String argument = rest.isEmpty() ? "" : rest.getFirst().text();
        switch (line.getFirst().text()) {
            case "define" -> {
                if (keeping() && !rest.isEmpty()) {
                    define(rest);
                }
            }
            case "undef" -> macros.remove(argument);
            case "if" -> open.add(constant(rest));
            case "ifdef" -> open.add(defined(argument, true));
            case "ifndef" -> open.add(defined(argument, false));
            case "else" -> {
                if (!open.isEmpty()) {
                    Branch first = open.removeLast();
                    open.add(first.known() ? new Branch(!first.kept(), true) : first);
                }
            }
            case "elif" -> {
                if (!open.isEmpty()) {
                    open.removeLast();
                    open.add(constant(rest));
                }
            }
            case "endif" -> {
                if (!open.isEmpty()) {
                    open.removeLast();
                }
            }
            default -> {
                // include, pragma, error, line: nothing that a copy could hide in
            }
        }
    }

    private void define(List<Token> rest) {
        Token name = rest.getFirst();
        boolean functionLike =
                rest.size() > 1 && rest.get(1).is("(") && rest.get(1).start() == name.end();
        if (!functionLike) {
            macros.put(name.text(), new Macro(null, pieces(rest.subList(1, rest.size()))));
            return;
        }
        List<String> parameters = new ArrayList<>();
        int i = 2;
        while (i < rest.size() && !rest.get(i).is(")")) {
            if (rest.get(i).is("...")) {
                parameters.add("__VA_ARGS__");
            } else if (!rest.get(i).is(",")) {
                parameters.add(rest.get(i).text());
            }
            i++;
        }
        macros.put(name.text(), new Macro(parameters, pieces(rest.subList(Math.min(i + 1, rest.size()), rest.size()))));
    }

    private static List<Piece> pieces(List<Token> tokens) {
        return tokens.stream().map(Piece::of).toList();
    }

    private void expand(List<Piece> stretch) {
        expand(stretch, new HashSet<>(), 0, out);
        stretch.clear();
    }

    private void expand(List<Piece> in, Set<String> hidden, int depth, List<Piece> to) {
        for (int i = 0; i < in.size(); i++) {
            Piece piece = in.get(i);
            Macro macro = piece.isWord() && !hidden.contains(piece.text()) ? macros.get(piece.text()) : null;
            if (macro == null || depth > DEEPEST || out.size() + to.size() > MOST_PIECES) {
                to.add(piece);
                continue;
            }
            List<Piece> body = macro.body();
            if (macro.parameters() != null) {
                int close = i + 1 < in.size() && in.get(i + 1).is("(") ? closing(in, i + 1) : -1;
                if (close < 0) {
                    to.add(piece);
                    continue;
                }
                body = filled(
                        macro,
                        arguments(in.subList(i + 2, close), macro.parameters().size()));
                i = close;
            }
            hidden.add(piece.text());
            expand(body.stream().map(p -> p.at(piece.line())).toList(), hidden, depth + 1, to);
            hidden.remove(piece.text());
        }
    }

    /** The index of the parenthesis that closes the one at the given index; -1 if there is none. */
    private static int closing(List<Piece> in, int open) {
        int depth = 0;
        for (int i = open; i < in.size(); i++) {
            if (in.get(i).is("(")) {
                depth++;
            } else if (in.get(i).is(")") && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /**
     * At most {@code most} arguments: the last one takes the commas that are left over, as {@code __VA_ARGS__} does.
     */
    private static List<List<Piece>> arguments(List<Piece> in, int most) {
        List<List<Piece>> arguments = new ArrayList<>();
        List<Piece> current = new ArrayList<>();
        int depth = 0;
        for (Piece piece : in) {
            depth += piece.is("(") ? 1 : piece.is(")") ? -1 : 0;
            if (piece.is(",") && depth == 0 && arguments.size() + 1 < most) {
                arguments.add(current);
                current = new ArrayList<>();
            } else {
                current.add(piece);
            }
        }
        arguments.add(current);
        return arguments;
    }

    private static List<Piece> filled(Macro macro, List<List<Piece>> arguments) {
        List<String> parameters = macro.parameters() == null ? List.of() : macro.parameters();
        List<Piece> filled = new ArrayList<>();
        for (Piece piece : macro.body()) {
            int at = parameters.indexOf(piece.text());
            if (at >= 0 && at < arguments.size()) {
                filled.addAll(arguments.get(at));
            } else {
                filled.add(piece);
            }
            if (filled.size() > MOST_PIECES) {
                break;
            }
        }
        return pasted(filled);
    }

    /** {@code a ## b} becomes {@code ab}. */
    private static List<Piece> pasted(List<Piece> in) {
        List<Piece> out = new ArrayList<>();
        for (int i = 0; i < in.size(); i++) {
            if (in.get(i).is("##") && !out.isEmpty() && i + 1 < in.size()) {
                Piece left = out.removeLast();
                out.add(new Piece(left.text() + in.get(++i).text(), left.kind(), left.line()));
            } else {
                out.add(in.get(i));
            }
        }
        return out;
    }
}
