package org.warpgrade.gpu.compile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.warpgrade.gpu.source.CudaLexer;
import org.warpgrade.gpu.source.Token;
import org.warpgrade.gpu.source.TokenKind;

/**
 * The variables of a file that are the host's: those declared without {@code __device__}, {@code __constant__} or {@code
 * __managed__} (CUDA C++ Programming Guide, Variable Memory Space Specifiers). NVRTC is told to take whatever has no
 * specifier for device code, so nothing in its PTX tells them apart; the tokens of the source do.
 */
final class HostDeclarations {

    private static final Set<String> SPECIFIERS = Set.of("__device__", "__constant__", "__managed__");

    /** Words whose parentheses belong to them and not to what is declared. */
    private static final Set<String> WITH_ARGUMENTS =
            Set.of("__align__", "alignas", "__attribute__", "decltype", "__launch_bounds__");

    /** The declaration of a variable in PTX, which NVRTC begins at the margin, up to its name. */
    private static final Pattern VARIABLE =
            Pattern.compile("(?:\\.(?:visible|weak|common)\\s+)?\\.global\\s+(?:\\.\\w+\\s+(?:\\d+\\s+)?)*([\\w$]+)");

    private final List<Token> tokens;
    private final Set<String> specifiers;
    private final Set<String> ofDevice = new HashSet<>();

    private HostDeclarations(String text) {
        List<Token> significant = CudaLexer.significant(text);
        specifiers = Specifiers.in(significant, SPECIFIERS);
        tokens = significant.stream().filter(token -> !token.inDirective()).toList();
        int next = 0;
        while (next < tokens.size()) {
            boolean begins = specifiers.contains(tokens.get(next).text());
            next = begins ? declared(next + 1) : next + 1;
        }
    }

    /** The PTX symbols of the host's variables at namespace scope, in the order of the PTX. */
    static Set<String> symbols(String text, String ptx) {
        List<String> variables = variables(ptx);
        if (variables.isEmpty()) {
            return Set.of();
        }
        Set<String> ofDevice = new HostDeclarations(text).ofDevice;
        Set<String> symbols = new LinkedHashSet<>();
        for (String symbol : variables) {
            String name = KernelNames.readable(symbol);
            boolean known = !name.startsWith("_Z");
            if (known && !ofDevice.contains(name.substring(name.lastIndexOf(':') + 1))) {
                symbols.add(symbol);
            }
        }
        return symbols;
    }

    private static List<String> variables(String ptx) {
        List<String> names = new ArrayList<>();
        for (int at = ptx.indexOf("\n."); at >= 0; at = ptx.indexOf("\n.", at + 1)) {
            Matcher variable = VARIABLE.matcher(ptx).region(at + 1, ptx.length());
            if (variable.lookingAt()) {
                names.add(variable.group(1));
            }
        }
        return names;
    }

    /**
     * Notes the names that a declaration introduces, from behind its specifier on; those of functions do no harm. Returns how
     * far it has read.
     */
    private int declared(int from) {
        String name = "";
        int angles = 0;
        boolean initialising = false;
        int i = from;
        for (; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.is(";")) {
                break;
            } else if (token.is("(")
                    && (angles > 0 || WITH_ARGUMENTS.contains(tokens.get(i - 1).text()))) {
                i = closing(i);
            } else if (!initialising
                    && token.is("(")
                    && i + 1 < tokens.size()
                    && tokens.get(i + 1).is("*")) {
                name = pointed(i); // as in int (*x[2])(int)
                i = closing(i);
                if (i + 1 < tokens.size() && tokens.get(i + 1).is("(")) {
                    i = closing(i + 1);
                }
            } else if (!initialising && token.is("(")) {
                break; // a function, or an initialiser that no device variable may have
            } else if (!initialising && token.is("{")) {
                ofDevice.add(name);
                i = closing(i);
                initialising = !isName(i + 1) && !isName(i + 2); // else a type was defined: struct { ... } x, or *x
            } else if (token.is("(") || token.is("{") || token.is("[")) {
                i = closing(i);
            } else if (token.is("=")) {
                ofDevice.add(name);
                initialising = true;
            } else if (token.is("<")) {
                angles++;
            } else if (token.is(">") && angles > 0) {
                angles--;
            } else if (token.is(">>") && angles > 0) {
                angles = Math.max(0, angles - 2);
            } else if (token.is(",") && (angles == 0 || initialising)) {
                ofDevice.add(name);
                initialising = false;
                angles = 0;
            } else if (token.kind() == TokenKind.IDENTIFIER && !initialising && angles == 0) {
                name = token.text();
            }
        }
        ofDevice.add(name);
        return i;
    }

    private boolean isName(int i) {
        return i < tokens.size() && tokens.get(i).kind() == TokenKind.IDENTIFIER;
    }

    /** The name in the parentheses at a place. */
    private String pointed(int open) {
        return tokens.subList(open, closing(open)).stream()
                .filter(token -> token.kind() == TokenKind.IDENTIFIER)
                .map(Token::text)
                .findFirst()
                .orElse("");
    }

    /** Where the bracket at a place is closed; the last token if it never is. */
    private int closing(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.is("(") || token.is("{") || token.is("[")) {
                depth++;
            } else if (token.is(")") || token.is("}") || token.is("]")) {
                depth--;
                if (depth == 0) {
                    return i;
                }
            }
        }
        return tokens.size() - 1;
    }
}
