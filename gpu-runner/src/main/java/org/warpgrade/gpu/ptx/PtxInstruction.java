package org.warpgrade.gpu.ptx;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.SourceLocation;

/**
 * One instruction as written.
 *
 * @param opcode with all modifiers: {@code ld.global.nc.v4.f32}
 * @param operands in order
 * @param guard the predicate register of {@code @p}, null if none
 * @param guardNegated whether the guard is {@code @!p}
 * @param at the source line by {@code .loc}, null before the first
 * @param line line in the PTX text
 */
public record PtxInstruction(
        String opcode,
        List<Operand> operands,
        @Nullable String guard,
        boolean guardNegated,
        @Nullable SourceLocation at,
        int line) {

    @Override
    public String toString() {
        return opcode + " (PTX line " + line + ")";
    }
}
