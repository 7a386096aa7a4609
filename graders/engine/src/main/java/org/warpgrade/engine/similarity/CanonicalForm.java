package org.warpgrade.engine.similarity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.warpgrade.engine.similarity.Symbols.Symbol;
import org.warpgrade.gpu.source.TokenKind;

/**
 * Writes a file in the one form that its disguises share: every loop is {@code LOOP condition; body; step}, one
 * statement declares or assigns one variable, braces and types are gone, constants are one number.
 *
 * <pre>{@code for (int i = 0, j; i < n; ++i) s += x[i];   →   i = # ; LOOP i < n ; s = s + x [ i ] ; i = i + # ; }</pre>
 *
 * It follows C++ only as far as this needs and never fails: what it does not understand it keeps as it stands.
 */
final class CanonicalForm {

    private static final int DEEPEST = 200;

    private static final Set<String> BUILT_IN = Set.of("threadIdx", "blockIdx", "blockDim", "gridDim");

    private final List<Piece> in;
    private final Set<String> types = new HashSet<>(Vocabulary.TYPES);
    private final Set<String> constants = new HashSet<>(Vocabulary.NUMBERS);
    /** Names for built-in variables: {@code int t = threadIdx.x} makes t another spelling of it. */
    private final Map<String, List<Symbol>> aliases = new HashMap<>();

    private final List<Symbol> out = new ArrayList<>();
    private int next;

    private CanonicalForm(List<Piece> in) {
        this.in = in;
    }

    static Symbols of(String text) {
        return Symbols.of(symbols(text));
    }

    static List<Symbol> symbols(String text) {
        CanonicalForm form = new CanonicalForm(Preprocessor.run(text));
        form.statements(0, true);
        return form.out;
    }

    private boolean more() {
        return next < in.size();
    }

    private boolean at(String spelling) {
        return more() && in.get(next).is(spelling);
    }

    private boolean at(int ahead, String spelling) {
        return next + ahead < in.size() && in.get(next + ahead).is(spelling);
    }

    private int line() {
        return in.get(Math.min(next, in.size() - 1)).line();
    }

    /** Up to the closing brace, which is taken too. */
    private void statements(int depth, boolean outside) {
        while (more()) {
            if (at("}")) {
                next++;
                if (depth > 0) {
                    return;
                }
                continue;
            }
            statement(depth, outside);
        }
    }

    private void statement(int depth, boolean outside) {
        if (depth > DEEPEST) {
            next++;
            return;
        }
        Piece piece = in.get(next);
        switch (piece.kind() == TokenKind.KEYWORD || piece.kind() == TokenKind.PUNCTUATOR ? piece.text() : "") {
            case ";", ":" -> next++;
            case "{" -> {
                next++;
                statements(depth + 1, outside);
            }
            case "for" -> forLoop(depth);
            case "while" -> {
                next++;
                mark("LOOP", piece.line());
                condition();
                body(depth);
            }
            case "do" -> doLoop(depth);
            case "if" -> {
                next++;
                if (at("constexpr")) {
                    next++;
                }
                mark("IF", piece.line());
                condition();
                body(depth);
            }
            case "else" -> {
                next++;
                mark("ELSE", piece.line());
                body(depth);
            }
            case "template" -> {
                next++;
                templateHead();
            }
            case "typedef", "using", "static_assert" -> alias();
            case "namespace" -> {
                skipTo("{", ";");
                next++;
            }
            case "extern" -> {
                next++;
                if (more() && in.get(next).kind() == TokenKind.STRING) {
                    next++;
                    if (at("{")) {
                        next++;
                    }
                }
            }
            case "struct", "class", "union", "enum" -> type(depth);
            case "return" -> {
                next++;
                // a bare return only says that the rest stands in the branch not taken
                if (!at(";")) {
                    mark("return", piece.line());
                }
                simple();
            }
            case "switch", "case", "default", "goto", "break", "continue" -> {
                mark(piece.text(), piece.line());
                next++;
                simple();
            }
            default -> simpleOrFunction(depth, outside);
        }
    }

    private void body(int depth) {
        if (more()) {
            statement(depth + 1, false);
        }
    }

    /** The parenthesised condition of a loop or branch. */
    private void condition() {
        List<Piece> inside = parenthesised();
        emit(inside);
        end();
    }

    private void forLoop(int depth) {
        int line = line();
        next++;
        List<List<Piece>> parts = split(parenthesised(), ";");
        emitAll(parts.getFirst());
        mark("LOOP", line);
        emit(parts.size() > 1 ? parts.get(1) : List.of());
        end();
        body(depth);
        if (parts.size() > 2) {
            int last = out.getLast().line();
            emitAll(parts.get(2).stream().map(p -> p.at(last)).toList());
        }
    }

    /** {@code do S while (c);} runs once more than {@code while (c) S}; for a comparison that is one loop. */
    private void doLoop(int depth) {
        int line = line();
        next++;
        int from = out.size();
        body(depth);
        List<Symbol> behind = out.subList(from, out.size());
        List<Symbol> repeated = new ArrayList<>(behind);
        behind.clear();
        mark("LOOP", line);
        if (at("while")) {
            next++;
            emit(parenthesised().stream().map(p -> p.at(line)).toList());
            end();
        }
        out.addAll(repeated);
    }

    /** {@code template <typename T, int N>}: T is a type from now on. */
    private void templateHead() {
        if (!at("<")) {
            return;
        }
        int depth = 0;
        while (more()) {
            Piece piece = in.get(next++);
            if ((piece.is("typename") || piece.is("class"))
                    && more()
                    && in.get(next).isWord()) {
                types.add(in.get(next).text());
            }
            depth += piece.is("<") ? 1 : piece.is(">") ? -1 : piece.is(">>") ? -2 : 0;
            if (depth <= 0) {
                return;
            }
        }
    }

    /** {@code typedef … T;} and {@code using T = …;} make T a type; the statement itself says nothing. */
    private void alias() {
        boolean using = at("using");
        int from = next;
        skipTo(";", ";");
        if (using && from + 2 < next && in.get(from + 2).is("=")) {
            types.add(in.get(from + 1).text());
        } else if (in.get(from).is("typedef") && in.get(next - 1).isWord()) {
            types.add(in.get(next - 1).text());
        }
        next++;
    }

    /** A class: its name is a type, its members are statements; an enumeration names numbers. */
    private void type(int depth) {
        Piece kind = in.get(next);
        int from = next;
        int brace = find("{", ";", "(", "=");
        if (brace >= in.size() || !in.get(brace).is("{")) {
            next = from + 1; // `struct Pair p;` and the like
            return;
        }
        for (int i = from + 1; i < brace && !in.get(i).is(":"); i++) {
            if (in.get(i).kind() == TokenKind.IDENTIFIER) {
                types.add(in.get(i).text());
            }
        }
        next = brace + 1;
        if (kind.is("enum")) {
            int start = next;
            skipTo("}", "}");
            in.subList(start, Math.min(next, in.size())).stream()
                    .filter(p -> p.kind() == TokenKind.IDENTIFIER)
                    .forEach(p -> constants.add(p.text()));
            next++;
            return;
        }
        mark("TYPE", kind.line());
        statements(depth + 1, false);
    }

    private void simpleOrFunction(int depth, boolean outside) {
        int from = next;
        int parentheses = 0;
        for (; more(); next++) {
            Piece piece = in.get(next);
            parentheses += opens(piece) ? 1 : closes(piece) ? -1 : 0;
            if (parentheses > 0) {
                continue;
            }
            if (piece.is(";") || piece.is("}")) {
                break;
            }
            if (piece.is("{") && beginsBody(from)) {
                function(from, depth);
                return;
            }
            if (piece.is("{")) {
                next = matching(next);
            }
        }
        List<Piece> statement = in.subList(from, next);
        if (at(";")) {
            next++;
        }
        boolean prototype = outside
                && !statement.isEmpty()
                && statement.getLast().is(")")
                && statement.stream().noneMatch(p -> p.is("="));
        if (!prototype) {
            emitAll(statement);
        }
    }

    private static boolean opens(Piece piece) {
        return piece.is("(") || piece.is("[");
    }

    private static boolean closes(Piece piece) {
        return piece.is(")") || piece.is("]");
    }

    /** Whether the brace at hand begins a function's or lambda's body rather than a list of values. */
    private boolean beginsBody(int from) {
        int before = next - 1;
        while (before > from
                && (in.get(before).is("const")
                        || in.get(before).is("noexcept")
                        || in.get(before).is("mutable"))) {
            before--;
        }
        return before > from && in.get(before).is(")");
    }

    private void function(int from, int depth) {
        mark("FUNCTION", in.get(from).line());
        emit(in.subList(from, next));
        end();
        next++;
        statements(depth + 1, false);
    }

    private void simple() {
        int from = next;
        skipTo(";", ";");
        emitAll(in.subList(from, Math.min(next, in.size())));
        next++;
    }

    /** A statement that may declare or assign several variables: one after the other. */
    private void emitAll(List<Piece> statement) {
        boolean constant = statement.stream().anyMatch(p -> p.is("const") || p.is("constexpr") || p.is("static"));
        for (List<Piece> part : split(statement, ",")) {
            List<Symbol> symbols = new Expression(types, constants, aliases).canonical(part);
            boolean onlyNamed = symbols.size() == 1 && symbols.getFirst().chosen();
            if (symbols.isEmpty() || onlyNamed) {
                continue;
            }
            if (constant && namesNumber(symbols)) {
                constants.add(symbols.getFirst().text());
                continue;
            }
            if (namesBuiltIn(symbols)) {
                aliases.put(symbols.getFirst().text(), symbols.subList(2, 5));
                continue;
            }
            out.addAll(symbols);
            end();
        }
    }

    private static boolean namesNumber(List<Symbol> symbols) {
        return symbols.size() == 3
                && symbols.getFirst().chosen()
                && symbols.get(1).text().equals("=")
                && symbols.get(2).text().equals(Expression.NUMBER);
    }

    private static boolean namesBuiltIn(List<Symbol> symbols) {
        return symbols.size() == 5
                && symbols.getFirst().chosen()
                && symbols.get(1).text().equals("=")
                && BUILT_IN.contains(symbols.get(2).text())
                && symbols.get(3).text().equals(".");
    }

    private void emit(List<Piece> expression) {
        out.addAll(new Expression(types, constants, aliases).canonical(expression));
    }

    private void mark(String word, int line) {
        out.add(new Symbol(word, false, line));
    }

    private void end() {
        if (!out.isEmpty() && !out.getLast().text().equals(";")) {
            mark(";", out.getLast().line());
        }
    }

    /** What stands in the parentheses at hand. */
    private List<Piece> parenthesised() {
        if (!at("(")) {
            return List.of();
        }
        int close = matching(next);
        List<Piece> inside = in.subList(Math.min(next + 1, close), close);
        next = Math.min(close + 1, in.size());
        return inside;
    }

    /** The index of the bracket that closes the one at the given index, or the end. */
    private int matching(int open) {
        int depth = 0;
        for (int i = open; i < in.size(); i++) {
            Piece piece = in.get(i);
            if (opens(piece) || piece.is("{")) {
                depth++;
            } else if ((closes(piece) || piece.is("}")) && --depth == 0) {
                return i;
            }
        }
        return in.size();
    }

    private int find(String... spellings) {
        int i = next;
        while (i < in.size() && Set.of(spellings).stream().noneMatch(in.get(i)::is)) {
            i++;
        }
        return i;
    }

    private void skipTo(String one, String other) {
        while (more() && !at(one) && !at(other)) {
            next++;
        }
    }

    /** At separators outside of all brackets; at least one part. */
    private static List<List<Piece>> split(List<Piece> pieces, String separator) {
        List<List<Piece>> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            depth += opens(piece) || piece.is("{") || piece.is("<<<") ? 1 : 0;
            depth -= closes(piece) || piece.is("}") || piece.is(">>>") ? 1 : 0;
            if (depth == 0 && piece.is(separator)) {
                parts.add(pieces.subList(from, i));
                from = i + 1;
            }
        }
        parts.add(pieces.subList(from, pieces.size()));
        return parts;
    }
}
