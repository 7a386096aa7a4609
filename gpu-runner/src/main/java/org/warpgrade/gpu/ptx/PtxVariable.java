package org.warpgrade.gpu.ptx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A variable declaration (PTX ISA section 5.4).
 *
 * @param space where it lives
 * @param name unique in its module; names of inner scopes carry a {@code #n} suffix
 * @param type element type
 * @param align in bytes
 * @param elements number of elements, -1 for an extern array without bound
 * @param initial initial elements, empty for none
 * @param extern whether it is only declared
 * @param managed whether host code may use it, too ({@code .attribute(.managed)})
 */
public record PtxVariable(
        StateSpace space,
        String name,
        PtxType type,
        int align,
        long elements,
        List<Initial> initial,
        boolean extern,
        boolean managed) {

    /**
     * One initialised element.
     *
     * @param value the bits, or the offset from the symbol
     * @param symbol the variable or function whose address it is, null for a plain number
     */
    public record Initial(long value, @Nullable String symbol) {}

    /** Size in bytes; 0 for an array without bound. */
    public long bytes() {
        return Math.max(0, elements) * type.bytes();
    }
}
