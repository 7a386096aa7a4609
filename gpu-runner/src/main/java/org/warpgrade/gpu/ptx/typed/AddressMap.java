package org.warpgrade.gpu.ptx.typed;

/**
 * Generic addresses. Each state space is a window of 2^40 bytes, told by bits 40 and up; address 0 and its
 * surroundings belong to nothing, so null pointers fault.
 */
public final class AddressMap {

    /** Device memory and module variables. */
    public static final long GLOBAL = 1L << 40;
    /** The executing thread's stack. */
    public static final long LOCAL = 2L << 40;
    /** The executing block's shared memory. */
    public static final long SHARED = 3L << 40;
    /** The kernel's parameters. */
    public static final long PARAM = 4L << 40;
    /** Host memory: the entry's stack and its arguments. */
    public static final long HOST = 5L << 40;
    /** Functions and kernels, one address each. */
    public static final long FUNCTION = 6L << 40;

    /** Size of a window. */
    public static final long WINDOW = 1L << 40;

    private AddressMap() {}

    /** The window that an address lies in. */
    public static long windowOf(long address) {
        return address & -WINDOW;
    }
}
