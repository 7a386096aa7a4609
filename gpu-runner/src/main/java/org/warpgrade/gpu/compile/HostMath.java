package org.warpgrade.gpu.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.warpgrade.gpu.source.CudaLexer;
import org.warpgrade.gpu.source.Token;
import org.warpgrade.gpu.source.TokenKind;

/**
 * Gives host code the mathematics of the host. NVRTC compiles host functions like device functions, with the device's library, whose
 * {@code log2(8.0)} is a little less than 3: right in a kernel, wrong in host code, where {@code (int)log2(n)} counts stages. So in
 * functions that no kernel can reach, calls of such functions are spelled with another name of the same length
 * ({@code _og2}), which {@link #HEADER} declares; in what the compiler says the names are put back.
 */
final class HostMath {

    /** Included before a source that needs it. */
    static final String HEADER = "warpgrade/host_math.h";

    private static final List<String> ROOTS = List.of(
            "acos", "asin", "atan", "atan2", "cbrt", "cos", "cosh", "exp", "exp2", "expm1", "hypot", "log", "log10",
            "log1p", "log2", "pow", "sin", "sinh", "tan", "tanh");

    private static final Set<String> NAMES =
            ROOTS.stream().flatMap(root -> Stream.of(root, root + "f")).collect(Collectors.toUnmodifiableSet());

    private static final Map<String, String> READABLE =
            NAMES.stream().collect(Collectors.toUnmodifiableMap(HostMath::disguised, name -> name));

    private static final Pattern DISGUISED =
            Pattern.compile("\\b(?:" + READABLE.keySet().stream().sorted().collect(Collectors.joining("|")) + ")\\b");

    private static final Set<String> OF_DEVICE = Set.of("__global__", "__device__");

    /** Words before a name that do not declare it. */
    private static final Set<String> NO_TYPES = Set.of("return", "else", "case", "do", "throw", "and", "or", "not");

    /** A function at namespace scope or a member, with the places of its tokens. */
    private record Body(String name, int first, int open, int close, boolean device) {}

    private final List<Token> tokens;
    private final Set<String> specifiers;
    private final List<Body> bodies = new ArrayList<>();

    private HostMath(List<Token> significant) {
        specifiers = Specifiers.in(significant, OF_DEVICE);
        tokens = significant.stream().filter(token -> !token.inDirective()).toList();
        findBodies();
    }

    /** The text as the compiler gets it: as long as it was, lines and columns where they were. */
    static String disguise(String text) {
        List<Token> significant = CudaLexer.significant(text);
        if (significant.stream().noneMatch(token -> NAMES.contains(token.text()))) {
            return text;
        }
        HostMath source = new HostMath(significant);
        Set<String> own = ownNames(significant);
        StringBuilder disguised = new StringBuilder(text);
        for (Body body : source.hosts()) {
            for (int i = body.open(); i < body.close(); i++) {
                Token token = source.tokens.get(i);
                if (NAMES.contains(token.text()) && !own.contains(token.text()) && source.isCall(i)) {
                    disguised.setCharAt(token.start(), '_');
                }
            }
        }
        return disguised.toString();
    }

    /** What the compiler says, with the names of the source. */
    static String readable(String log) {
        return DISGUISED.matcher(log).replaceAll(match -> READABLE.get(match.group()));
    }

    private static String disguised(String name) {
        return "_" + name.substring(1);
    }

    private boolean isCall(int i) {
        return i + 1 < tokens.size()
                && tokens.get(i + 1).is("(")
                && !tokens.get(i - 1).is(".")
                && !tokens.get(i - 1).is("->");
    }

    /** Names that the source itself gives to something. */
    private static Set<String> ownNames(List<Token> significant) {
        Set<String> own = new HashSet<>();
        for (int i = 1; i < significant.size(); i++) {
            Token token = significant.get(i);
            Token before = significant.get(i - 1);
            boolean declared = before.isWord() && !NO_TYPES.contains(before.text());
            if (NAMES.contains(token.text()) && (declared || before.is("define"))) {
                own.add(token.text());
            }
        }
        return own;
    }

    /** Finds {@code name(...) ... {...}} outside of other functions, whatever namespaces or classes it stands in. */
    private void findBodies() {
        int first = 0;
        int i = 0;
        while (i < tokens.size()) {
            Token token = tokens.get(i);
            if (token.is(";") || token.is("}")) {
                first = ++i;
            } else if (token.is("{")) {
                String name = functionName(first, i);
                if (name.isEmpty()) {
                    first = ++i; // a namespace, a class, or an initialiser whose parts do no harm
                } else {
                    int close = closing(i);
                    boolean device = false;
                    for (int j = first; j < close; j++) {
                        device |= specifiers.contains(tokens.get(j).text());
                    }
                    bodies.add(new Body(name, first, i, close, device));
                    i = close + 1;
                    first = i;
                }
            } else {
                i++;
            }
        }
    }

    /** The name before the parameters; empty if what stands there declares no function. */
    private String functionName(int first, int end) {
        for (int i = first; i + 1 < end; i++) {
            if (tokens.get(i).is("=")) {
                return "";
            }
            if (tokens.get(i).kind() == TokenKind.IDENTIFIER
                    && tokens.get(i + 1).is("(")
                    && !tokens.get(i).text().startsWith("__")) {
                return tokens.get(i).text();
            }
        }
        return "";
    }

    private int closing(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += tokens.get(i).is("{") ? 1 : tokens.get(i).is("}") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return tokens.size() - 1;
    }

    /** Functions that neither are the device's nor are named by one that is: a kernel may call what lacks {@code __device__}. */
    private List<Body> hosts() {
        Map<Body, Set<String>> words = new HashMap<>();
        Set<String> reached = new HashSet<>();
        for (Body body : bodies) {
            Set<String> inside = tokens.subList(body.first(), body.close()).stream()
                    .filter(Token::isWord)
                    .map(Token::text)
                    .collect(Collectors.toCollection(HashSet::new));
            words.put(body, inside);
            if (body.device()) {
                reached.addAll(inside);
            }
        }
        List<Body> hosts =
                new ArrayList<>(bodies.stream().filter(body -> !body.device()).toList());
        boolean changed = true;
        while (changed) {
            List<Body> named =
                    hosts.stream().filter(body -> reached.contains(body.name())).toList();
            named.forEach(body -> reached.addAll(words.get(body)));
            changed = hosts.removeAll(named);
        }
        return hosts;
    }
}
