package org.warpgrade.engine.check;

import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.RunTrace;

/** A finished, fault-free run of the submission. */
public interface Run {

    /** An assertion on an output's final contents; knows the case, the writers and the checks' language. */
    TensorAssert assertThat(DeviceBuffer output);

    /** An assertion on an output that the check has rearranged first: permuted rows, a slice. */
    TensorAssert assertThat(DeviceTensor rearranged);

    /**
     * An assertion on some rows of an output, one under the other, where a row is what the last extent spans: for outputs of
     * which padding may hold anything. Unlike a tensor that the check makes itself, it can go into a student kit.
     */
    default TensorAssert assertThatRows(DeviceBuffer output, int... rows) {
        int[] shape = output.shape();
        int width = shape[shape.length - 1];
        DeviceTensor all = tensor(output);
        return assertThat(new DeviceTensor(
                all.name(),
                new int[] {rows.length, width},
                all.rows(width, rows).values()));
    }

    /** An output's final contents as a tensor with the buffer's name and shape, to be compared or rearranged. */
    DeviceTensor tensor(DeviceBuffer buffer);

    float[] floats(DeviceBuffer buffer);

    double[] doubles(DeviceBuffer buffer);

    int[] ints(DeviceBuffer buffer);

    long[] longs(DeviceBuffer buffer);

    byte[] bytes(DeviceBuffer buffer);

    /** Verifies that the entry made at most so many kernel launches. */
    Run launchesAtMost(int limit);

    /** Verifies that the entry never held more device memory of its own than that. */
    Run allocatesAtMost(long scratchBytes);

    /**
     * Verifies that no CUDA thread executed more PTX instructions than that; always true on a device that does not
     * count.
     *
     * @param hintEnglish what usually makes it too many: {@code does every thread walk the whole row?}
     * @param hintChinese the same in Chinese
     */
    Run executesAtMostPerThread(long instructions, String hintEnglish, String hintChinese);

    /** Verifies that the entry launched at least one kernel, and that one ran on more than one thread. */
    Run usesParallelThreads();

    /** Verifies a property in words; fails the check with the case and the words if it does not hold. */
    Run satisfies(boolean holds, String english, String chinese);

    /** Counts the call in a run of its own, always on the CPU device, and asserts on what was counted. */
    CounterAssert counters();

    /** Launches and scratch bytes: for structural checks. */
    RunTrace trace();
}
