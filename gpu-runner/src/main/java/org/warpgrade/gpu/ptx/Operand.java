package org.warpgrade.gpu.ptx;

import java.util.List;
import java.util.function.Consumer;

/** An operand as written (PTX ISA chapter 6). */
public sealed interface Operand {

    /** A register, special register, variable, function or label. */
    record Name(String name) implements Operand {}

    /** An integer constant. */
    record Int(long value) implements Operand {}

    /** A {@code 0f…} constant: its 32 bits. */
    record FloatBits(int bits) implements Operand {}

    /** A {@code 0d…} constant: its 64 bits. */
    record DoubleBits(long bits) implements Operand {}

    /** {@code [base+offset]}; the base is a name or an integer. */
    record Address(Operand base, long offset) implements Operand {}

    /** {@code name+offset} outside brackets. */
    record NamePlus(String name, long offset) implements Operand {}

    /** {@code {a, b, c}}. */
    record Vector(List<Operand> elements) implements Operand {}

    /** {@code d|p}: two destinations. */
    record Pair(Operand first, Operand second) implements Operand {}

    /** {@code !p}. */
    record Not(Operand operand) implements Operand {}

    /** {@code (a, b)} of a call. */
    record Arguments(List<Operand> elements) implements Operand {}

    /** {@code _}: a result nobody wants. */
    record Sink() implements Operand {}

    /** Hands on every name in the operand: registers, variables, functions and labels. */
    default void names(Consumer<String> each) {
        switch (this) {
            case Name(String name) -> each.accept(name);
            case NamePlus(String name, long _) -> each.accept(name);
            case Address(Operand base, long _) -> base.names(each);
            case Vector(List<Operand> elements) -> elements.forEach(element -> element.names(each));
            case Arguments(List<Operand> elements) -> elements.forEach(element -> element.names(each));
            case Pair(Operand first, Operand second) -> {
                first.names(each);
                second.names(each);
            }
            case Not(Operand operand) -> operand.names(each);
            case Int _, FloatBits _, DoubleBits _, Sink _ -> {}
        }
    }
}
