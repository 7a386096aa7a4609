package org.warpgrade.gpu.timing;

import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunSettings;

/** A device whose clock means something. */
public interface TimedDevice extends Device {

    /**
     * One repetition. The entry runs first on the rehearsal's inputs, which tells what it queues; then its module variables
     * are put back to what they were before, its memory gets the inputs of the call that is timed, the L2 cache is flushed,
     * and what the entry queued is carried out once more between two events, without the entry. So whatever the rehearsal
     * left behind in places that nobody can clear, shared memory or registers, belongs to other inputs.
     *
     * @param rehearsal differs from {@code timed} in the contents of buffers alone
     */
    Repetition time(Program program, Call rehearsal, Call timed, RunSettings settings);

    /** Clocks, temperature and what holds the clocks down, now. Reading changes no setting. */
    GpuState state();

    /** Bytes of the L2 cache: what is written may stay there instead of going to memory. */
    long l2Bytes();
}
