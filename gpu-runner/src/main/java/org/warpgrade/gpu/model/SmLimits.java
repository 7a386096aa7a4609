package org.warpgrade.gpu.model;

import java.util.List;
import java.util.Optional;

/**
 * What one streaming multiprocessor holds (CUDA C++ Programming Guide, table "Technical Specifications per Compute
 * Capability", and the occupancy calculator of the CUDA toolkit for the granularities).
 *
 * @param architecture {@code sm_80}
 * @param warps resident warps
 * @param blocks resident blocks
 * @param registers 32-bit registers
 * @param registerUnit registers are given to a warp in multiples of this
 * @param registersPerThread the most one thread may use
 * @param sharedBytes shared memory of the multiprocessor at its largest carve-out
 * @param sharedBytesPerBlock the most one block may use, opted in
 * @param sharedUnit shared memory is given to a block in multiples of this
 * @param reservedSharedBytes what the system takes of each block's shared memory
 * @param schedulers the register file is split evenly among them, and a warp's registers lie in one part
 */
public record SmLimits(
        String architecture,
        int warps,
        int blocks,
        int registers,
        int registerUnit,
        int registersPerThread,
        int sharedBytes,
        int sharedBytesPerBlock,
        int sharedUnit,
        int reservedSharedBytes,
        int schedulers) {

    public static final int THREADS_PER_WARP = 32;
    public static final int THREADS_PER_BLOCK = 1024;

    private static final int KIB = 1024;

    private static final List<SmLimits> ALL = List.of(
            new SmLimits("sm_70", 64, 32, 65536, 256, 255, 96 * KIB, 96 * KIB, 256, 0, 4),
            new SmLimits("sm_75", 32, 16, 65536, 256, 255, 64 * KIB, 64 * KIB, 256, 0, 4),
            new SmLimits("sm_80", 64, 32, 65536, 256, 255, 164 * KIB, 163 * KIB, 128, KIB, 4),
            new SmLimits("sm_86", 48, 16, 65536, 256, 255, 100 * KIB, 99 * KIB, 128, KIB, 4),
            new SmLimits("sm_89", 48, 24, 65536, 256, 255, 100 * KIB, 99 * KIB, 128, KIB, 4),
            new SmLimits("sm_90", 64, 32, 65536, 256, 255, 228 * KIB, 227 * KIB, 128, KIB, 4),
            new SmLimits("sm_100", 64, 32, 65536, 256, 255, 228 * KIB, 227 * KIB, 128, KIB, 4),
            new SmLimits("sm_120", 48, 24, 65536, 256, 255, 100 * KIB, 99 * KIB, 128, KIB, 4));

    /** The architectures that are modelled, oldest first. */
    public static List<SmLimits> all() {
        return ALL;
    }

    public static Optional<SmLimits> of(String architecture) {
        return ALL.stream().filter(l -> l.architecture.equals(architecture)).findFirst();
    }
}
