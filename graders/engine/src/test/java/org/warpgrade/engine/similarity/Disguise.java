package org.warpgrade.engine.similarity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.warpgrade.gpu.source.CudaLexer;
import org.warpgrade.gpu.source.Token;
import org.warpgrade.gpu.source.TokenKind;

/**
 * What a student does to a friend's file so that nobody notices. Each keeps the meaning; most keep the text compiling
 * everywhere.
 */
enum Disguise {
    RENAMED(Disguise::rename),
    REFORMATTED(Disguise::reformat),
    COMMENTED(Disguise::comment),
    FUNCTIONS_REVERSED(Disguise::reverseFunctions),
    LOOPS_AS_WHILE(Disguise::whileLoops),
    NUMBERS_AS_SUMS(Disguise::sums),
    WORDS_AS_MACROS(Disguise::macros),
    NAMES_AS_MACROS(Disguise::nameMacros),
    DEAD_CODE(Disguise::deadCode),
    DECLARATIONS_SPLIT(Disguise::splitDeclarations),
    STATEMENTS_SWAPPED(Disguise::swapStatements),
    ASSIGNMENTS_SPELLED_OUT(Disguise::spellOut),
    PARENTHESES_AND_CASTS(Disguise::parentheses);

    private final BiFunction<String, Random, String> change;

    Disguise(BiFunction<String, Random, String> change) {
        this.change = change;
    }

    String apply(String text, long seed) {
        return change.apply(text, new Random(seed));
    }

    /** Several at once, as a careful copyist would. */
    static String all(String text, long seed, Disguise... disguises) {
        String disguised = text;
        for (Disguise disguise : disguises) {
            disguised = disguise.apply(disguised, seed);
        }
        return disguised;
    }

    // ---- names and words

    /** Entry points and what the language and CUDA define keep their names. */
    private static final Set<String> KEPT =
            Set.of("softmax", "softmax_backward", "layernorm", "reduce", "x", "y", "z", "w");

    private static Set<String> ownNames(String text) {
        return CudaLexer.significant(text).stream()
                .filter(t -> t.kind() == TokenKind.IDENTIFIER && !t.inDirective())
                .map(Token::text)
                .filter(name -> !KEPT.contains(name) && Vocabulary.isChosen(Vocabulary.plain(name)))
                .filter(name -> !Vocabulary.TYPES.contains(name) && !Vocabulary.NUMBERS.contains(name))
                .collect(Collectors.toCollection(java.util.TreeSet::new));
    }

    private static String rename(String text, Random random) {
        Set<String> macros = defined(text);
        Map<String, String> names = new HashMap<>();
        for (String name : ownNames(text)) {
            if (!macros.contains(name)) {
                names.put(name, "v" + Integer.toString(random.nextInt(100_000), 36) + "_" + names.size());
            }
        }
        return CudaLexer.tokenize(text).stream()
                .map(t -> t.kind() == TokenKind.IDENTIFIER ? names.getOrDefault(t.text(), t.text()) : spelling(text, t))
                .collect(Collectors.joining());
    }

    private static Set<String> defined(String text) {
        Set<String> defined = new HashSet<>();
        text.lines().filter(l -> l.startsWith("#define ")).forEach(l -> defined.add(l.split("[ (]")[1]));
        return defined;
    }

    private static String macros(String text, Random random) {
        String head = """
                #define REAL float
                #define TID threadIdx.x
                #define BID blockIdx.x
                #define WAIT_FOR_ALL __syncthreads()
                #define GO_BACK return
                #define LARGER(a, b) fmaxf(a, b)
                """;
        String body = code(text)
                .replaceAll("\\bfloat\\b(?!\\d)", "REAL")
                .replaceAll("\\bthreadIdx\\.x\\b", "TID")
                .replaceAll("\\bblockIdx\\.x\\b", "BID")
                .replaceAll("__syncthreads\\(\\)", "WAIT_FOR_ALL")
                .replaceAll("\\breturn\\b", "GO_BACK")
                .replaceAll("\\bfmaxf\\(", "LARGER(");
        return head + body;
    }

    /** A macro for every second name of the file's own. */
    private static String nameMacros(String text, Random random) {
        StringBuilder head = new StringBuilder();
        Set<String> macros = defined(text);
        for (String name : ownNames(text)) {
            if (!macros.contains(name) && random.nextBoolean()) {
                head.append("#define ")
                        .append(name)
                        .append(" hidden_")
                        .append(name)
                        .append("_here\n");
            }
        }
        return head + code(text);
    }

    private static String code(String text) {
        return CudaLexer.tokenize(text).stream()
                .map(t -> t.kind() == TokenKind.COMMENT ? " " : spelling(text, t))
                .collect(Collectors.joining());
    }

    // ---- layout

    private static String reformat(String text, Random random) {
        StringBuilder out = new StringBuilder();
        for (Token token : CudaLexer.tokenize(text)) {
            switch (token.kind()) {
                case COMMENT -> out.append(' ');
                case NEWLINE -> out.append(token.inDirective() || endsDirective(out) ? "\n" : " ");
                case WHITESPACE -> out.append(' ');
                case DIRECTIVE -> out.append(token.text().equals("#") ? "\n#" : token.text());
                default -> {
                    out.append(spelling(text, token));
                    if (!token.inDirective() && random.nextInt(4) == 0) {
                        out.append("\n\t");
                    }
                }
            }
        }
        return out.toString();
    }

    private static boolean endsDirective(StringBuilder out) {
        return out.substring(out.lastIndexOf("\n") + 1).stripLeading().startsWith("#");
    }

    private static String comment(String text, Random random) {
        StringBuilder out = new StringBuilder();
        for (Token token : CudaLexer.tokenize(text)) {
            if (token.kind() == TokenKind.COMMENT) {
                out.append("/* something else */");
            } else {
                out.append(spelling(text, token));
            }
            if (token.is(";") && random.nextInt(3) == 0) {
                out.append(" // for (int i = 0; i < ")
                        .append(random.nextInt(99))
                        .append("; i++) step ")
                        .append(random.nextInt());
                out.append('\n');
            }
        }
        return out.toString();
    }

    private static String spelling(String text, Token token) {
        return text.substring(token.start(), token.end());
    }

    // ---- structure

    /**
     * The file's top-level pieces: each ends with a semicolon or a closing brace outside of all braces, or with a
     * directive.
     */
    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int depth = 0;
        for (Token token : CudaLexer.tokenize(text)) {
            piece.append(spelling(text, token));
            depth += token.is("{") ? 1 : token.is("}") ? -1 : 0;
            boolean ends = depth == 0 && (token.is(";") || token.is("}")) && !token.inDirective()
                    || token.kind() == TokenKind.NEWLINE
                            && piece.toString().strip().startsWith("#");
            if (ends) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
        }
        pieces.add(piece.toString());
        return pieces;
    }

    private static String reverseFunctions(String text, Random random) {
        List<String> first = new ArrayList<>();
        List<String> prototypes = new ArrayList<>();
        List<String> functions = new ArrayList<>();
        List<String> pieces = pieces(code(text));
        for (int i = 0; i < pieces.size(); i++) {
            String piece = pieces.get(i);
            String plain = piece.strip();
            boolean function = plain.endsWith("}")
                    && plain.contains("(")
                    && !plain.startsWith("struct")
                    && !plain.startsWith("namespace");
            if (!function) {
                first.add(piece);
                continue;
            }
            String head = plain.substring(0, plain.indexOf('{')).strip();
            boolean template = plain.startsWith("template");
            prototypes.add((template ? head : head.replaceFirst("__launch_bounds__\\(\\d+\\)", "")) + ";");
            functions.addFirst(template ? plain : plain);
        }
        return String.join("", first) + "\n" + String.join("\n", prototypes) + "\n" + String.join("\n\n", functions)
                + "\n";
    }

    /** {@code for (a; b; c) S} as {@code { a; while (b) { S c; } }}, where S has no continue. */
    private static String whileLoops(String text, Random random) {
        List<Token> tokens = CudaLexer.tokenize(code(text));
        String source = tokens.stream().map(Token::text).collect(Collectors.joining());
        StringBuilder out = new StringBuilder();
        convert(source, tokens, 0, tokens.size(), out);
        return out.toString().replaceAll("#pragma unroll\\s*\n", "\n");
    }

    private static void convert(String source, List<Token> tokens, int from, int to, StringBuilder out) {
        for (int i = from; i < to; i++) {
            Token token = tokens.get(i);
            if (!token.is("for") || token.kind() != TokenKind.KEYWORD) {
                out.append(token.text());
                continue;
            }
            int open = next(tokens, i + 1, "(");
            int close = closing(tokens, open);
            int firstSemicolon = next(tokens, open, ";");
            int secondSemicolon = next(tokens, firstSemicolon + 1, ";");
            int bodyEnd = statementEnd(tokens, close + 1);
            String body = join(tokens, close + 1, bodyEnd);
            if (body.contains("continue")) {
                out.append(join(tokens, i, close + 1));
                convert(source, tokens, close + 1, bodyEnd, out);
            } else {
                out.append("{ ")
                        .append(join(tokens, open + 1, firstSemicolon + 1))
                        .append("\nwhile (");
                out.append(join(tokens, firstSemicolon + 1, secondSemicolon)).append(") {\n");
                convert(source, tokens, close + 1, bodyEnd, out);
                out.append('\n')
                        .append(join(tokens, secondSemicolon + 1, close))
                        .append(";\n} }");
            }
            i = bodyEnd - 1;
        }
    }

    private static int next(List<Token> tokens, int from, String spelling) {
        int i = from;
        while (!tokens.get(i).is(spelling)) {
            i++;
        }
        return i;
    }

    private static int closing(List<Token> tokens, int open) {
        int depth = 0;
        for (int i = open; ; i++) {
            Token token = tokens.get(i);
            depth += token.is("(") || token.is("{") ? 1 : token.is(")") || token.is("}") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
    }

    /** The index after the statement that begins at or behind the given one. */
    private static int statementEnd(List<Token> tokens, int from) {
        int i = from;
        while (!tokens.get(i).kind().isSignificant() || tokens.get(i).inDirective()) {
            i++;
        }
        Token first = tokens.get(i);
        if (first.is("{")) {
            return closing(tokens, i) + 1;
        }
        if (first.is("for") || first.is("while") || first.is("if")) {
            int end = statementEnd(tokens, closing(tokens, next(tokens, i, "(")) + 1);
            int after = end;
            while (after < tokens.size() && !tokens.get(after).kind().isSignificant()) {
                after++;
            }
            return first.is("if") && tokens.get(after).is("else") ? statementEnd(tokens, after + 1) : end;
        }
        return next(tokens, i, ";") + 1;
    }

    private static String join(List<Token> tokens, int from, int to) {
        return tokens.subList(from, to).stream().map(Token::text).collect(Collectors.joining());
    }

    // ---- statements

    private static String sums(String text, Random random) {
        return CudaLexer.tokenize(text).stream()
                .map(t -> t.kind() == TokenKind.NUMBER
                                && !t.inDirective()
                                && t.text().matches("[1-9]\\d*")
                        ? "(" + (Integer.parseInt(t.text()) - 1) + " + 1)"
                        : spelling(text, t))
                .collect(Collectors.joining());
    }

    /** Behind every third statement of a function, something that does nothing. */
    private static String deadCode(String text, Random random) {
        StringBuilder out = new StringBuilder();
        String code = code(text);
        int braces = 0;
        int parentheses = 0;
        int count = 0;
        boolean structure = false;
        List<Token> tokens = CudaLexer.tokenize(code);
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            out.append(spelling(code, token));
            structure |= token.is("struct") || token.is("namespace");
            braces += token.is("{") ? 1 : token.is("}") ? -1 : 0;
            parentheses += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            structure &= braces > 0 || !token.is("}") && !token.is(";");
            boolean inBlock = token.is(";") && braces > 0 && parentheses == 0 && !structure && !token.inDirective();
            if (inBlock && wholeStatement(tokens, i) && random.nextInt(3) == 0) {
                int n = count++;
                out.append(
                        switch (n % 3) {
                            case 0 -> " int spare" + n + " = " + n + "; spare" + n + " += 2;";
                            case 1 -> " if (" + n + " > 1000) { float idle" + n + " = 1.0f; idle" + n + " *= 2.0f; }";
                            default -> " { unsigned nothing" + n + " = 0u; (void)nothing" + n + "; }";
                        });
            }
        }
        return out.toString();
    }

    /**
     * Whether the statement that ends here stands in a block of its own right rather than being the body of an if or
     * for.
     */
    private static boolean wholeStatement(List<Token> tokens, int semicolon) {
        int i = semicolon - 1;
        int depth = 0;
        while (i >= 0) {
            Token token = tokens.get(i);
            depth += token.is(")") ? 1 : token.is("(") ? -1 : 0;
            if (depth == 0 && (token.is(";") || token.is("{") || token.is("}"))) {
                break;
            }
            i--;
        }
        String statement = join(tokens, i + 1, semicolon);
        return !statement.strip().matches("(?s)(if|for|while|else|do|switch|case|default|return|break|#)\\b.*|#.*");
    }

    /** {@code float a = 1, b = 2;} as {@code float a; float b; a = 1; b = 2;} */
    private static String splitDeclarations(String text, Random random) {
        StringBuilder out = new StringBuilder();
        for (String line : code(text).split("\n", -1)) {
            String plain = line.strip();
            boolean declares = plain.matches("(int|float|double|unsigned|size_t|long long|long) \\w+ = [^;{}]*;")
                    && line.startsWith("    ");
            if (!declares) {
                out.append(line).append('\n');
                continue;
            }
            String type = plain.replaceFirst("^((?:long long|\\w+)) .*", "$1");
            String rest = plain.substring(type.length() + 1, plain.length() - 1);
            for (String part : topLevel(rest)) {
                String name = part.strip().replaceFirst("\\W.*", "");
                out.append("    ").append(type).append(' ').append(name).append(";\n");
                if (part.contains("=")) {
                    out.append("    ").append(part.strip()).append(";\n");
                }
            }
        }
        return out.toString();
    }

    private static List<String> topLevel(String list) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(list.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(list.substring(from));
        return parts;
    }

    /** Neighbouring lines that are whole statements and share no name change places. */
    private static String swapStatements(String text, Random random) {
        String[] lines = code(text).split("\n", -1);
        for (int i = 0; i + 1 < lines.length; i++) {
            if (isPlain(lines[i]) && isPlain(lines[i + 1]) && sharesNoName(lines[i], lines[i + 1])) {
                String first = lines[i];
                lines[i] = lines[i + 1];
                lines[i + 1] = first;
                i++;
            }
        }
        return String.join("\n", lines);
    }

    private static boolean isPlain(String line) {
        return line.matches("\\s+[^;{}()]*=[^;{}]*;\\s*")
                && !line.strip().startsWith("for")
                && !line.contains("<<<")
                && !line.strip().startsWith("if");
    }

    private static boolean sharesNoName(String a, String b) {
        Set<String> names = new HashSet<>(ownNames(a));
        names.retainAll(ownNames(b));
        return names.isEmpty();
    }

    private static String spellOut(String text, Random random) {
        return text.replaceAll("(?m)(\\b[\\w.]+(?:\\[[^\\[\\];]*\\])?) ([-+*/])= ([^;,)]*);", "$1 = $1 $2 ($3);")
                .replaceAll("(\\w+)\\+\\+\\)", "$1 += 1)")
                .replaceAll("\\+\\+(\\w+)\\)", "$1 = $1 + 1)");
    }

    /** Around every subscript, and a cast before every call of expf. */
    private static String parentheses(String text, Random random) {
        return code(text)
                .replaceAll("\\[([^\\[\\]]+)\\](?!\\s*[;=]\\s*$)", "[($1)]")
                .replaceAll("\\bexpf\\(", "(float)expf(")
                .replaceAll("\\breturn ([^;{}]+);", "return ($1);");
    }
}
