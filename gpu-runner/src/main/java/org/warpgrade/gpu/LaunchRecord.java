package org.warpgrade.gpu;

import org.jspecify.annotations.Nullable;

/**
 * One kernel launch as the entry asked for it and as it went.
 *
 * @param kernel the mangled PTX name
 * @param displayName the name for people: {@code softmax_kernel<4>}
 * @param at the line of the launch, null where unknown
 * @param grid grid size in blocks
 * @param block block size in threads
 * @param dynamicSharedBytes dynamic shared memory per block
 * @param arguments the argument bytes exactly as the entry recorded them
 * @param threadInstructions PTX instructions executed, summed over threads; 0 where the device does not count
 * @param maxThreadInstructions the most that one thread executed; 0 where the device does not count
 * @param nanos time the launch took on the device
 * @param counters what it was counted to do, null where nobody counted
 */
public record LaunchRecord(
        String kernel,
        String displayName,
        @Nullable SourceLocation at,
        Dim3 grid,
        Dim3 block,
        int dynamicSharedBytes,
        byte[] arguments,
        long threadInstructions,
        long maxThreadInstructions,
        long nanos,
        @Nullable LaunchCounters counters) {

    /** A launch that nobody counted. */
    public LaunchRecord(
            String kernel,
            String displayName,
            @Nullable SourceLocation at,
            Dim3 grid,
            Dim3 block,
            int dynamicSharedBytes,
            byte[] arguments,
            long threadInstructions,
            long maxThreadInstructions,
            long nanos) {
        this(
                kernel,
                displayName,
                at,
                grid,
                block,
                dynamicSharedBytes,
                arguments,
                threadInstructions,
                maxThreadInstructions,
                nanos,
                null);
    }
}
