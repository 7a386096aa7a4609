package org.warpgrade.gpu.host;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.ptx.typed.Op.Slot;

/** What host code needs of a device: memory and launches. Addresses are the device's own. */
public interface DeviceBackend {

    /** Of {@link #heapLimit} before the program asks for another. */
    long DEFAULT_HEAP_BYTES = 8L << 20;

    /** Fresh device memory; 0 if there is no room. */
    long allocate(long bytes);

    /**
     * The same, asked for at a source line, which a leak is told with.
     *
     * @param at the call, null if unknown
     */
    default long allocate(long bytes, @Nullable SourceLocation at) {
        return allocate(bytes);
    }

    /** Frees memory; wrong addresses are a {@link ProgramFault}. */
    void free(long address);

    void fill(long address, byte value, long bytes);

    void copy(long to, long from, long bytes);

    byte[] read(long address, int bytes);

    void write(long address, byte[] bytes);

    /** Whether the address is one of device memory. */
    boolean isDeviceAddress(long address);

    /** Whether the run has used up its time; asked by whatever the harness does at length for the program. */
    default boolean isOutOfTime() {
        return false;
    }

    /** Device memory that is left, and that there is. */
    long freeBytes();

    long totalBytes();

    /** What {@code malloc} of kernels may hold (CUDA C++ Programming Guide, Heap Memory Allocation: 8 MiB by default). */
    long heapLimit();

    /** Changes it; a heap that a kernel has used keeps its size. */
    CudaError limitHeap(long bytes);

    /** The kernel at a function address; null if there is none. */
    @Nullable
    KernelFacts kernelAt(long address);

    /** Runs a launch whose configuration has been checked. */
    void launch(LaunchRequest request);

    /**
     * What is known of a kernel before it runs.
     *
     * @param name PTX symbol
     * @param displayName for people
     * @param parameters where its parameters lie
     * @param parameterBytes size of its parameter memory
     * @param staticSharedBytes per block
     * @param maxThreads its launch bound, 0 if none
     */
    record KernelFacts(
            String name,
            String displayName,
            List<Slot> parameters,
            int parameterBytes,
            int staticSharedBytes,
            int maxThreads) {}

    /** A launch as the entry asked for it, with the argument bytes at the moment of the launch. */
    record LaunchRequest(
            KernelFacts kernel,
            Dim3 grid,
            Dim3 block,
            int dynamicSharedBytes,
            byte[] arguments,
            boolean cooperative,
            @Nullable SourceLocation at) {}
}
