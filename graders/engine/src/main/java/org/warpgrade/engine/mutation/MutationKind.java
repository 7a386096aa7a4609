package org.warpgrade.engine.mutation;

import java.util.Locale;

/** What a mutation does to the source: the mistakes that people make in kernels. */
public enum MutationKind {
    /** {@code <} becomes {@code <=}, {@code ==} becomes {@code !=}. */
    RELATION,
    /** {@code +} becomes {@code -}, {@code *} becomes {@code +}. */
    ARITHMETIC,
    /** {@code +=} becomes {@code =}, {@code >>=} becomes {@code <<=}. */
    ASSIGNMENT,
    /** {@code &&} becomes {@code ||}. */
    LOGIC,
    /** {@code &} becomes {@code |}, {@code <<} becomes {@code >>}. */
    BITS,
    /** A number is one more or one less, a factor a hundredth larger. */
    CONSTANT,
    /** {@code ++} becomes {@code --}. */
    STEP,
    /** A barrier or fence is gone. */
    BARRIER,
    /** A statement is gone. */
    STATEMENT,
    /** A guard is always or never taken, the branches of a choice are exchanged. */
    GUARD,
    /** Two neighbouring arguments are exchanged. */
    ARGUMENTS,
    /** An operator and its right operand are gone. */
    TERM,
    /** Another built-in index: {@code threadIdx.y} for {@code threadIdx.x}. */
    INDEX,
    /** Another function: {@code fminf} for {@code fmaxf}; or none: {@code x} for {@code sqrtf(x)}. */
    FUNCTION,
    /** Another start value of a reduction: 0 for -infinity. */
    IDENTITY,
    /** A value keeps the significand of a half, or a double is a float. */
    PRECISION;

    /** In lower case. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
