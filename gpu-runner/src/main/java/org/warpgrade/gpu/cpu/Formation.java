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
    private static final int FEWEST = 16;

    /**
     * Instructions that threads of a kernel have executed before a second class for it pays: about a second of them, which is what the
     * JVM takes to compile the class and to run it slowly until it has.
     */
    private static final long WORTHWHILE = 1L << 32;

    /** Without the optimising compiler, code that is done lane by lane is as fast. */
    private static final boolean JVM_OPTIMISES = !isKind("emulated-client") && !isKind("interpreted");

    private static boolean isKind(String ofVirtualMachine) {
        return System.getProperty("java.vm.info", "").contains(ofVirtualMachine);
    }

    /** The formation of a launch's blocks; null if the rows are too short. */
    static @Nullable Formation of(KernelLaunch launch) {
        int width = launch.block().x();
        return width >= FEWEST ? new Formation(launch.threadsPerBlock(), width) : null;
    }

    /** Whether it pays to compile a kernel for lanes abreast after threads have executed so many instructions. */
    static boolean pays(long executed) {
        return JVM_OPTIMISES && executed >= WORTHWHILE;
    }
}
