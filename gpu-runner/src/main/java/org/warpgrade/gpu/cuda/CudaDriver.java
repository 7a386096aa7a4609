package org.warpgrade.gpu.cuda;

import java.util.List;
import org.warpgrade.gpu.Dim3;

/**
 * The calls of the CUDA driver that we use, and nothing else. Every method returns the driver's result code ({@link
 * CuResult}); results of another kind go into the first element of an array. Addresses are the device's, handles are
 * numbers of the implementation's own. Work is carried out in order, on one stream; what does not say that it waits may
 * return before the work is done.
 */
interface CudaDriver {

    int init();

    /** 12060 for CUDA 12.6. */
    int version(int[] version);

    int deviceCount(int[] count);

    /** Makes a context on a device and makes it the calling thread's. */
    int open(int ordinal);

    /** Makes the context the calling thread's. */
    int makeCurrent();

    int deviceName(String[] name);

    /** A {@code CUdevice_attribute} by its number. */
    int attribute(int attribute, int[] value);

    /** Compiles PTX for the device and loads it; variables have their initial values. */
    int loadModule(String ptx, long[] module, String[] errorLog);

    int unloadModule(long module);

    int function(long module, String name, long[] function);

    int maxDynamicShared(long function, int bytes);

    int variable(long module, String name, long[] address, long[] bytes);

    int allocate(long bytes, long[] address);

    int free(long address);

    /** Waits. */
    int toDevice(long to, byte[] from);

    /** Waits. */
    int fromDevice(byte[] to, long from);

    int copy(long to, long from, long bytes);

    int fill(long to, byte value, long bytes);

    /** Fills with a 32-bit word; the address is a multiple of 4. */
    int fillWords(long to, int word, long words);

    /** @param parameters the bytes of each parameter, in order */
    int launch(
            long function, Dim3 grid, Dim3 block, int dynamicSharedBytes, List<byte[]> parameters, boolean cooperative);

    /** {@code CUDA_ERROR_NOT_READY} while work is under way, else how it ended. */
    int query();

    /** Waits; what kernels printed has been written. */
    int synchronize();

    int createEvent(long[] event);

    int record(long event);

    /** Milliseconds between two events whose work is done. */
    int elapsed(long start, long end, float[] millis);

    /** What {@code malloc} of kernels may hold; refused after a kernel has used it. */
    int limitHeap(long bytes);

    /** Lines that were made to persist in the L2 become ordinary ones. */
    int resetPersistingL2();
}
