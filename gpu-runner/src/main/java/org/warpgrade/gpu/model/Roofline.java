package org.warpgrade.gpu.model;

import org.warpgrade.gpu.Counters;

/**
 * The roofline model (Williams, Waterman, Patterson, 2009): a kernel takes at least as long as its bytes need over the
 * memory bus and at least as long as its operations need in the arithmetic units. A model of the floor, not of the time:
 * how far a real run is above it can only be measured on a GPU.
 *
 * @param memorySeconds least time for the bytes, each sector read and written once
 * @param computeSeconds least time for the floating-point operations
 */
public record Roofline(double memorySeconds, double computeSeconds) {

    public static Roofline of(Counters counters, GpuPeaks gpu) {
        double compute = 0;
        for (Arithmetic type : Arithmetic.values()) {
            compute += type.of(counters) / gpu.peak(type);
        }
        return new Roofline(counters.compulsoryBytes() / gpu.bytesPerSecond(), compute);
    }

    /** The floor: the larger of both. */
    public double seconds() {
        return Math.max(memorySeconds, computeSeconds);
    }

    /** Whether the memory bus, not the arithmetic, sets the floor. */
    public boolean memoryBound() {
        return memorySeconds >= computeSeconds;
    }

    /** Operations for each byte at which bandwidth and arithmetic of a GPU are in balance. */
    public static double ridge(GpuPeaks gpu, Arithmetic type) {
        return gpu.peak(type) / gpu.bytesPerSecond();
    }
}
