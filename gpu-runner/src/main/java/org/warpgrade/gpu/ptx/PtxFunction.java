package org.warpgrade.gpu.ptx;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.SourceLocation;

/**
 * A kernel ({@code .entry}) or a function ({@code .func}).
 *
 * @param name the symbol
 * @param kernel whether it is an entry point
 * @param returns return parameters
 * @param parameters parameters in order
 * @param registers register name to type, with {@code %r<5>} expanded lazily through {@link RegisterBank}
 * @param variables local, shared and param variables of its scopes
 * @param instructions the body in order; empty for a declaration
 * @param labels label to index of the instruction that follows it
 * @param branchTargets {@code .branchtargets} label to its list
 * @param maxThreads {@code .maxntid} product, 0 if unlimited
 * @param declaration whether it has no body
 * @param at where the body begins in the source, null if unknown
 */
public record PtxFunction(
        String name,
        boolean kernel,
        List<PtxVariable> returns,
        List<PtxVariable> parameters,
        List<RegisterBank> registers,
        List<PtxVariable> variables,
        List<PtxInstruction> instructions,
        Map<String, Integer> labels,
        Map<String, List<String>> branchTargets,
        int maxThreads,
        boolean declaration,
        @Nullable SourceLocation at) {

    /**
     * A register declaration: {@code count} registers {@code prefix0 … prefix(count-1)}, or one named {@code prefix} if
     * {@code count} is -1.
     */
    public record RegisterBank(PtxType type, String prefix, int count) {}
}
