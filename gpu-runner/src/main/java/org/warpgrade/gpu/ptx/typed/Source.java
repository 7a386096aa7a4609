package org.warpgrade.gpu.ptx.typed;

/** Where an instruction reads a value from. */
public sealed interface Source {

    /** A register of the function. */
    record Register(int index) implements Source {}

    /** A constant's bits; floats as their bit patterns. */
    record Constant(long bits) implements Source {}

    /** A special register. */
    record Special(SpecialRegister which) implements Source {}

    /** The address of a local variable: the frame's base plus an offset, in the local window. */
    record LocalAddress(long offset) implements Source {}

    /** The complement of a predicate. */
    record Complement(Source predicate) implements Source {}
}
