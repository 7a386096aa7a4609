package org.warpgrade.gpu.cuda;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A piece of PTX text at module scope: a function, a variable, or a directive.
 *
 * @param kind what it is
 * @param name the symbol; null for directives
 * @param text as written
 */
record PtxItem(Kind kind, @Nullable String name, String text) {

    enum Kind {
        KERNEL,
        FUNCTION,
        /** A function without a body, defined further down or elsewhere. */
        DECLARATION,
        VARIABLE,
        /** {@code .version}, {@code .file}, {@code .section} … */
        DIRECTIVE
    }

    private static final String SYMBOL = "[A-Za-z_$%][\\w$]*";
    private static final Pattern FUNCTION_NAME =
            Pattern.compile("\\.(func|entry)\\s*(?:\\.noreturn\\s*)?(?:\\([^)]*\\)\\s*)?(" + SYMBOL + ")");
    private static final Pattern VARIABLE_NAME = Pattern.compile(
            "\\.(?:global|const|shared)\\b(?:\\s*\\.align\\s+\\d+|\\s*\\.attribute\\([^)]*\\)|\\s*\\.\\w+)*\\s+("
                    + SYMBOL + ")");
    private static final Pattern WORD = Pattern.compile(SYMBOL);

    /** Cuts a module into its pieces; joined again they are the text. */
    static List<PtxItem> split(String ptx) {
        List<PtxItem> items = new ArrayList<>();
        int from = 0;
        while (from < ptx.length()) {
            int end = endOfItem(ptx, from);
            items.add(of(ptx.substring(from, end)));
            from = end;
        }
        return items;
    }

    /** Every word of it that could be a symbol. */
    Set<String> words() {
        Set<String> words = new LinkedHashSet<>();
        Matcher matcher = WORD.matcher(withoutComments(text));
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    private static PtxItem of(String text) {
        String code = withoutComments(text);
        Matcher function = FUNCTION_NAME.matcher(code);
        int body = code.indexOf('{');
        if (function.find() && (body < 0 || function.start() < body)) {
            Kind kind = body < 0 ? Kind.DECLARATION : function.group(1).equals("entry") ? Kind.KERNEL : Kind.FUNCTION;
            return new PtxItem(kind, function.group(2), text);
        }
        Matcher variable = VARIABLE_NAME.matcher(code);
        boolean isSection = code.stripLeading().startsWith(".section")
                || code.stripLeading().startsWith("@@");
        if (!isSection && variable.find()) {
            return new PtxItem(Kind.VARIABLE, variable.group(1), text);
        }
        return new PtxItem(Kind.DIRECTIVE, null, text);
    }

    private static String withoutComments(String text) {
        return text.replaceAll("(?s)/\\*.*?\\*/", " ").replaceAll("//[^\n]*", "");
    }

    /** An item ends with its semicolon or closing brace; a directive, which has neither, with its line. */
    private static int endOfItem(String ptx, int from) {
        int depth = 0;
        boolean seen = false;
        boolean directive = false;
        for (int i = from; i < ptx.length(); i++) {
            char c = ptx.charAt(i);
            if (c == '/' && ptx.startsWith("//", i)) {
                i = end(ptx, ptx.indexOf('\n', i)) - 1;
            } else if (c == '/' && ptx.startsWith("/*", i)) {
                i = end(ptx, ptx.indexOf("*/", i) + 1);
            } else if (c == '"') {
                i = end(ptx, ptx.indexOf('"', i + 1));
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0 && isBodyEnd(ptx, i)) {
                return i + 1;
            } else if (c == ';' && depth == 0) {
                return i + 1;
            } else if (c == '\n' && directive && depth == 0) {
                return i + 1;
            } else if (!seen && !Character.isWhitespace(c)) {
                seen = true;
                directive = isDirective(ptx, i);
            }
        }
        return ptx.length();
    }

    /** A brace that a semicolon follows closes an initialiser. */
    private static boolean isBodyEnd(String ptx, int at) {
        int next = at + 1;
        while (next < ptx.length() && Character.isWhitespace(ptx.charAt(next))) {
            next++;
        }
        return next >= ptx.length() || ptx.charAt(next) != ';';
    }

    private static boolean isDirective(String ptx, int at) {
        for (String word : List.of(".version", ".target", ".address_size", ".file", ".loc", ".pragma")) {
            if (ptx.startsWith(word, at)) {
                return true;
            }
        }
        return false;
    }

    private static int end(String ptx, int index) {
        return index <= 0 ? ptx.length() : index;
    }
}
