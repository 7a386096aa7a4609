package org.warpgrade.gpu.cpu;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

/**
 * A launch with everything checked.
 *
 * @param index position in the run, from 0
 * @param kernel what runs
 * @param displayName for people
 * @param at the line of the launch
 * @param grid in blocks
 * @param block in threads
 * @param dynamicSharedBytes per block
 * @param parameters the parameter memory
 */
record KernelLaunch(
        int index,
        TypedFunction kernel,
        String displayName,
        @Nullable SourceLocation at,
        Dim3 grid,
        Dim3 block,
        int dynamicSharedBytes,
        byte[] parameters) {

    /** The same launch of other code that means the same. */
    KernelLaunch of(TypedFunction code) {
        return new KernelLaunch(index, code, displayName, at, grid, block, dynamicSharedBytes, parameters);
    }

    int threadsPerBlock() {
        return (int) block.count();
    }

    int sharedBytes() {
        return kernel.sharedBytes() + dynamicSharedBytes;
    }

    /** The coordinate of a linear block index. */
    Dim3 blockIndex(long linear) {
        return index(linear, grid);
    }

    /** The coordinate of a linear thread index. */
    Dim3 threadIndex(int linear) {
        return index(linear, block);
    }

    static Dim3 index(long linear, Dim3 extent) {
        return new Dim3((int) (linear % extent.x()), (int) (linear / extent.x() % extent.y()), (int)
                (linear / ((long) extent.x() * extent.y())));
    }

    /** A finding in a thread of this launch. */
    Finding finding(
            FindingKind kind,
            Severity severity,
            @Nullable SourceLocation where,
            long linearBlock,
            int thread,
            String message) {
        return new Finding(kind, severity, where, displayName, blockIndex(linearBlock), threadIndex(thread), message);
    }
}
