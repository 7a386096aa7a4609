package org.warpgrade.gpu.ptx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.ptx.PtxFunction.RegisterBank;

/**
 * Parses the body of one function. Nested scopes are flattened: a variable of an inner scope gets a unique name.
 */
final class BodyParser {

    /** Of one declaration; the largest kernels of real programs have some tens of thousands. */
    private static final int MOST_REGISTERS = 1 << 20;

    /** Inlined functions within one another: more would be places that name each other. */
    private static final int MOST_INLINED = 64;

    /** What all functions of a module share. */
    record Shared(
            PtxLexer lexer,
            VariableParser variables,
            Map<Integer, String> files,
            String studentFile,
            AtomicInteger scopes) {

        /** Makes a name of an inner scope unique. */
        private String suffix() {
            return "#" + scopes.getAndIncrement();
        }
    }

    private final Shared shared;
    private final PtxLexer lexer;
    private final String name;
    private final boolean kernel;
    private final List<PtxVariable> returns;
    private final List<PtxVariable> parameters;
    private final int maxThreads;

    private final List<RegisterBank> registers = new ArrayList<>();
    private final List<PtxVariable> locals = new ArrayList<>();
    private final List<PtxInstruction> instructions = new ArrayList<>();
    private final Map<String, Integer> labels = new HashMap<>();
    private final Map<String, List<String>> branchTargets = new HashMap<>();
    private final Deque<Map<String, String>> scopes = new ArrayDeque<>();
    /** Where code at a place ({@code "3 15 5"}: file, line, column) was last inlined. */
    private final Map<String, String> inlinedAt = new HashMap<>();

    private @Nullable SourceLocation at;
    private @Nullable SourceLocation begin;

    BodyParser(
            Shared shared,
            String name,
            boolean kernel,
            List<PtxVariable> returns,
            List<PtxVariable> parameters,
            int maxThreads) {
        this.shared = shared;
        this.lexer = shared.lexer();
        this.name = name;
        this.kernel = kernel;
        this.returns = returns;
        this.parameters = parameters;
        this.maxThreads = maxThreads;
    }

    PtxFunction parse() {
        lexer.expect("{");
        scopes.push(new HashMap<>());
        while (!scopes.isEmpty()) {
            statement();
        }
        return new PtxFunction(
                name,
                kernel,
                returns,
                parameters,
                List.copyOf(registers),
                List.copyOf(locals),
                List.copyOf(instructions),
                labels,
                branchTargets,
                maxThreads,
                false,
                begin);
    }

    private void statement() {
        if (lexer.accept("{")) {
            scopes.push(new HashMap<>());
            return;
        }
        if (lexer.accept("}")) {
            scopes.pop();
            return;
        }
        String word = lexer.value();
        if (word.equals("@")) {
            lexer.advance();
            boolean negated = lexer.accept("!");
            String guard = resolve(lexer.takeWord());
            instruction(guard, negated);
            return;
        }
        if (lexer.kind() != PtxLexer.Kind.WORD) {
            throw lexer.error("unexpected '" + word + "'");
        }
        switch (word) {
            case ".loc" -> location(lexer.takeRestOfLine());
            case ".reg" -> registerDeclaration();
            case ".param", ".local", ".shared", ".global", ".const" -> {
                String suffix = shared.suffix();
                for (PtxVariable variable : shared.variables().declaration(false, suffix)) {
                    locals.add(variable);
                    String plain = variable.name().substring(0, variable.name().length() - suffix.length());
                    scopes.element().put(plain, variable.name());
                }
            }
            case ".pragma" -> {
                lexer.advance();
                while (!lexer.accept(";")) {
                    lexer.advance();
                }
            }
            default -> labelOrInstruction(word);
        }
    }

    private void labelOrInstruction(String word) {
        lexer.advance();
        if (lexer.accept(":")) {
            if (lexer.accept(".branchtargets")) {
                List<String> targets = new ArrayList<>();
                do {
                    targets.add(lexer.takeWord());
                } while (lexer.accept(","));
                lexer.expect(";");
                branchTargets.put(word, List.copyOf(targets));
            } else if (lexer.accept(".callprototype") || lexer.accept(".calltargets")) {
                while (!lexer.accept(";")) {
                    lexer.advance();
                }
            } else {
                labels.put(word, instructions.size());
            }
            return;
        }
        instructionAfter(word, null, false);
    }

    private void registerDeclaration() {
        lexer.advance();
        PtxType type = PtxType.of(lexer.take());
        if (type == null) {
            throw lexer.error("unknown register type");
        }
        boolean inner = scopes.size() > 1;
        do {
            String prefix = lexer.takeWord();
            int count = -1;
            if (lexer.accept("<")) {
                count = Integer.parseInt(lexer.take());
                if (count > MOST_REGISTERS) {
                    throw lexer.error("more than " + MOST_REGISTERS + " registers");
                }
                lexer.expect(">");
            }
            if (inner && count < 0) {
                String unique = prefix + shared.suffix();
                scopes.element().put(prefix, unique);
                prefix = unique;
            }
            registers.add(new RegisterBank(type, prefix, count));
        } while (lexer.accept(","));
        lexer.expect(";");
    }

    /**
     * Code inlined from other files counts for the line of the student's file that it was inlined into. The compiler
     * says one step only ({@code 3 15 5, function_name …, inlined_at 3 26 9}): where that place was inlined in turn,
     * an earlier {@code .loc} of it has said.
     */
    private void location(String rest) {
        int inlined = rest.indexOf("inlined_at ");
        int comma = rest.indexOf(',');
        String place = (comma < 0 ? rest : rest.substring(0, comma)).strip();
        if (inlined >= 0) {
            inlinedAt.put(
                    place, rest.substring(inlined + "inlined_at ".length()).strip());
        }
        SourceLocation here = sourceLocation(place);
        for (int steps = 0; !here.file().equals(shared.studentFile()) && steps < MOST_INLINED; steps++) {
            place = inlinedAt.get(place);
            if (place == null) {
                return;
            }
            here = sourceLocation(place);
        }
        // Line 0 marks code without a line of its own: keep the last real one.
        if (here.file().equals(shared.studentFile()) && here.line() > 0) {
            at = here;
            if (begin == null) {
                begin = here;
            }
        }
    }

    private SourceLocation sourceLocation(String place) {
        String[] numbers = place.split("\\s+");
        return new SourceLocation(
                shared.files().getOrDefault(Integer.parseInt(numbers[0]), "?"),
                Integer.parseInt(numbers[1]),
                Integer.parseInt(numbers[2]));
    }

    private void instruction(@Nullable String guard, boolean negated) {
        instructionAfter(lexer.takeWord(), guard, negated);
    }

    private void instructionAfter(String opcode, @Nullable String guard, boolean negated) {
        int line = lexer.line();
        StringBuilder full = null;
        // "::" inside a modifier: .shared::cta, .L2::128B
        while (lexer.at(":")) {
            lexer.advance();
            lexer.expect(":");
            full = full == null ? new StringBuilder(opcode) : full;
            full.append("::").append(lexer.take());
        }
        List<Operand> operands = new ArrayList<>(4);
        while (!lexer.accept(";")) {
            operands.add(operand());
            lexer.accept(",");
        }
        instructions.add(new PtxInstruction(
                full == null ? opcode : full.toString(), List.copyOf(operands), guard, negated, at, line));
    }

    private Operand operand() {
        Operand first = simpleOperand();
        if (lexer.accept("|")) {
            return new Operand.Pair(first, simpleOperand());
        }
        return first;
    }

    private Operand simpleOperand() {
        if (lexer.accept("!")) {
            return new Operand.Not(simpleOperand());
        }
        if (lexer.accept("{")) {
            return new Operand.Vector(list("}"));
        }
        if (lexer.accept("(")) {
            return new Operand.Arguments(list(")"));
        }
        if (lexer.accept("[")) {
            return address();
        }
        if (lexer.accept("-")) {
            return switch (lexer.takeConstant()) {
                case Operand.Int(long value) -> new Operand.Int(-value);
                default -> throw lexer.error("bad negative constant");
            };
        }
        if (lexer.kind() == PtxLexer.Kind.NUMBER) {
            return lexer.takeConstant();
        }
        String word = lexer.takeWord();
        if (word.equals("_")) {
            return new Operand.Sink();
        }
        String name = resolve(word);
        if (lexer.accept("+")) {
            boolean minus = lexer.accept("-"); // NVRTC writes [%rd5+-8]
            long plus = lexer.takeInteger();
            return new Operand.NamePlus(name, minus ? -plus : plus);
        }
        return new Operand.Name(name);
    }

    private List<Operand> list(String close) {
        List<Operand> elements = new ArrayList<>(4);
        while (!lexer.accept(close)) {
            elements.add(operand());
            lexer.accept(",");
        }
        return List.copyOf(elements);
    }

    private Operand address() {
        Operand base = simpleOperand();
        long offset = 0;
        if (base instanceof Operand.NamePlus(String named, long plus)) {
            base = new Operand.Name(named);
            offset = plus;
        }
        if (lexer.accept("+")) {
            boolean minus = lexer.accept("-");
            offset = lexer.takeInteger();
            offset = minus ? -offset : offset;
        } else if (lexer.accept("-")) {
            offset = -lexer.takeInteger();
        }
        lexer.expect("]");
        return new Operand.Address(base, offset);
    }

    private String resolve(String word) {
        for (Map<String, String> scope : scopes) {
            String unique = scope.get(word);
            if (unique != null) {
                return unique;
            }
        }
        return word;
    }
}
