package org.warpgrade.gpu.ptx.typed;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.SourceLocation;

/**
 * A typed instruction in its place.
 *
 * @param op what it does
 * @param guard the predicate register that must be true (or false), -1 for none
 * @param guardNegated whether the guard must be false
 * @param at the source line, null where unknown
 */
public record Instruction(
        Op op, int guard, boolean guardNegated, @Nullable SourceLocation at) {}
