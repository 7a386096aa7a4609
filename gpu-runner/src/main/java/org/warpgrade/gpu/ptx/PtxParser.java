package org.warpgrade.gpu.ptx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.ptx.PtxFunction.RegisterBank;

/**
 * Parses PTX text to a {@link PtxModule} by recursive descent. Nested scopes are flattened: a variable of an inner scope
 * gets a unique name.
 */
public final class PtxParser {

    /** Of one declaration; the largest kernels of real programs have some tens of thousands. */
    private static final int MOST_REGISTERS = 1 << 20;

    /** Of one variable: the addresses of a GPU have 49 bits. */
    private static final long MOST_BYTES = 1L << 49;

    /** Alignments above one page name no place that a device has. */
    private static final int MOST_ALIGNMENT = 1 << 12;

    private final PtxLexer lexer;
    private final String studentFile;

    private String version = "";
    private String target = "";
    private final Map<String, PtxVariable> variables = new LinkedHashMap<>();
    private final Map<String, PtxFunction> functions = new LinkedHashMap<>();
    private final Map<Integer, String> files = new HashMap<>();
    private int scopeCounter;

    private PtxParser(String text, String studentFile) {
        this.lexer = new PtxLexer(text);
        this.studentFile = studentFile;
    }

    /**
     * Parses a module.
     *
     * @param text the PTX text
     * @param studentFile the file name that source lines should refer to; lines of code inlined from other files are
     *     reported where they were inlined into this one
     * @throws PtxSyntaxException if it is no PTX
     */
    public static PtxModule parse(String text, String studentFile) {
        PtxParser parser = new PtxParser(text, studentFile);
        try {
            parser.readFileTable(text);
            return parser.module();
        } catch (NumberFormatException | IndexOutOfBoundsException | ArithmeticException e) {
            throw parser.lexer.error("not PTX: " + e.getMessage());
        } catch (StackOverflowError e) {
            throw parser.lexer.error("not PTX: nested too deeply");
        }
    }

    /** {@code .file} directives stand at the end of NVRTC's output, after the {@code .loc}s that use them. */
    private void readFileTable(String text) {
        for (int from = text.indexOf(".file"); from >= 0; from = text.indexOf(".file", from + 1)) {
            boolean directive = from == 0 || text.charAt(from - 1) <= ' ';
            int open = text.indexOf('"', from);
            int close = text.indexOf('"', open + 1);
            if (directive && open > 0 && close > 0) {
                String index = text.substring(from + ".file".length(), open).strip();
                String path = text.substring(open + 1, close);
                files.put(Integer.parseInt(index), path.substring(path.lastIndexOf('/') + 1));
            }
        }
    }

    private PtxModule module() {
        while (lexer.kind() != PtxLexer.Kind.END) {
            switch (lexer.value()) {
                case ".version" -> {
                    lexer.advance();
                    version = lexer.take();
                }
                case ".target" -> {
                    lexer.advance();
                    target = lexer.take();
                    while (lexer.accept(",")) {
                        lexer.advance();
                    }
                }
                case ".address_size" -> {
                    lexer.advance();
                    if (!lexer.take().equals("64")) {
                        throw lexer.error("only 64-bit addresses are known");
                    }
                }
                case ".file" -> lexer.takeRestOfLine();
                case ".section" -> section();
                default -> declaration();
            }
        }
        return new PtxModule(version, target, variables, functions, files);
    }

    private void section() {
        while (!lexer.at("{")) {
            lexer.advance();
        }
        int depth = 0;
        do {
            if (lexer.at("{")) {
                depth++;
            } else if (lexer.at("}")) {
                depth--;
            }
            lexer.advance();
        } while (depth > 0 && lexer.kind() != PtxLexer.Kind.END);
    }

    private void declaration() {
        boolean extern = false;
        while (true) {
            if (lexer.accept(".visible") || lexer.accept(".weak") || lexer.accept(".common")) {
                continue;
            }
            if (lexer.accept(".extern")) {
                extern = true;
                continue;
            }
            break;
        }
        switch (lexer.value()) {
            case ".entry" -> function(true);
            case ".func" -> function(false);
            case ".global", ".const", ".shared" -> {
                for (PtxVariable variable : variableDeclaration(extern, "")) {
                    variables.put(variable.name(), variable);
                }
            }
            case ".alias", ".pragma" -> {
                while (!lexer.accept(";")) {
                    lexer.advance();
                }
            }
            default -> throw lexer.error("unknown directive '" + lexer.value() + "'");
        }
    }

    // ------------------------------------------------------------------ variables

    private List<PtxVariable> variableDeclaration(boolean extern, String suffix) {
        StateSpace space = switch (lexer.take()) {
            case ".global" -> StateSpace.GLOBAL;
            case ".const" -> StateSpace.CONST;
            case ".shared" -> StateSpace.SHARED;
            case ".local" -> StateSpace.LOCAL;
            case ".param" -> StateSpace.PARAM;
            default -> throw lexer.error("unknown state space");
        };
        List<PtxVariable> declared = new ArrayList<>();
        declared.add(variable(space, extern, suffix));
        PtxVariable first = declared.getFirst();
        while (lexer.accept(",")) {
            declared.add(variableTail(space, first.type(), 1, first.align(), extern, suffix));
        }
        lexer.expect(";");
        return declared;
    }

    private PtxVariable variable(StateSpace space, boolean extern, String suffix) {
        int align = 0;
        int vector = 1;
        PtxType type = null;
        while (type == null) {
            if (lexer.accept(".align")) {
                align = Integer.parseInt(lexer.take());
            } else if (lexer.accept(".v2")) {
                vector = 2;
            } else if (lexer.accept(".v4")) {
                vector = 4;
            } else if (lexer.accept(".ptr") || lexer.accept(".attribute")) {
                pointerAttribute();
            } else {
                type = PtxType.of(lexer.value());
                if (type == null) {
                    throw lexer.error("expected a type but found '" + lexer.value() + "'");
                }
                lexer.advance();
                if (lexer.accept(".ptr")) {
                    pointerAttribute();
                }
            }
        }
        if (type == PtxType.PRED) {
            throw lexer.error("a variable cannot be a predicate");
        }
        if (align == 0) {
            align = type.bytes() * vector;
        }
        if (align < 0 || align > MOST_ALIGNMENT || Integer.bitCount(align) != 1) {
            throw lexer.error("an alignment is a power of two up to " + MOST_ALIGNMENT + ", not " + align);
        }
        return variableTail(space, type, vector, align, extern, suffix);
    }

    private void pointerAttribute() {
        if (lexer.accept("(")) {
            while (!lexer.accept(")")) {
                lexer.advance();
            }
        }
        while (lexer.at(".global") || lexer.at(".const") || lexer.at(".shared") || lexer.at(".local")) {
            lexer.advance();
        }
        if (lexer.accept(".align")) {
            lexer.advance();
        }
    }

    private PtxVariable variableTail(
            StateSpace space, PtxType type, int vector, int align, boolean extern, String suffix) {
        String name = lexer.takeWord() + suffix;
        long elements = 1;
        while (lexer.accept("[")) {
            if (lexer.accept("]")) {
                elements = -1;
            } else {
                long bound = parseInteger(lexer.take());
                if (bound < 0 || elements < 0) {
                    throw lexer.error("only the first bound of an array may be left open, and none is negative");
                }
                elements = Math.multiplyExact(elements, bound);
                lexer.expect("]");
            }
        }
        List<PtxVariable.Initial> initial = new ArrayList<>();
        if (lexer.accept("=")) {
            initialiser(type, initial);
            if (elements < 0) {
                elements = initial.size() / vector;
            }
        }
        if (elements >= 0) {
            elements = Math.multiplyExact(elements, (long) vector);
            if (initial.size() > elements) {
                throw lexer.error(name + " has " + elements + " elements and " + initial.size() + " initial values");
            }
            if (Math.multiplyExact(elements, type.bytes()) > MOST_BYTES) {
                throw lexer.error(name + " has more bytes than there are addresses");
            }
        }
        return new PtxVariable(space, name, type, align, elements, List.copyOf(initial), extern);
    }

    private void initialiser(PtxType type, List<PtxVariable.Initial> into) {
        if (lexer.accept("{")) {
            while (!lexer.accept("}")) {
                initialiser(type, into);
                lexer.accept(",");
            }
            return;
        }
        boolean negative = lexer.accept("-");
        if (lexer.kind() == PtxLexer.Kind.NUMBER) {
            String text = lexer.take();
            long bits = switch (constant(text)) {
                case Operand.Int(long value) -> negative ? -value : value;
                case Operand.FloatBits(int value) -> value & 0xFFFFFFFFL;
                case Operand.DoubleBits(long value) -> value;
                default -> throw lexer.error("bad constant " + text);
            };
            into.add(new PtxVariable.Initial(bits, null));
            return;
        }
        String symbol = lexer.takeWord();
        if (symbol.equals("generic")) {
            lexer.expect("(");
            symbol = lexer.takeWord();
            lexer.expect(")");
        }
        long offset = 0;
        if (lexer.accept("+")) {
            offset = parseInteger(lexer.take());
        } else if (lexer.accept("-")) {
            offset = -parseInteger(lexer.take());
        }
        into.add(new PtxVariable.Initial(offset, symbol));
    }

    // ------------------------------------------------------------------ functions

    private void function(boolean kernel) {
        lexer.advance();
        List<PtxVariable> returns = lexer.at("(") ? parameterList() : List.of();
        String name = lexer.takeWord();
        List<PtxVariable> parameters = lexer.at("(") ? parameterList() : List.of();
        int maxThreads = 0;
        while (!lexer.at("{") && !lexer.at(";")) {
            switch (lexer.take()) {
                case ".maxntid", ".reqntid" -> {
                    maxThreads = Integer.parseInt(lexer.take());
                    while (lexer.accept(",")) {
                        maxThreads *= Integer.parseInt(lexer.take());
                    }
                }
                case ".minnctapersm", ".maxnreg", ".maxnctapersm" -> lexer.advance();
                case ".noreturn" -> {}
                default -> throw lexer.error("unknown function directive before '" + lexer.value() + "'");
            }
        }
        if (lexer.accept(";")) {
            functions.putIfAbsent(
                    name,
                    new PtxFunction(
                            name,
                            kernel,
                            returns,
                            parameters,
                            List.of(),
                            List.of(),
                            List.of(),
                            Map.of(),
                            Map.of(),
                            0,
                            true,
                            null));
            return;
        }
        functions.put(name, new Body(name, kernel, returns, parameters, maxThreads).parse());
    }

    private List<PtxVariable> parameterList() {
        lexer.expect("(");
        List<PtxVariable> parameters = new ArrayList<>();
        while (!lexer.accept(")")) {
            if (!lexer.accept(".param")) {
                throw lexer.error("expected .param but found '" + lexer.value() + "'");
            }
            parameters.add(variable(StateSpace.PARAM, false, ""));
            lexer.accept(",");
        }
        return List.copyOf(parameters);
    }

    /** The state of one function body while it is read. */
    private final class Body {

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

        /** Inlined functions within one another: more would be places that name each other. */
        private static final int MOST_INLINED = 64;

        Body(String name, boolean kernel, List<PtxVariable> returns, List<PtxVariable> parameters, int maxThreads) {
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
                    String suffix = "#" + scopeCounter++;
                    for (PtxVariable variable : variableDeclaration(false, suffix)) {
                        locals.add(variable);
                        String plain =
                                variable.name().substring(0, variable.name().length() - suffix.length());
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
                    String unique = prefix + "#" + scopeCounter++;
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
            for (int steps = 0; !here.file().equals(studentFile) && steps < MOST_INLINED; steps++) {
                place = inlinedAt.get(place);
                if (place == null) {
                    return;
                }
                here = sourceLocation(place);
            }
            // Line 0 marks code without a line of its own: keep the last real one.
            if (here.file().equals(studentFile) && here.line() > 0) {
                at = here;
                if (begin == null) {
                    begin = here;
                }
            }
        }

        private SourceLocation sourceLocation(String place) {
            String[] numbers = place.split("\\s+");
            return new SourceLocation(
                    files.getOrDefault(Integer.parseInt(numbers[0]), "?"),
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
                return switch (constant(lexer.take())) {
                    case Operand.Int(long value) -> new Operand.Int(-value);
                    default -> throw lexer.error("bad negative constant");
                };
            }
            if (lexer.kind() == PtxLexer.Kind.NUMBER) {
                return constant(lexer.take());
            }
            String word = lexer.takeWord();
            if (word.equals("_")) {
                return new Operand.Sink();
            }
            String name = resolve(word);
            if (lexer.accept("+")) {
                boolean minus = lexer.accept("-"); // NVRTC writes [%rd5+-8]
                long plus = parseInteger(lexer.take());
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
                offset = parseInteger(lexer.take());
                offset = minus ? -offset : offset;
            } else if (lexer.accept("-")) {
                offset = -parseInteger(lexer.take());
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

    // ------------------------------------------------------------------ constants

    private Operand constant(String text) {
        if (text.length() == 10 && (text.startsWith("0f") || text.startsWith("0F"))) {
            return new Operand.FloatBits(Integer.parseUnsignedInt(text, 2, 10, 16));
        }
        if (text.length() == 18 && (text.startsWith("0d") || text.startsWith("0D"))) {
            return new Operand.DoubleBits(Long.parseUnsignedLong(text, 2, 18, 16));
        }
        if (text.indexOf('.') >= 0 || text.indexOf('e') > 0 && !text.startsWith("0x")) {
            return new Operand.DoubleBits(Double.doubleToRawLongBits(Double.parseDouble(text)));
        }
        return new Operand.Int(parseInteger(text));
    }

    private long parseInteger(String text) {
        String digits = text.endsWith("U") ? text.substring(0, text.length() - 1) : text;
        try {
            if (digits.startsWith("-")) {
                return -parseInteger(digits.substring(1));
            }
            if (digits.startsWith("0x") || digits.startsWith("0X")) {
                return Long.parseUnsignedLong(digits.substring(2), 16);
            }
            if (digits.startsWith("0b") || digits.startsWith("0B")) {
                return Long.parseUnsignedLong(digits.substring(2), 2);
            }
            if (digits.length() > 1 && digits.startsWith("0")) {
                return Long.parseUnsignedLong(digits, 8);
            }
            return Long.parseUnsignedLong(digits);
        } catch (NumberFormatException bad) {
            throw lexer.error("bad number '" + text + "'");
        }
    }
}
