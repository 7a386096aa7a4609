package org.warpgrade.engine.check;

import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.RunTrace;

/** A finished, fault-free run of the submission. */
public interface Run {

    /** An assertion on an output's final contents; knows the case, the writers and the checks' language. */
    TensorAssert assertThat(DeviceBuffer output);

    float[] floats(DeviceBuffer buffer);

    double[] doubles(DeviceBuffer buffer);

    int[] ints(DeviceBuffer buffer);

    long[] longs(DeviceBuffer buffer);

    byte[] bytes(DeviceBuffer buffer);

    /** Launches, scratch bytes, counters: for structural checks. */
    RunTrace trace();
}
