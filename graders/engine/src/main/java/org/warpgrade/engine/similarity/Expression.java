package org.warpgrade.engine.similarity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.warpgrade.engine.similarity.Symbols.Symbol;
import org.warpgrade.gpu.source.TokenKind;

/**
 * An expression or declaration in canonical form: without types, casts and parentheses that only group; {@code a += b}
 * as {@code a = a + b}; {@code p->x} as {@code p.x}; arithmetic on numbers as one number.
 */
final class Expression {

    /** Every number, so that changing a block size hides nothing. */
    static final String NUMBER = "#";

    private static final String TEXT = "text";

    private static final Map<String, String> COMPOUND = Map.of(
            "+=", "+", "-=", "-", "*=", "*", "/=", "/", "%=", "%", "&=", "&", "|=", "|", "^=", "^", "<<=", "<<", ">>=",
            ">>");

    private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "%", "<<", ">>", "&", "|", "^");
    private static final Set<String> BEFORE_SIGN = Set.of("=", "(", ",", "[", "?", ":", "<=>", "==", "&&", "||", "<<<");

    /** Comparisons can be turned round. */
    private static final Map<String, String> SPELLINGS =
            Map.of(">", "<", ">=", "<", "<=", "<", "!=", "==", "->", ".", "and", "&&", "or", "||", "not", "!");

    private final Set<String> types;
    private final Set<String> constants;
    private final Map<String, List<Symbol>> aliases;
    private final List<Symbol> out = new ArrayList<>();

    Expression(Set<String> types, Set<String> constants, Map<String, List<Symbol>> aliases) {
        this.types = types;
        this.constants = constants;
        this.aliases = aliases;
    }

    List<Symbol> canonical(List<Piece> pieces) {
        translate(assigned(pieces));
        return out;
    }

    /** Without compound assignment and without increments that are a statement of their own. */
    private static List<Piece> assigned(List<Piece> pieces) {
        int n = pieces.size();
        if (n >= 2 && isStep(pieces.getFirst())) {
            return step(pieces.subList(1, n), pieces.getFirst());
        }
        if (n >= 2 && isStep(pieces.getLast())) {
            return step(pieces.subList(0, n - 1), pieces.getLast());
        }
        int depth = 0;
        for (int i = 0; i < n; i++) {
            Piece piece = pieces.get(i);
            depth += piece.is("(") || piece.is("[") ? 1 : piece.is(")") || piece.is("]") ? -1 : 0;
            if (depth == 0 && piece.kind() == TokenKind.PUNCTUATOR && COMPOUND.containsKey(piece.text())) {
                return joined(pieces.subList(0, i), COMPOUND.get(piece.text()), pieces.subList(i + 1, n), piece);
            }
        }
        return pieces;
    }

    private static boolean isStep(Piece piece) {
        return piece.is("++") || piece.is("--");
    }

    private static List<Piece> step(List<Piece> target, Piece operator) {
        Piece one = new Piece("1", TokenKind.NUMBER, operator.line());
        return joined(target, operator.is("++") ? "+" : "-", List.of(one), operator);
    }

    private static List<Piece> joined(List<Piece> target, String operator, List<Piece> value, Piece where) {
        List<Piece> joined = new ArrayList<>(target);
        joined.add(new Piece("=", TokenKind.PUNCTUATOR, where.line()));
        joined.addAll(target);
        joined.add(new Piece(operator, TokenKind.PUNCTUATOR, where.line()));
        joined.addAll(value);
        return joined;
    }

    private void translate(List<Piece> pieces) {
        Deque<Boolean> keptParentheses = new ArrayDeque<>();
        boolean afterType = false;
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            boolean typed = afterType;
            afterType = false;
            switch (piece.kind()) {
                case NUMBER, CHARACTER -> number(piece.line());
                case STRING -> add(TEXT, piece.line());
                case IDENTIFIER, KEYWORD, CUDA_WORD -> {
                    if (Vocabulary.CASTS.contains(piece.text())) {
                        i = afterAngles(pieces, i + 1) - 1;
                    } else if (types.contains(piece.text())) {
                        afterType = true;
                    } else if (piece.is("__launch_bounds__") || piece.is("__align__") || piece.is("alignas")) {
                        i = afterParentheses(pieces, i + 1) - 1;
                        afterType = true;
                    } else {
                        word(piece);
                    }
                }
                case PUNCTUATOR -> {
                    String spelling = SPELLINGS.getOrDefault(piece.text(), piece.text());
                    if (typed && (spelling.equals("*") || spelling.equals("&") || spelling.equals("&&"))) {
                        afterType = true;
                    } else if (spelling.equals("::")) {
                        dropQualifier();
                    } else if (spelling.equals("(")) {
                        boolean call = !out.isEmpty() && isCallable(out.getLast()) && !typed;
                        keptParentheses.push(call);
                        if (call) {
                            add("(", piece.line());
                        }
                    } else if (spelling.equals(")")) {
                        if (!keptParentheses.isEmpty() && keptParentheses.pop()) {
                            add(")", piece.line());
                        }
                    } else {
                        add(spelling, piece.line());
                    }
                }
                case OTHER -> add(piece.text(), piece.line());
                case WHITESPACE, NEWLINE, COMMENT, DIRECTIVE, HEADER_NAME -> {
                    // the preprocessor has taken them out
                }
            }
        }
    }

    /** {@code std::} of {@code std::max}. */
    private void dropQualifier() {
        if (!out.isEmpty() && isWord(out.getLast())) {
            out.removeLast();
        }
    }

    private static boolean isWord(Symbol symbol) {
        return symbol.chosen()
                || Character.isJavaIdentifierStart(symbol.text().charAt(0))
                        && !symbol.text().equals(TEXT);
    }

    private static boolean isCallable(Symbol before) {
        return isWord(before) || before.text().equals("]") || before.text().equals(">>>");
    }

    private void word(Piece piece) {
        if (constants.contains(piece.text())) {
            number(piece.line());
            return;
        }
        List<Symbol> meant = aliases.get(piece.text());
        if (meant != null) {
            meant.forEach(symbol -> out.add(new Symbol(symbol.text(), symbol.chosen(), piece.line())));
            return;
        }
        String spelling = SPELLINGS.getOrDefault(piece.text(), Vocabulary.plain(piece.text()));
        boolean chosen = piece.kind() == TokenKind.IDENTIFIER && Vocabulary.isChosen(spelling);
        out.add(new Symbol(spelling, chosen, piece.line()));
    }

    /** A sign before it and arithmetic with a number before that become part of the number. */
    private void number(int line) {
        if (ends("-") || ends("+")) {
            Symbol before = out.size() > 1 ? out.get(out.size() - 2) : null;
            if (before == null
                    || BEFORE_SIGN.contains(before.text())
                    || before.text().equals("return")) {
                out.removeLast();
            }
        }
        if (out.size() >= 2
                && ARITHMETIC.contains(out.getLast().text())
                && out.get(out.size() - 2).text().equals(NUMBER)) {
            out.removeLast();
            return;
        }
        add(NUMBER, line);
    }

    private boolean ends(String text) {
        return !out.isEmpty() && out.getLast().text().equals(text);
    }

    private void add(String text, int line) {
        out.add(new Symbol(text, false, line));
    }

    private static int afterAngles(List<Piece> pieces, int from) {
        int depth = 0;
        for (int i = from; i < pieces.size(); i++) {
            depth += pieces.get(i).is("<")
                    ? 1
                    : pieces.get(i).is(">") ? -1 : pieces.get(i).is(">>") ? -2 : 0;
            if (depth <= 0) {
                return i + 1;
            }
        }
        return from;
    }

    private static int afterParentheses(List<Piece> pieces, int from) {
        int depth = 0;
        for (int i = from; i < pieces.size(); i++) {
            depth += pieces.get(i).is("(") ? 1 : pieces.get(i).is(")") ? -1 : 0;
            if (depth <= 0) {
                return i + 1;
            }
        }
        return from;
    }
}
