package org.warpgrade.gpu.ptx;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Parses PTX text to a {@link PtxModule} by recursive descent. */
public final class PtxParser {

    private final PtxLexer lexer;
    private final VariableParser variableParser;
    private final BodyParser.Shared shared;

    private String version = "";
    private String target = "";
    private final Map<String, PtxVariable> variables = new LinkedHashMap<>();
    private final Map<String, PtxFunction> functions = new LinkedHashMap<>();
    private final Map<Integer, String> files = new HashMap<>();

    private PtxParser(String text, String studentFile) {
        this.lexer = new PtxLexer(text);
        this.variableParser = new VariableParser(lexer);
        this.shared = new BodyParser.Shared(lexer, variableParser, files, studentFile, new AtomicInteger());
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
                for (PtxVariable variable : variableParser.declaration(extern, "")) {
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

    private void function(boolean kernel) {
        lexer.advance();
        List<PtxVariable> returns = lexer.at("(") ? variableParser.parameters() : List.of();
        String name = lexer.takeWord();
        List<PtxVariable> parameters = lexer.at("(") ? variableParser.parameters() : List.of();
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
        functions.put(name, new BodyParser(shared, name, kernel, returns, parameters, maxThreads).parse());
    }
}
