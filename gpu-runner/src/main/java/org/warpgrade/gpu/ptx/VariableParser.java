package org.warpgrade.gpu.ptx;

import java.util.ArrayList;
import java.util.List;

/** Parses declarations of variables and parameters (PTX ISA 5.4). */
final class VariableParser {

    /** NVRTC writes no greater one; ptxas takes all that it writes. */
    private static final int MOST_ALIGNMENT = 1 << 30;

    private final PtxLexer lexer;

    VariableParser(PtxLexer lexer) {
        this.lexer = lexer;
    }

    /** A declaration of one or more variables, up to its semicolon. */
    List<PtxVariable> declaration(boolean extern, String suffix) {
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
            declared.add(variableTail(space, first.type(), 1, first.align(), extern, first.managed(), suffix));
        }
        lexer.expect(";");
        return declared;
    }

    /** A variable, after its state space. */
    PtxVariable variable(StateSpace space, boolean extern, String suffix) {
        int align = 0;
        int vector = 1;
        PtxType type = null;
        boolean managed = false;
        while (type == null) {
            if (lexer.accept(".align")) {
                align = alignment();
            } else if (lexer.accept(".v2")) {
                vector = 2;
            } else if (lexer.accept(".v4")) {
                vector = 4;
            } else if (lexer.accept(".ptr")) {
                pointerAttribute();
            } else if (lexer.accept(".attribute")) {
                managed |= attribute();
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
        return variableTail(space, type, vector, align, extern, managed, suffix);
    }

    /** Reads {@code (.managed)} or another attribute; whether it is that. */
    private boolean attribute() {
        boolean managed = false;
        lexer.expect("(");
        while (!lexer.accept(")")) {
            managed |= lexer.at(".managed");
            lexer.advance();
        }
        return managed;
    }

    private int alignment() {
        long align = lexer.takeInteger();
        if (align <= 0 || align > MOST_ALIGNMENT || Long.bitCount(align) != 1) {
            throw lexer.error("an alignment is a power of two up to " + MOST_ALIGNMENT + ", not " + align);
        }
        return (int) align;
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
            StateSpace space, PtxType type, int vector, int align, boolean extern, boolean managed, String suffix) {
        String name = lexer.takeWord() + suffix;
        long elements = 1;
        while (lexer.accept("[")) {
            if (lexer.accept("]")) {
                elements = -1;
            } else {
                long bound = lexer.takeInteger();
                if (bound < 0 || elements < 0) {
                    throw lexer.error("only the first bound of an array may be left open, and none is negative");
                }
                elements = times(elements, bound);
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
            elements = Math.min(times(elements, vector), Long.MAX_VALUE / type.bytes());
            if (initial.size() > elements) {
                throw lexer.error(name + " has " + elements + " elements and " + initial.size() + " initial values");
            }
        }
        return new PtxVariable(space, name, type, align, elements, List.copyOf(initial), extern, managed);
    }

    /** An array may be larger than numbers go; whoever makes room for it says so. */
    private static long times(long elements, long bound) {
        return bound != 0 && elements > Long.MAX_VALUE / bound ? Long.MAX_VALUE : elements * bound;
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
            String text = lexer.value();
            long bits = switch (lexer.takeConstant()) {
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
            offset = lexer.takeInteger();
        } else if (lexer.accept("-")) {
            offset = -lexer.takeInteger();
        }
        into.add(new PtxVariable.Initial(offset, symbol));
    }

    /** The parameters of a function, in parentheses. */
    List<PtxVariable> parameters() {
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
}
