package org.warpgrade.gpu;

/**
 * Where kernels run. Implementations are safe for use by several threads; each run has memory of its own, so nothing
 * a program does is seen by the next run.
 */
public interface Device extends AutoCloseable {

    DeviceKind kind();

    /** The name for people: {@code CPU device (2 cores)} or {@code NVIDIA H200}. */
    String name();

    /** Places the call's buffers in fresh memory, runs the entry and everything it launches, reads the buffers back. */
    RunOutcome run(Program program, Call call, RunSettings settings);

    @Override
    void close();
}
