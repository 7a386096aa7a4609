package org.warpgrade.gpu.cpu;

/**
 * The GPU that the CPU device pretends to be: compute capability 8.0 (CUDA programming guide, technical specifications).
 * Limits of a launch are in {@link org.warpgrade.gpu.host.LaunchLimits}.
 */
final class Machine {

    static final int MULTIPROCESSORS = 108;
    static final int BLOCKS_PER_MULTIPROCESSOR = 32;

    private Machine() {}
}
