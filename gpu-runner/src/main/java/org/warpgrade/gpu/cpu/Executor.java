package org.warpgrade.gpu.cpu;

/** How the CPU device executes kernels. All ways agree bit for bit. */
public enum Executor {
    /** Kernels compiled to loops over lanes: fast; what grading runs on. */
    LANE_LOOPS,
    /** The same with lanes abreast wherever they may go so, also where compiling that takes longer than it saves. */
    LANES_ABREAST,
    /** One instruction at a time for the lanes of a warp: the definition of the semantics. */
    WARP_INTERPRETER
}
