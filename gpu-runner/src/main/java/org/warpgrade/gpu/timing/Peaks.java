package org.warpgrade.gpu.timing;

/**
 * What the GPU reached with our own kernels in this run; 0 where not measured.
 *
 * @param bytesPerSecond read and written by a copy kernel on data far larger than the L2
 * @param fp32PerSecond floating-point operations of independent chains of {@code fma.rn.f32}
 * @param tensorPerSecond the same of half-precision {@code mma.sync} with fp32 accumulators
 * @param l2Bytes size of the L2 cache
 */
public record Peaks(double bytesPerSecond, double fp32PerSecond, double tensorPerSecond, long l2Bytes) {

    /** Nothing was measured: every floor is 0. */
    public static Peaks unknown() {
        return new Peaks(0, 0, 0, 0);
    }
}
