package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.ptx.typed.Op;

/** A resident block of the lane-loop executor. Reused for block after block, so nothing is allocated in between. */
final class LaneBlock {

    final KernelLaunch launch;
    final List<Cohort> cohorts = new ArrayList<>();
    final BarrierState[] barriers = BarrierState.ofBlock();
    final MeetingTimes meetings = new MeetingTimes();
    private final byte[] shared;
    private final Watch.@Nullable SharedShadow sharedShadow;
    private final byte[] poisonedShared;
    /** Whether threads may come to a barrier. */
    private final boolean hasBarriers;

    private long linear;
    int liveThreads;

    LaneBlock(RunContext run, KernelLaunch launch, LaneCompiler.Compiled compiled, Near[] near, @Nullable Watch watch) {
        this.launch = launch;
        int threads = launch.threadsPerBlock();
        this.sharedShadow = watch == null ? null : new Watch.SharedShadow(launch.sharedBytes());
        int size = compiled.plan().isWarpWide() ? Frame.LANES : threads;
        for (int base = 0; base < threads; base += size) {
            cohorts.add(new Cohort(
                    run, launch, compiled, watch, sharedShadow, meetings, near, base, Math.min(size, threads - base)));
        }
        this.hasBarriers = compiled.plan().boundaries().stream()
                .anyMatch(boundary -> boundary.sync() != null && boundary.sync().op() instanceof Op.Barrier);
        this.shared = new byte[launch.sharedBytes()];
        this.poisonedShared = new byte[launch.sharedBytes()];
        Allocation.fill(poisonedShared, run.settings().poison());
    }

    void begin(long linearIndex) {
        linear = linearIndex;
        liveThreads = launch.threadsPerBlock();
        meetings.clear();
        System.arraycopy(poisonedShared, 0, shared, 0, shared.length);
        if (sharedShadow != null) {
            sharedShadow.begin();
        }
        Dim3 index = launch.blockIndex(linearIndex);
        for (Cohort cohort : cohorts) {
            cohort.begin(linearIndex, index.x(), index.y(), index.z(), shared);
        }
        if (hasBarriers) {
            for (BarrierState barrier : barriers) {
                barrier.reset();
            }
        }
    }

    long linear() {
        return linear;
    }

    boolean isDone() {
        return liveThreads == 0;
    }
}
