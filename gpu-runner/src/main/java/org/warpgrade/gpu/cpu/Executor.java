package org.warpgrade.gpu.cpu;

/** How the CPU device executes kernels. Both ways agree bit for bit. */
public enum Executor {
    /** Kernels compiled to loops over lanes: fast; what grading runs on. */
    LANE_LOOPS,
    /** One instruction at a time for the lanes of a warp: the definition of the semantics. */
    WARP_INTERPRETER
}
