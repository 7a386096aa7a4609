package org.warpgrade.gpu.cpu;

import org.jspecify.annotations.Nullable;

/**
 * How the threads of a block stand when they go abreast, see {@link AbreastRegion}.
 *
 * @param lanes the threads of the block
 * @param width those in a row ({@code blockDim.x}), which go abreast; the rows go one after the other
 */
record Formation(int lanes, int width) {

    /** Lanes below which what they have in common is not worth while. */
    private static final int FEWEST = 32;

    /** Threads times instructions that a kernel has been launched with from which a second class for it pays. */
    private static final long WORTHWHILE = 1 << 24;

    /** Without the optimising compiler, code that is done lane by lane is as fast. */
    private static final boolean JVM_OPTIMISES =
            !System.getProperty("java.vm.info", "").matches(".*(emulated-client|interpreted mode).*");

    /** The formation of a launch's blocks; null if the rows are too short. */
    static @Nullable Formation of(KernelLaunch launch) {
        int width = launch.block().x();
        return width >= FEWEST ? new Formation(launch.threadsPerBlock(), width) : null;
    }

    /** About how much there is to do in a launch. */
    static long work(KernelLaunch launch) {
        return launch.grid().count()
                * launch.threadsPerBlock()
                * launch.kernel().code().size();
    }

    /** Whether it pays to compile a kernel for lanes abreast after so much work. */
    static boolean pays(long work) {
        return JVM_OPTIMISES && work >= WORTHWHILE;
    }
}
