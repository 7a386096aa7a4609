package org.warpgrade.gpu.host;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Dim3;

/**
 * Limits of a launch (CUDA programming guide, table of technical specifications). The same on every device, so that a
 * launch is bad everywhere or nowhere.
 */
public final class LaunchLimits {

    public static final int THREADS_PER_BLOCK = 1024;
    public static final int BLOCK_XY = 1024;
    public static final int BLOCK_Z = 64;
    public static final int GRID_YZ = 65535;
    /** Shared memory per block without asking. */
    public static final int SHARED_BYTES = 48 << 10;
    /** Shared memory per block after {@code cudaFuncSetAttribute}, compute capability 8.0. */
    public static final int SHARED_BYTES_OPT_IN = 163 << 10;

    private LaunchLimits() {}

    /** What is wrong with a launch, in words; null if nothing. */
    public static @Nullable String complaint(
            DeviceBackend.KernelFacts kernel, Dim3 grid, Dim3 block, long dynamicShared, int allowedDynamicShared) {
        if (grid.x() <= 0 || grid.y() <= 0 || grid.z() <= 0) {
            return "the grid " + grid + " has no blocks: " + zero(grid)
                    + " Skip the launch when there is nothing to do";
        }
        if (block.x() <= 0 || block.y() <= 0 || block.z() <= 0) {
            return "the block " + block + " has no threads";
        }
        if (grid.y() > GRID_YZ || grid.z() > GRID_YZ) {
            return "the grid " + grid + " is too large: y and z may be at most " + GRID_YZ;
        }
        if (block.x() > BLOCK_XY || block.y() > BLOCK_XY || block.z() > BLOCK_Z || block.count() > THREADS_PER_BLOCK) {
            return "the block " + block + " has " + block.count() + " threads; a block may have at most "
                    + THREADS_PER_BLOCK + " (x and y at most " + BLOCK_XY + ", z at most " + BLOCK_Z + ")";
        }
        if (kernel.maxThreads() > 0 && block.count() > kernel.maxThreads()) {
            return "the block " + block + " has " + block.count() + " threads, but __launch_bounds__ promises at most "
                    + kernel.maxThreads();
        }
        long shared = kernel.staticSharedBytes() + dynamicShared;
        if (dynamicShared > allowedDynamicShared || shared > SHARED_BYTES && allowedDynamicShared <= SHARED_BYTES) {
            return "the launch asks for " + dynamicShared + " bytes of dynamic shared memory (" + shared
                    + " with the static part); the limit is " + SHARED_BYTES
                    + ", and up to " + SHARED_BYTES_OPT_IN
                    + " after cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, bytes)";
        }
        if (shared > SHARED_BYTES_OPT_IN) {
            return "the block needs " + shared + " bytes of shared memory; the limit is " + SHARED_BYTES_OPT_IN;
        }
        return null;
    }

    private static String zero(Dim3 grid) {
        return grid.x() < 0 || grid.y() < 0 || grid.z() < 0 ? "an extent is negative." : "an extent is 0.";
    }
}
