package org.warpgrade.gpu.timing;

/**
 * What any right program must at least do.
 *
 * @param readBytes inputs, each byte once
 * @param writtenBytes outputs, each byte once
 * @param flops floating-point operations that no algorithm the task allows can leave out, a fused multiply-add as two
 * @param arithmetic which units may do them
 */
public record Work(long readBytes, long writtenBytes, double flops, Arithmetic arithmetic) {

    /** The fastest unit that the task's precision allows. */
    public enum Arithmetic {
        FP32,
        TENSOR_CORES
    }

    public Work(long readBytes, long writtenBytes, double flops) {
        this(readBytes, writtenBytes, flops, Arithmetic.FP32);
    }

    /** Nothing is known: no floor. */
    public static Work unknown() {
        return new Work(0, 0, 0);
    }

    /**
     * The least time in microseconds. The L2 is flushed before, so every input comes from memory; outputs need not have
     * left the L2 at the end, so only what does not fit counts.
     */
    public double floorMicros(Peaks peaks) {
        double bytes = readBytes + (double) Math.max(0, writtenBytes - peaks.l2Bytes());
        double memory = peaks.bytesPerSecond() > 0 ? bytes / peaks.bytesPerSecond() : 0;
        double rate = switch (arithmetic) {
            case FP32 -> peaks.fp32PerSecond();
            case TENSOR_CORES -> Math.max(peaks.fp32PerSecond(), peaks.tensorPerSecond());
        };
        double compute = rate > 0 ? flops / rate : 0;
        return 1e6 * Math.max(memory, compute);
    }
}
