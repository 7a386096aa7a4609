package org.warpgrade.reports.math;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.reports.math.Formula.Accent;
import org.warpgrade.reports.math.Formula.Digits;
import org.warpgrade.reports.math.Formula.Fenced;
import org.warpgrade.reports.math.Formula.Fraction;
import org.warpgrade.reports.math.Formula.Gap;
import org.warpgrade.reports.math.Formula.Name;
import org.warpgrade.reports.math.Formula.Root;
import org.warpgrade.reports.math.Formula.Row;
import org.warpgrade.reports.math.Formula.Scripts;
import org.warpgrade.reports.math.Formula.Sign;
import org.warpgrade.reports.math.Formula.Table;
import org.warpgrade.reports.math.Formula.Words;
import org.warpgrade.reports.math.Symbol.Role;

/** Reads the subset of TeX that {@link Formulas} describes, by recursive descent. */
final class TexParser {

    private static final int LONGEST_WORD_OF_FACTORS = 2;

    private final String tex;
    private int at;
    private boolean insideBars;

    private TexParser(String tex) {
        this.tex = tex;
    }

    static Formula parse(String tex) throws FormulaException {
        TexParser parser = new TexParser(tex);
        Formula formula = parser.row("");
        if (parser.at < tex.length()) {
            throw parser.error(parser.at, "'" + parser.ahead() + "' closes nothing");
        }
        return formula;
    }

    /** Everything up to a closing token; the token stays. */
    private Formula row(String opener) throws FormulaException {
        List<Formula> parts = new ArrayList<>();
        boolean outerBars = insideBars;
        insideBars = false;
        while (skipSpaces() && !closes()) {
            parts.add(scripted(atom(false)));
        }
        insideBars = outerBars;
        if (at == tex.length() && !opener.isEmpty()) {
            throw error(at, "'" + opener + "' is not closed");
        }
        return parts.size() == 1 ? parts.getFirst() : new Row(List.copyOf(parts));
    }

    private boolean closes() {
        return tex.startsWith("}", at)
                || tex.startsWith("&", at)
                || tex.startsWith("\\\\", at)
                || tex.startsWith("\\end", at)
                || ahead().equals("\\right");
    }

    /**
     * The base with the indices, exponents and primes that follow it. A prime is a raised character already: it stands
     * beside its base, where it stays readable in an index, and joins an exponent only if there is one.
     */
    private Formula scripted(Formula base) throws FormulaException {
        Formula below = null;
        List<Formula> above = new ArrayList<>();
        boolean raised = false;
        while (skipSpaces()) {
            char c = tex.charAt(at);
            if (c == '\'') {
                at++;
                above.add(new Sign(new Symbol("′", Role.TIGHT)));
            } else if (c == '_' && below == null) {
                at++;
                below = argument("_");
            } else if (c == '^' && !raised) {
                at++;
                above.add(argument("^"));
                raised = true;
            } else if (c == '_' || c == '^') {
                throw error(at, "a second '" + c + "' on the same base; use braces");
            } else {
                break;
            }
        }
        if (!raised && !above.isEmpty()) {
            above.addFirst(base);
            Formula primed = new Row(List.copyOf(above));
            return below == null ? primed : new Scripts(primed, below, null);
        }
        if (below == null && above.isEmpty()) {
            return base;
        }
        Formula top = above.isEmpty() ? null : above.size() == 1 ? above.getFirst() : new Row(List.copyOf(above));
        return new Scripts(base, below, top);
    }

    /** A group in braces or a single atom. */
    private Formula argument(String of) throws FormulaException {
        if (!skipSpaces() || closes()) {
            throw error(at, "'" + of + "' needs something after it");
        }
        return atom(true);
    }

    private Formula atom(boolean single) throws FormulaException {
        int start = at;
        char c = tex.charAt(at);
        if (c == '{') {
            at++;
            Formula group = row("{");
            expect("}", start, "{");
            return group;
        }
        if (c == '\\') {
            return macro();
        }
        if (c == '_' || c == '^' || c == '\'') {
            return new Row(List.of());
        }
        if (c >= '0' && c <= '9') {
            return new Digits(single ? take(1) : take(digits()));
        }
        if (c < 0x80 && Character.isLetter(c)) {
            int letters = single ? 1 : smallLetters();
            return new Name(take(letters > LONGEST_WORD_OF_FACTORS ? letters : 1));
        }
        if (c == '|') {
            at++;
            insideBars = !insideBars;
            return new Sign(new Symbol("|", insideBars ? Role.OPEN : Role.CLOSE));
        }
        Symbol symbol = Symbols.plain(c);
        if (symbol == null) {
            String hint = c >= 0x80 ? "; words go into \\text{…}" : "";
            throw error(start, "'" + Character.toString(tex.codePointAt(at)) + "' has no meaning here" + hint);
        }
        at++;
        return new Sign(symbol);
    }

    private Formula macro() throws FormulaException {
        int start = at;
        String typed = ahead();
        at += typed.length();
        String name = typed.substring(1);
        switch (name) {
            case "":
                throw error(start, "'\\' ends the formula");
            case "frac", "dfrac", "tfrac":
                return new Fraction(argument(typed), argument(typed));
            case "sqrt":
                return root();
            case "text", "textrm", "mbox":
                return new Words(raw(typed));
            case "mathrm":
                return new Name(raw(typed));
            case "operatorname":
                return new Formula.Function(raw(typed), false);
            case "left":
                return fenced(start);
            case "begin":
                return table(start);
            default:
                return plainMacro(start, typed, name);
        }
    }

    private Formula plainMacro(int start, String typed, String name) throws FormulaException {
        Symbol symbol = Symbols.macro(name);
        if (symbol != null) {
            return new Sign(symbol);
        }
        Double gap = Symbols.gap(name);
        if (gap != null) {
            return new Gap(gap);
        }
        Formula.Function function = Symbols.function(name);
        if (function != null) {
            return function;
        }
        String accent = Symbols.accent(name);
        if (accent != null) {
            return new Accent(argument(typed), accent);
        }
        throw error(start, "unknown macro '" + typed + "'");
    }

    private Formula root() throws FormulaException {
        Formula degree = null;
        if (skipSpaces() && tex.charAt(at) == '[') {
            int close = tex.indexOf(']', at);
            if (close < 0) {
                throw error(at, "'[' is not closed");
            }
            degree = parse(tex.substring(at + 1, close));
            at = close + 1;
        }
        return new Root(argument("\\sqrt"), degree);
    }

    private Formula fenced(int start) throws FormulaException {
        String open = delimiter("\\left");
        Formula body = row("\\left");
        expect("\\right", start, "\\left");
        return new Fenced(open, body, delimiter("\\right"));
    }

    private String delimiter(String after) throws FormulaException {
        if (!skipSpaces()) {
            throw error(at, "'" + after + "' needs a delimiter after it");
        }
        String typed = ahead();
        String delimiter = Symbols.delimiter(typed);
        if (delimiter == null) {
            throw error(at, "'" + typed + "' is no delimiter");
        }
        at += typed.length();
        return delimiter;
    }

    private Formula table(int start) throws FormulaException {
        String environment = raw("\\begin");
        String fences = fences(environment);
        if (fences == null) {
            throw error(start, "unknown environment '" + environment + "'");
        }
        List<List<Formula>> rows = new ArrayList<>();
        List<Formula> cells = new ArrayList<>();
        while (true) {
            cells.add(row("\\begin"));
            if (tex.startsWith("&", at)) {
                at++;
                continue;
            }
            rows.add(List.copyOf(cells));
            cells.clear();
            if (tex.startsWith("\\\\", at)) {
                at += 2;
                continue;
            }
            int end = at;
            expect("\\end", start, "\\begin");
            if (!raw("\\end").equals(environment)) {
                throw error(end, "'\\end' does not fit '\\begin{" + environment + "}'");
            }
            boolean left = environment.equals("cases") || environment.equals("aligned");
            return new Table(
                    fences.substring(0, 1).strip(),
                    List.copyOf(rows),
                    fences.substring(1).strip(),
                    left);
        }
    }

    /** The two delimiters of an environment, a blank for an invisible one. */
    private static @Nullable String fences(String environment) {
        return switch (environment) {
            case "matrix", "aligned" -> "  ";
            case "pmatrix" -> "()";
            case "bmatrix" -> "[]";
            case "Bmatrix" -> "{}";
            case "vmatrix" -> "||";
            case "cases" -> "{ ";
            default -> null;
        };
    }

    /** What stands in the braces after a macro, letter by letter. */
    private String raw(String macro) throws FormulaException {
        if (!skipSpaces() || tex.charAt(at) != '{') {
            throw error(at, "'" + macro + "' needs braces after it");
        }
        int open = at;
        int depth = 0;
        for (int i = at; i < tex.length(); i++) {
            depth += tex.charAt(i) == '{' ? 1 : tex.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                at = i + 1;
                return tex.substring(open + 1, i);
            }
        }
        throw error(open, "'{' is not closed");
    }

    private void expect(String token, int openedAt, String opener) throws FormulaException {
        if (!ahead().equals(token)) {
            throw error(openedAt, "'" + opener + "' is closed by '" + ahead() + "'");
        }
        at += token.length();
    }

    /** The next token: a macro with its name, or one character; empty at the end. */
    private String ahead() {
        if (at >= tex.length()) {
            return "";
        }
        int end = at + 1;
        if (tex.charAt(at) == '\\' && end < tex.length()) {
            while (end < tex.length() && isLetter(tex.charAt(end))) {
                end++;
            }
            end = Math.max(end, at + 2);
        }
        return tex.substring(at, end);
    }

    private int digits() {
        int end = at;
        while (end < tex.length()
                && (isDigit(end) || tex.charAt(end) == '.' && end > at && isDigit(end + 1) && isDigit(end - 1))) {
            end++;
        }
        return end - at;
    }

    private boolean isDigit(int index) {
        return index < tex.length() && tex.charAt(index) >= '0' && tex.charAt(index) <= '9';
    }

    private int smallLetters() {
        int end = at;
        while (end < tex.length() && tex.charAt(end) >= 'a' && tex.charAt(end) <= 'z') {
            end++;
        }
        return end - at;
    }

    private String take(int length) {
        at += length;
        return tex.substring(at - length, at);
    }

    /** Whether there is anything after the spaces. */
    private boolean skipSpaces() {
        while (at < tex.length() && Character.isWhitespace(tex.charAt(at))) {
            at++;
        }
        return at < tex.length();
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private FormulaException error(int index, String sentence) {
        return new FormulaException(index + 1, sentence);
    }
}
