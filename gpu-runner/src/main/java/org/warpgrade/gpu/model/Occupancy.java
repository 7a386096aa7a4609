package org.warpgrade.gpu.model;

import static org.warpgrade.gpu.model.SmLimits.THREADS_PER_BLOCK;
import static org.warpgrade.gpu.model.SmLimits.THREADS_PER_WARP;

import java.util.Locale;

/**
 * How many blocks of a kernel fit on a multiprocessor at once, as the CUDA occupancy calculator has it.
 *
 * @param blocks resident blocks
 * @param warps resident warps
 * @param fraction resident warps over the most that the multiprocessor holds
 * @param limiter what keeps the next block out
 */
public record Occupancy(int blocks, int warps, double fraction, Limiter limiter) {

    /** What runs out first. */
    public enum Limiter {
        WARPS,
        BLOCKS,
        REGISTERS,
        SHARED_MEMORY,
        /** The block is too large to run at all. */
        DOES_NOT_FIT;

        /** In lower case with spaces: {@code shared memory}. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * The occupancy of a launch.
     *
     * @param blockThreads threads per block, at least 1
     * @param registers registers per thread
     * @param sharedBytes static and dynamic shared memory per block
     */
    public static Occupancy of(SmLimits limits, int blockThreads, int registers, int sharedBytes) {
        if (blockThreads < 1) {
            throw new IllegalArgumentException("a block of " + blockThreads + " threads");
        }
        int warpsPerBlock = ceilDiv(blockThreads, THREADS_PER_WARP);
        int byWarps = Math.min(limits.warps() / warpsPerBlock, limits.blocks());
        int byRegisters = byRegisters(limits, warpsPerBlock, registers);
        int byShared = byShared(limits, sharedBytes);
        int blocks = Math.min(byWarps, Math.min(byRegisters, byShared));
        if (blocks < 1 || blockThreads > THREADS_PER_BLOCK) {
            return new Occupancy(0, 0, 0, Limiter.DOES_NOT_FIT);
        }
        Limiter limiter = limiter(limits, warpsPerBlock, blocks, byWarps, byRegisters);
        int warps = blocks * warpsPerBlock;
        return new Occupancy(blocks, warps, (double) warps / limits.warps(), limiter);
    }

    /** Registers are given to whole warps, and a warp's lie in the part of the file of its scheduler. */
    private static int byRegisters(SmLimits limits, int warpsPerBlock, int registers) {
        if (registers == 0) {
            return Integer.MAX_VALUE;
        }
        if (registers > limits.registersPerThread()) {
            return 0;
        }
        int perWarp = roundUp(registers * THREADS_PER_WARP, limits.registerUnit());
        int warpsPerScheduler = limits.registers() / limits.schedulers() / perWarp;
        return warpsPerScheduler * limits.schedulers() / warpsPerBlock;
    }

    private static int byShared(SmLimits limits, int sharedBytes) {
        if (sharedBytes > limits.sharedBytesPerBlock()) {
            return 0;
        }
        int perBlock = roundUp(sharedBytes + limits.reservedSharedBytes(), limits.sharedUnit());
        return perBlock == 0 ? Integer.MAX_VALUE : limits.sharedBytes() / perBlock;
    }

    /** Of several that bind equally the hardware's own limit is named: no change of the kernel lifts it. */
    private static Limiter limiter(SmLimits limits, int warpsPerBlock, int blocks, int byWarps, int byRegisters) {
        if (blocks == byWarps) {
            return limits.warps() / warpsPerBlock <= limits.blocks() ? Limiter.WARPS : Limiter.BLOCKS;
        }
        return blocks == byRegisters ? Limiter.REGISTERS : Limiter.SHARED_MEMORY;
    }

    private static int ceilDiv(int value, int unit) {
        return (value + unit - 1) / unit;
    }

    private static int roundUp(int value, int unit) {
        return ceilDiv(value, unit) * unit;
    }
}
