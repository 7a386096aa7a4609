package org.warpgrade.gpu.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes CUDA C++ apart as the compiler does (C++17 [lex.phases] 1-3, without trigraphs): line splices vanish first, so
 * that no spelling of a directive or comment escapes; raw strings keep theirs. Never fails: whatever is malformed still
 * becomes a token.
 *
 * <pre>{@code CudaLexer.tokenize("k<<<1, 32>>>(x);")} gives {@code k <<< 1 , 32 >>> ( x ) ;} and the blanks between</pre>
 */
public final class CudaLexer {

    private static final Set<String> KEYWORDS = Set.of(
            ("alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t char32_t class compl const"
                            + " const_cast constexpr continue decltype default delete do double dynamic_cast else enum explicit"
                            + " export extern false float for friend goto if inline int long mutable namespace new noexcept not"
                            + " not_eq nullptr operator or or_eq private protected public register reinterpret_cast return short"
                            + " signed sizeof static static_assert static_cast struct switch template this thread_local throw"
                            + " true try typedef typeid typename union unsigned using virtual void volatile wchar_t while xor"
                            + " xor_eq __restrict__ __restrict __asm__ __asm")
                    .split(" "));

    private static final Set<String> CUDA_WORDS = Set.of(
            ("__global__ __device__ __host__ __constant__ __shared__ __managed__ __grid_constant__ __launch_bounds__"
                            + " __noinline__ __forceinline__ __align__ threadIdx blockIdx blockDim gridDim warpSize")
                    .split(" "));

    /** Directives whose operand is a file. */
    static final Set<String> INCLUDING = Set.of("include", "include_next", "import", "include_once", "embed");

    private static final Set<String> HAS_INCLUDE = Set.of("__has_include", "__has_include_next", "__has_embed");

    private static final Set<String> STRING_PREFIXES = Set.of("u8", "u", "U", "L");
    private static final Set<String> RAW_PREFIXES = Set.of("R", "u8R", "uR", "UR", "LR");
    private static final int LONGEST_RAW_DELIMITER = 16;

    /** Longest first within each first character. */
    private static final List<String> PUNCTUATORS = List.of(
            "%:%:",
            "<<<", "<<=", ">>=", "...", "->*", "<=>", "<<", ">>", "<=", ">=", "<:", "<%", "%:", "%>", "%=", ":>", "::",
            "->", "--", "-=", "++", "+=", "&&", "&=", "||", "|=", "==", "!=", "*=", "/=", "^=", "##", ".*", "{", "}",
            "[", "]", "#", "(", ")", ";", ":", "?", ".", "~", "!", "+", "-", "*", "/", "%", "^", "&", "|", "=", "<",
            ">", ",");

    private static final Map<String, String> DIGRAPHS =
            Map.of("<:", "[", ":>", "]", "<%", "{", "%>", "}", "%:", "#", "%:%:", "##");

    private final String text;
    /** The text without splices; {@code at[i]} is where character i stands in the text, {@code at[length]} its end. */
    private final char[] chars;

    private final int[] at;
    private final int length;
    private final List<Token> tokens = new ArrayList<>();

    private int next;
    private int line = 1;
    private int lineStart;
    private int counted;

    private boolean lineIsBlank = true;
    private boolean inDirective;
    private Expect expect = Expect.NOTHING;
    private int openLaunches;

    /** What the tokens before have prepared. */
    private enum Expect {
        NOTHING,
        DIRECTIVE_NAME,
        HEADER_NAME,
        HAS_INCLUDE_PARENTHESIS
    }

    private CudaLexer(String text) {
        this.text = text;
        this.chars = new char[text.length() + 1];
        this.at = new int[text.length() + 1];
        int n = 0;
        for (int i = 0; i < text.length(); i++) {
            int splice = spliceAt(i);
            if (splice > 0) {
                i += splice - 1;
                continue;
            }
            chars[n] = text.charAt(i);
            at[n++] = i;
        }
        at[n] = text.length();
        this.length = n;
    }

    /** All tokens of the text, white space and comments included. */
    public static List<Token> tokenize(String text) {
        return new CudaLexer(text).run();
    }

    /** The tokens that the compiler's parser would see. */
    public static List<Token> significant(String text) {
        return tokenize(text).stream()
                .filter(token -> token.kind().isSignificant())
                .toList();
    }

    /** The plain spelling of a digraph or word operator, or the punctuator itself. */
    public static String plain(String punctuator) {
        return DIGRAPHS.getOrDefault(punctuator, punctuator);
    }

    private int spliceAt(int i) {
        if (text.charAt(i) != '\\' || i + 1 >= text.length()) {
            return 0;
        }
        if (text.charAt(i + 1) == '\n') {
            return 2;
        }
        return i + 2 < text.length() && text.charAt(i + 1) == '\r' && text.charAt(i + 2) == '\n' ? 3 : 0;
    }

    private List<Token> run() {
        if (length > 0 && chars[0] == '\uFEFF') {
            emit(TokenKind.WHITESPACE, 1, true);
        }
        while (next < length) {
            step();
        }
        if (counted < text.length()) {
            tokens.add(token(TokenKind.WHITESPACE, "", counted, text.length(), true)); // a splice at the very end
        }
        return tokens;
    }

    private void step() {
        char c = chars[next];
        if (c == '\n') {
            emit(TokenKind.NEWLINE, next + 1, true);
            inDirective = false;
            lineIsBlank = true;
            expect = Expect.NOTHING;
        } else if (isBlank(c)) {
            int end = next;
            while (end < length && isBlank(chars[end])) {
                end++;
            }
            emit(TokenKind.WHITESPACE, end, true);
        } else if (c == '/' && peek(1) == '/') {
            emit(TokenKind.COMMENT, endOfLine(), true);
        } else if (c == '/' && peek(1) == '*') {
            int close = find("*/", next + 2);
            emit(TokenKind.COMMENT, close < 0 ? length : close + 2, close >= 0);
        } else {
            significant(c);
        }
    }

    private void significant(char c) {
        boolean first = lineIsBlank;
        lineIsBlank = false;
        if (first && (c == '#' && peek(1) != '#' || c == '%' && peek(1) == ':' && !starts("%:%:"))) {
            inDirective = true;
            emit(TokenKind.DIRECTIVE, next + (c == '#' ? 1 : 2), true);
            expect = Expect.DIRECTIVE_NAME;
            return;
        }
        Expect expected = expect;
        expect = Expect.NOTHING;
        if (expected == Expect.HEADER_NAME && (c == '<' || c == '"')) {
            headerName(c == '<' ? '>' : '"');
        } else if (isIdentifierStart(c)) {
            word(expected);
        } else if (isDigit(c) || c == '.' && isDigit(peek(1))) {
            emit(TokenKind.NUMBER, endOfNumber(), true);
        } else if (c == '"' || c == '\'') {
            literal(next);
        } else {
            punctuator(expected);
        }
    }

    private void word(Expect expected) {
        int end = next;
        while (end < length && isIdentifierPart(chars[end])) {
            end++;
        }
        String word = new String(chars, next, end - next);
        if (expected == Expect.DIRECTIVE_NAME) {
            emit(TokenKind.DIRECTIVE, end, true);
            expect = INCLUDING.contains(word) ? Expect.HEADER_NAME : Expect.NOTHING;
            return;
        }
        char quote = end < length ? chars[end] : 0;
        if (quote == '"' && RAW_PREFIXES.contains(word) && rawString(end)) {
            return;
        }
        if ((quote == '"' || quote == '\'') && STRING_PREFIXES.contains(word)) {
            literal(end);
            return;
        }
        if (HAS_INCLUDE.contains(word)) {
            expect = Expect.HAS_INCLUDE_PARENTHESIS;
        }
        emit(kindOf(word), end, true);
    }

    private static TokenKind kindOf(String word) {
        if (KEYWORDS.contains(word)) {
            return TokenKind.KEYWORD;
        }
        return CUDA_WORDS.contains(word) ? TokenKind.CUDA_WORD : TokenKind.IDENTIFIER;
    }

    /** Whether C++ reserves the word. */
    public static boolean isKeyword(String word) {
        return KEYWORDS.contains(word);
    }

    private void headerName(char close) {
        int end = next + 1;
        while (end < length && chars[end] != close && chars[end] != '\n') {
            end++;
        }
        boolean closed = end < length && chars[end] == close;
        emit(TokenKind.HEADER_NAME, closed ? end + 1 : end, closed);
    }

    /** A string or character literal that opens at the given quote; it ends with its line if it is not closed before. */
    private void literal(int open) {
        char quote = chars[open];
        int end = open + 1;
        while (end < length && chars[end] != quote && chars[end] != '\n') {
            end += chars[end] == '\\' && end + 1 < length && chars[end + 1] != '\n' ? 2 : 1;
        }
        boolean closed = end < length && chars[end] == quote;
        emit(
                quote == '"' ? TokenKind.STRING : TokenKind.CHARACTER,
                closed ? suffixed(end + 1) : Math.min(end, length),
                closed);
    }

    /** A user-defined suffix is part of the literal. */
    private int suffixed(int end) {
        int i = end;
        if (i < length && isIdentifierStart(chars[i])) {
            while (i < length && isIdentifierPart(chars[i])) {
                i++;
            }
        }
        return i;
    }

    /** Reads a raw string whose quote is at the given place; false if its delimiter is none. */
    private boolean rawString(int quote) {
        int from = at[quote] + 1;
        int parenthesis = from;
        while (parenthesis < text.length()
                && parenthesis - from <= LONGEST_RAW_DELIMITER
                && "()\\ \t\n\r\u000b\f\"".indexOf(text.charAt(parenthesis)) < 0) {
            parenthesis++;
        }
        if (parenthesis >= text.length()
                || text.charAt(parenthesis) != '('
                || parenthesis - from > LONGEST_RAW_DELIMITER) {
            return false;
        }
        String close = ")" + text.substring(from, parenthesis) + "\"";
        int found = text.indexOf(close, parenthesis);
        int rawEnd = found < 0 ? text.length() : found + close.length();
        int end = quote;
        while (end < length && at[end] < rawEnd) {
            end++;
        }
        int start = at[next];
        String spelling = text.substring(start, rawEnd);
        tokens.add(token(TokenKind.STRING, spelling, counted, rawEnd, found >= 0));
        next = end;
        counted = rawEnd;
        return true;
    }

    /** A preprocessing number: digits, letters, dots, digit separators, and a sign after an exponent letter. */
    private int endOfNumber() {
        int i = next + 1;
        while (i < length) {
            char c = chars[i];
            char before = chars[i - 1];
            boolean signOfExponent =
                    (c == '+' || c == '-') && (before == 'e' || before == 'E' || before == 'p' || before == 'P');
            boolean separator = c == '\'' && i + 1 < length && isIdentifierPart(chars[i + 1]);
            if (!signOfExponent && !separator && c != '.' && !isIdentifierPart(c)) {
                break;
            }
            i++;
        }
        return i;
    }

    private void punctuator(Expect expected) {
        String found = longestPunctuator();
        if (found.equals("(") && expected == Expect.HAS_INCLUDE_PARENTHESIS) {
            expect = Expect.HEADER_NAME;
        }
        if (found.equals("<<<")) {
            openLaunches++;
        }
        if (found.equals(">>>")) {
            openLaunches--;
        }
        if (found.equals(";") || found.equals("}")) {
            openLaunches = 0;
        }
        if (found.isEmpty()) {
            int size = Character.isHighSurrogate(chars[next]) && next + 1 < length ? 2 : 1;
            emit(TokenKind.OTHER, next + size, true);
            return;
        }
        emit(TokenKind.PUNCTUATOR, next + found.length(), true);
    }

    private String longestPunctuator() {
        if (openLaunches > 0 && starts(">>>")) {
            return ">>>";
        }
        // [lex.pptoken]: "<::" is "<" and "::", unless ":" or ">" follows
        if (starts("<::") && peek(3) != ':' && peek(3) != '>') {
            return "<";
        }
        for (String punctuator : PUNCTUATORS) {
            if (starts(punctuator)) {
                return punctuator;
            }
        }
        return "";
    }

    private void emit(TokenKind kind, int endExclusive, boolean closed) {
        String spelling = new String(chars, next, endExclusive - next);
        // a splice before the next character belongs to this token, so that the tokens tile the text
        int end = endExclusive < length ? at[endExclusive] : text.length();
        tokens.add(token(kind, spelling, counted, end, closed));
        counted = end;
        next = endExclusive;
    }

    private Token token(TokenKind kind, String spelling, int start, int end, boolean closed) {
        Token token = new Token(kind, spelling, start, end, line, start - lineStart + 1, inDirective, closed);
        for (int i = start; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return token;
    }

    private boolean starts(String prefix) {
        if (next + prefix.length() > length) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (chars[next + i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int find(String needle, int from) {
        for (int i = from; i + needle.length() <= length; i++) {
            if (chars[i] == needle.charAt(0) && chars[i + 1] == needle.charAt(1)) {
                return i;
            }
        }
        return -1;
    }

    private int endOfLine() {
        int i = next;
        while (i < length && chars[i] != '\n') {
            i++;
        }
        return i;
    }

    private char peek(int ahead) {
        return next + ahead < length ? chars[next + ahead] : 0;
    }

    /** NVRTC takes a carriage return that ends no line as a blank. */
    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\u000b';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isIdentifierStart(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c == '_'
                || c == '$'
                || c >= 0x80 && Character.isLetter(c);
    }

    private static boolean isIdentifierPart(char c) {
        return isIdentifierStart(c) || isDigit(c) || c >= 0x80 && Character.isLetterOrDigit(c);
    }
}
