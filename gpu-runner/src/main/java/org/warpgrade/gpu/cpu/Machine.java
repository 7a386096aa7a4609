package org.warpgrade.gpu.cpu;

/** The GPU that the CPU device pretends to be: the limits of compute capability 8.0 (CUDA programming guide, table 15). */
final class Machine {

    static final int MULTIPROCESSORS = 108;
    static final int MAX_THREADS_PER_BLOCK = 1024;
    static final int MAX_BLOCK_X = 1024;
    static final int MAX_BLOCK_Y = 1024;
    static final int MAX_BLOCK_Z = 64;
    static final int MAX_GRID_X = Integer.MAX_VALUE;
    static final int MAX_GRID_YZ = 65535;
    /** Shared memory per block without asking, and with {@code cudaFuncSetAttribute}. */
    static final int SHARED_PER_BLOCK = 48 << 10;

    static final int SHARED_PER_BLOCK_OPT_IN = 163 << 10;
    static final int SHARED_PER_MULTIPROCESSOR = 164 << 10;
    static final int REGISTERS = 65536;
    static final int THREADS_PER_MULTIPROCESSOR = 2048;
    static final int BLOCKS_PER_MULTIPROCESSOR = 32;

    private Machine() {}
}
