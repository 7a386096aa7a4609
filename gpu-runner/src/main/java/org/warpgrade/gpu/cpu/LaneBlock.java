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
    /** All warps as one cohort, while they are at one place; null where each goes its own way. */
    final @Nullable Gang gang;

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
        this.gang = Gang.mayForm(run, launch, compiled.plan(), watch)
                ? new Gang(new Cohort(run, launch, compiled, null, null, meetings, near, 0, threads), cohorts)
                : null;
        for (int base = 0; gang == null && base < threads; base += size) {
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
        if (gang != null) {
            gang.begin(linearIndex, index, shared);
        } else {
            for (Cohort cohort : cohorts) {
                cohort.begin(linearIndex, index.x(), index.y(), index.z(), shared);
            }
        }
        if (hasBarriers) {
            for (BarrierState barrier : barriers) {
                barrier.reset();
            }
        }
    }

    /** Tells what the threads have executed. */
    BlockScheduler.Cost cost() {
        long together = gang == null ? 0 : gang.whole().everyLane();
        long total = 0;
        long most = 0;
        for (Cohort cohort : cohorts) {
            long common = together + cohort.everyLane();
            long mostSteps = 0;
            total += common * cohort.lanes;
            if (cohort.isUneven()) {
                mostSteps = cohort.steps(cohort.first);
                for (int lane = cohort.first; lane < cohort.first + cohort.lanes; lane++) {
                    total += cohort.steps(lane);
                    mostSteps = Math.max(mostSteps, cohort.steps(lane));
                }
            }
            most = Math.max(most, common + mostSteps);
        }
        return new BlockScheduler.Cost(total, most);
    }

    long linear() {
        return linear;
    }

    boolean isDone() {
        return liveThreads == 0;
    }
}
