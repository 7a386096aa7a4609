package org.warpgrade.gpu.timing;

import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunSettings;

/** A device whose clock means something. */
public interface TimedDevice extends Device {

    /**
     * One repetition. The entry runs first, which tells what it queues and whether it is right; then its module variables
     * and all its memory are put back to what they were before, the L2 cache is flushed, and what it queued is carried out
     * once more between two events, without the entry. The buffers are those after the timed part.
     */
    Repetition time(Program program, Call call, RunSettings settings);

    /** Clocks, temperature and what holds the clocks down, now. Reading changes no setting. */
    GpuState state();

    /** Bytes of the L2 cache: what is written may stay there instead of going to memory. */
    long l2Bytes();
}
