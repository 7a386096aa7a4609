package org.warpgrade.gpu.compile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.source.CudaLexer;
import org.warpgrade.gpu.source.Token;
import org.warpgrade.gpu.source.TokenKind;

/**
 * Decides what of a source NVRTC may see. NVRTC opens any file of the host that an include names, and quotes its lines in
 * the log, so every way to name a file is decided here, before.
 *
 * <p>Comments do not reach NVRTC at all: then it does not matter whether the two agree on what is a comment. Every logical
 * line that begins with {@code #} is a directive for both, and is checked.
 */
final class IncludeGuard {

    static final int LARGEST_SOURCE = 1 << 20;

    /** What may be compiled, or why not. */
    sealed interface Guarded {
        /** The text for NVRTC, with the same lines as the source. */
        record Clean(String text) implements Guarded {}

        /** Asks for headers that nobody offers, as honest code may: an error as a compiler would report it. */
        record Missing(List<Diagnostic> errors) implements Guarded {}

        record Refused(List<Diagnostic> reasons) implements Guarded {}
    }

    /** Words that begin names of ours or of the compiler's launch protocol. */
    private static final List<String> RESERVED = List.of("__warpgrade", "__cudaCDP2", "WARPGRADE_");

    /** Keywords that real sources do redefine, without harm to anyone else's declarations. */
    private static final Set<String> REDEFINABLE =
            Set.of("inline", "register", "__restrict__", "__restrict", "restrict");

    /** Macros of NVRTC's own prelude that paste any two words; see {@link #pasting}. */
    private static final String PRELUDE_PASTERS = "_NV_";

    private static final Pattern HASH_LINE = Pattern.compile("(?m)^[ \\t\\r\\f\\x0b]*(#|%:)");
    private static final Pattern INCLUDING_LINE = Pattern.compile(
            "(?m)^[ \\t\\r\\f\\x0b]*(?:#|%:|\\?\\?=)[ \\t\\r\\f\\x0b]*(?:include\\w*|import|embed)\\b[ \\t\\r\\f\\x0b]*(.*)$");

    private final CudaSource source;
    private final String text;
    private final List<Token> tokens;
    private final List<Token> code = new ArrayList<>();
    private final Set<String> pasting;
    private final List<Diagnostic> reasons = new ArrayList<>();
    private final List<Diagnostic> missing = new ArrayList<>();
    private final StringBuilder clean = new StringBuilder();
    private int conditionals;

    private IncludeGuard(CudaSource source) {
        this.source = source;
        this.text = source.text();
        this.tokens = CudaLexer.tokenize(text);
        for (Token token : tokens) {
            if (token.kind() != TokenKind.WHITESPACE && token.kind() != TokenKind.COMMENT) {
                code.add(token);
            }
        }
        this.pasting = pasting(code);
    }

    static Guarded examine(CudaSource source) {
        int bytes = source.text().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LARGEST_SOURCE) {
            return new Guarded.Refused(List.of(new Diagnostic(
                    Severity.ERROR,
                    new SourceLocation(source.name(), 1, 0),
                    "the file has " + bytes + " bytes; at most " + LARGEST_SOURCE + " (1 MiB) are compiled")));
        }
        return new IncludeGuard(source).verdict();
    }

    private Guarded verdict() {
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            int line =
                    (int) text.substring(0, nul).chars().filter(c -> c == '\n').count() + 1;
            refuse(new SourceLocation(source.name(), line, 0), "the file holds a NUL character; it is no plain text");
            return new Guarded.Refused(reasons);
        }
        copy();
        reservedWords();
        if (reasons.isEmpty()) {
            lastLook();
        }
        if (!reasons.isEmpty()) {
            return new Guarded.Refused(List.copyOf(reasons));
        }
        if (!missing.isEmpty()) {
            missing.add(new Diagnostic(Severity.NOTE, null, Hints.offer()));
            return new Guarded.Missing(List.copyOf(missing));
        }
        return new Guarded.Clean(clean.toString());
    }

    // ---- the copy that NVRTC sees
    // ------------------------------------------------------------------------------------

    private void copy() {
        boolean lineHasCode = false;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            lineHasCode = token.kind() != TokenKind.NEWLINE
                    && (lineHasCode || token.kind().isSignificant());
            switch (token.kind()) {
                case COMMENT -> comment(token, lineHasCode);
                case DIRECTIVE -> i = directive(i);
                case STRING -> {
                    rawString(token);
                    clean.append(text, token.start(), token.end());
                }
                case WHITESPACE ->
                    // a byte order mark is no C++; NVRTC stumbles over it
                    clean.append(text.substring(token.start(), token.end()).replace('\uFEFF', ' '));
                case NEWLINE, HEADER_NAME, IDENTIFIER, KEYWORD, CUDA_WORD, NUMBER, CHARACTER, PUNCTUATOR, OTHER ->
                    clean.append(text, token.start(), token.end());
            }
        }
    }

    private void comment(Token token, boolean lineGoesOn) {
        if (!token.closed()) {
            refuse(token, "this comment is never closed");
        }
        blank(token.start(), token.end(), lineGoesOn);
    }

    /**
     * Spaces for everything but line ends. A comment joins the lines it spans: where code stands before it, what follows
     * must stay on the same logical line, or a {@code #} after it would become a directive.
     */
    private void blank(int start, int end, boolean lineGoesOn) {
        for (int i = start; i < end; i++) {
            if (text.charAt(i) == '\n') {
                clean.append(lineGoesOn ? "\\\n" : "\n");
            } else {
                clean.append(' ');
            }
        }
    }

    private void rawString(Token token) {
        int quote = token.text().indexOf('"');
        boolean raw = quote > 0 && token.text().charAt(quote - 1) == 'R';
        if (raw && !token.closed()) {
            refuse(token, "this raw string is never closed");
        } else if (raw && HASH_LINE.matcher(token.text()).find()) {
            refuse(token, "a line of a raw string may not begin with \"#\"");
        }
    }

    /** Handles the directive whose {@code #} is the token at i; returns the index of its last token. */
    private int directive(int i) {
        int last = i;
        while (last + 1 < tokens.size() && tokens.get(last + 1).kind() != TokenKind.NEWLINE) {
            last++;
        }
        List<Token> line = tokens.subList(i, last + 1).stream()
                .filter(token -> token.kind().isSignificant())
                .toList();
        Token name = line.size() > 1 ? line.get(1) : line.getFirst();
        String word = name.kind() == TokenKind.DIRECTIVE ? name.text() : "";
        switch (word) {
            case "include" -> {
                return include(i, last, line);
            }
            case "include_next", "include_once", "import", "embed" ->
                refuse(name, "#" + word + " is not offered; use #include");
            case "line" -> {
                return drop(i, last); // findings must keep the student's file name and lines
            }
            case "if", "elif" -> {
                conditionals += word.equals("if") ? 1 : 0;
                return condition(i, last, line);
            }
            case "ifdef", "ifndef" -> conditionals++;
            case "endif" -> conditionals--;
            case "define", "undef" -> define(word, line);
            case "" -> {
                if (name.kind() == TokenKind.NUMBER) {
                    return drop(i, last); // "# 12 "other.cu"" is a #line in disguise
                }
            }
            default -> {
                if (line.stream().anyMatch(IncludeGuard::namesHasInclude)) {
                    refuse(name, HAS_INCLUDE_RULE);
                }
            }
        }
        clean.append(text, tokens.get(i).start(), tokens.get(i).end());
        return i;
    }

    private int drop(int first, int last) {
        blank(tokens.get(first).start(), tokens.get(last).end(), true);
        return last;
    }

    private int include(int first, int last, List<Token> line) {
        Token operand = line.size() > 2 ? line.get(2) : line.get(1);
        if (operand.kind() != TokenKind.HEADER_NAME || !operand.closed()) {
            String message = operand.kind() == TokenKind.HEADER_NAME
                    ? "this file name is never closed"
                    : "#include must name its file itself, in \"...\" or <...>, not through a macro";
            refuse(operand, message);
            return drop(first, last);
        }
        String name = operand.text().substring(1, operand.text().length() - 1);
        if (OfferedHeaders.offers(name)) {
            clean.append(text, tokens.get(first).start(), tokens.get(last).end());
            return last;
        }
        String reason = Hints.namesPlace(name) ? Hints.place(name) : Hints.notOffered(name);
        if (conditionals > 0) {
            // the condition decides, and only the compiler knows it: if it holds, the student reads this
            int from = clean.length();
            drop(first, last);
            String lines = "\n".repeat((int)
                    clean.substring(from).chars().filter(c -> c == '\n').count());
            clean.setLength(from);
            clean.append("#error ").append(reason.replace('"', '`')).append(lines);
            return last;
        }
        if (Hints.namesPlace(name)) {
            refuse(operand, reason);
        } else {
            missing.add(new Diagnostic(
                    Severity.ERROR, new SourceLocation(source.name(), operand.line(), operand.column()), reason));
        }
        return drop(first, last);
    }

    // ---- __has_include
    // -----------------------------------------------------------------------------------------------

    private static final String HAS_INCLUDE_RULE =
            "__has_include may only stand in #if or #elif, with the file named in \"...\" or <...>";

    private static boolean namesHasInclude(Token token) {
        return token.isWord()
                && (token.text().startsWith("__has_include") || token.text().equals("__has_embed"));
    }

    /** {@code __has_include} would tell which files the host has: only what is offered exists. */
    private int condition(int first, int last, List<Token> line) {
        for (Token token : line) {
            if (token.isWord()
                    && (pasting.contains(token.text()) || token.text().startsWith(PRELUDE_PASTERS))) {
                refuse(token, "a condition may not use a macro that pastes words with ##");
            }
        }
        int copied = first;
        for (int i = 0; i < line.size(); i++) {
            Token token = line.get(i);
            if (!namesHasInclude(token) || isDefinedOperand(line, i)) {
                continue;
            }
            boolean wellFormed = i + 3 < line.size()
                    && line.get(i + 1).is("(")
                    && line.get(i + 2).kind() == TokenKind.HEADER_NAME
                    && line.get(i + 2).closed()
                    && line.get(i + 3).is(")");
            if (!wellFormed) {
                refuse(token, HAS_INCLUDE_RULE);
                continue;
            }
            String header = line.get(i + 2).text();
            boolean offered = token.text().equals("__has_include")
                    && OfferedHeaders.offers(header.substring(1, header.length() - 1));
            copied = copyWithoutComments(copied, token.start());
            clean.append(offered ? "1" : "0");
            while (tokens.get(copied).start() < line.get(i + 3).end()) {
                copied++;
                if (copied > last) {
                    return last;
                }
            }
        }
        copyWithoutComments(copied, tokens.get(last).end());
        return last;
    }

    private static boolean isDefinedOperand(List<Token> line, int i) {
        return line.get(i - 1).is("defined")
                || line.get(i - 1).is("(") && line.get(i - 2).is("defined");
    }

    /** Copies tokens from the index on, up to the offset; returns the index of the first token not copied. */
    private int copyWithoutComments(int index, int to) {
        int i = index;
        while (i < tokens.size() && tokens.get(i).start() < to) {
            Token token = tokens.get(i++);
            if (token.kind() == TokenKind.COMMENT) {
                comment(token, true);
            } else {
                clean.append(text, token.start(), token.end());
            }
        }
        return i;
    }

    /**
     * The macros through which {@code __has_include} could be put together from pieces: those that use {@code ##}, and
     * those that mention one of these.
     */
    private static Set<String> pasting(List<Token> code) {
        Map<String, Set<String>> mentionedBy = new HashMap<>();
        Deque<String> found = new ArrayDeque<>();
        for (int i = 0; i + 2 < code.size(); i++) {
            if (code.get(i).kind() != TokenKind.DIRECTIVE || !code.get(i + 1).is("define")) {
                continue;
            }
            String macro = code.get(i + 2).text();
            for (i += 3; i < code.size() && code.get(i).kind() != TokenKind.NEWLINE; i++) {
                Token token = code.get(i);
                if (token.is("##") || token.text().startsWith(PRELUDE_PASTERS)) {
                    found.add(macro);
                } else if (token.isWord()) {
                    mentionedBy
                            .computeIfAbsent(token.text(), key -> new HashSet<>())
                            .add(macro);
                }
            }
        }
        Set<String> names = new HashSet<>();
        while (!found.isEmpty()) {
            String name = found.remove();
            if (names.add(name)) {
                found.addAll(mentionedBy.getOrDefault(name, Set.of()));
            }
        }
        return names;
    }

    // ---- names
    // -------------------------------------------------------------------------------------------------------

    private void define(String word, List<Token> line) {
        if (line.size() > 2
                && CudaLexer.isKeyword(line.get(2).text())
                && !REDEFINABLE.contains(line.get(2).text())) {
            refuse(
                    line.get(2),
                    "#" + word + " of the C++ keyword \"" + line.get(2).text() + "\" is not allowed");
        }
        for (Token token : line) {
            if (namesHasInclude(token)) {
                refuse(token, HAS_INCLUDE_RULE);
            }
        }
    }

    private void reservedWords() {
        for (Token token : code) {
            if (namesHasInclude(token) && !token.inDirective()) {
                refuse(token, HAS_INCLUDE_RULE);
            }
            for (String reserved : RESERVED) {
                if (token.text().contains(reserved)) {
                    refuse(token, "names with \"" + reserved + "\" are reserved");
                    break;
                }
            }
        }
    }

    /** The same question asked again in the plainest way, on the text as NVRTC will read it. */
    private void lastLook() {
        String spliced = clean.toString().replace("\\\r\n", "").replace("\\\n", "");
        var includes = INCLUDING_LINE.matcher(spliced);
        while (includes.find()) {
            String operand = includes.group(1);
            int close = operand.isEmpty() ? -1 : operand.indexOf(operand.charAt(0) == '<' ? '>' : '"', 1);
            if (close < 0 || !OfferedHeaders.offers(operand.substring(1, close))) {
                refuse(
                        new SourceLocation(source.name(), 1, 0),
                        "the file includes something that is not offered: "
                                + includes.group().strip());
            }
        }
    }

    private void refuse(Token token, String message) {
        refuse(new SourceLocation(source.name(), token.line(), token.column()), message);
    }

    private void refuse(SourceLocation at, String message) {
        reasons.add(new Diagnostic(Severity.ERROR, at, message));
    }
}
