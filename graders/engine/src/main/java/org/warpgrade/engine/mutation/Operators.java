package org.warpgrade.engine.mutation;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.warpgrade.gpu.source.TokenKind;

/** Operators that become their neighbours. */
final class Operators {

    private record Other(MutationKind kind, List<String> operators) {}

    private static final Map<String, Other> BINARY = Map.ofEntries(
            entry("<", new Other(MutationKind.RELATION, List.of("<=", ">="))),
            entry("<=", new Other(MutationKind.RELATION, List.of("<", ">"))),
            entry(">", new Other(MutationKind.RELATION, List.of(">=", "<="))),
            entry(">=", new Other(MutationKind.RELATION, List.of(">", "<"))),
            entry("==", new Other(MutationKind.RELATION, List.of("!="))),
            entry("!=", new Other(MutationKind.RELATION, List.of("=="))),
            entry("+", new Other(MutationKind.ARITHMETIC, List.of("-"))),
            entry("-", new Other(MutationKind.ARITHMETIC, List.of("+"))),
            entry("*", new Other(MutationKind.ARITHMETIC, List.of("+"))),
            entry("/", new Other(MutationKind.ARITHMETIC, List.of("*"))),
            entry("%", new Other(MutationKind.ARITHMETIC, List.of("/"))),
            entry("+=", new Other(MutationKind.ASSIGNMENT, List.of("-=", "="))),
            entry("-=", new Other(MutationKind.ASSIGNMENT, List.of("+="))),
            entry("*=", new Other(MutationKind.ASSIGNMENT, List.of("/=", "="))),
            entry("/=", new Other(MutationKind.ASSIGNMENT, List.of("*="))),
            entry(">>=", new Other(MutationKind.ASSIGNMENT, List.of("<<="))),
            entry("<<=", new Other(MutationKind.ASSIGNMENT, List.of(">>="))),
            entry("|=", new Other(MutationKind.ASSIGNMENT, List.of("&="))),
            entry("&=", new Other(MutationKind.ASSIGNMENT, List.of("|="))),
            entry("&&", new Other(MutationKind.LOGIC, List.of("||"))),
            entry("||", new Other(MutationKind.LOGIC, List.of("&&"))),
            entry("&", new Other(MutationKind.BITS, List.of("|"))),
            entry("|", new Other(MutationKind.BITS, List.of("&"))),
            entry("^", new Other(MutationKind.BITS, List.of("|"))),
            entry("<<", new Other(MutationKind.BITS, List.of(">>"))),
            entry(">>", new Other(MutationKind.BITS, List.of("<<"))));

    private static final Map<String, String> STEPS = Map.of("++", "--", "--", "++");

    private Operators() {}

    static void find(SourceTokens tokens, Consumer<Mutation> found) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.kind(i) != TokenKind.PUNCTUATOR) {
                continue;
            }
            int here = i;
            String operator = tokens.word(i);
            if (tokens.spaced(i) && BINARY.containsKey(operator)) {
                Other other = BINARY.get(operator);
                other.operators().forEach(to -> found.accept(tokens.change(other.kind(), here, here, to)));
            } else if (STEPS.containsKey(operator)) {
                found.accept(tokens.change(MutationKind.STEP, i, i, STEPS.get(operator)));
            }
        }
    }
}
