package org.warpgrade.gpu.cpu;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Dim3;

/**
 * The warps of a block as one cohort. Most kernels take all of their warps the same way from shuffle to shuffle and from
 * barrier to barrier: as long as they do, a region runs once for the block instead of once for each warp. Where the warps
 * part, each goes on as the cohort that it is; behind a barrier they are together again.
 */
final class Gang {

    private final Cohort whole;
    private final List<Cohort> warps;
    private boolean together;

    /** @param warps where the cohorts of the warps are put, which use the arrays of the whole */
    Gang(Cohort whole, List<Cohort> warps) {
        this.whole = whole;
        this.warps = warps;
        for (int first = 0; first < whole.lanes; first += Frame.LANES) {
            warps.add(new Cohort(whole, first, Frame.LANES));
        }
    }

    /**
     * Whether a launch has blocks that can: of several whole warps, whose registers stay where they are. The sanitizers ask
     * which warp is at work, and another schedule lets the warps take turns.
     */
    static boolean mayForm(RunContext run, KernelLaunch launch, RegionPlan plan, @Nullable Watch watch) {
        return watch == null
                && run.settings().schedule() == 0
                && plan.isWarpWide()
                && plan.linked().bodies().isEmpty()
                && launch.threadsPerBlock() > Frame.LANES
                && launch.threadsPerBlock() % Frame.LANES == 0;
    }

    void begin(long linear, Dim3 index, byte[] shared) {
        together = true;
        whole.begin(linear, index.x(), index.y(), index.z(), shared);
        for (Cohort warp : warps) {
            warp.goTo(linear, index.x(), index.y(), index.z(), shared);
        }
    }

    /** The cohort of all warps. */
    Cohort whole() {
        return whole;
    }

    boolean isTogether() {
        return together;
    }

    /** All lanes have come to one boundary, and each warp goes on from there by itself. */
    void part(int boundary, LaneStatus status) {
        together = false;
        whole.stepsHold = false;
        for (Cohort warp : warps) {
            warp.uniform = boundary;
            warp.uniformStatus = status;
            warp.clockFrom(whole);
        }
    }

    /** Lanes have come to different boundaries, which {@link Cohort#next} tells. */
    void part() {
        part(-1, LaneStatus.ARRIVED);
        Arrays.fill(whole.status, LaneStatus.ARRIVED);
    }

    /** Puts the warps together if all of them may go on from the same place; false if not. */
    boolean gather() {
        int boundary = warps.getFirst().uniform;
        for (Cohort warp : warps) {
            if (boundary <= 0
                    || warp.uniform != boundary
                    || warp.uniformStatus != LaneStatus.READY
                    || !warp.isWholeWarp()) {
                return false;
            }
        }
        for (Cohort warp : warps) {
            whole.clockFrom(warp);
        }
        whole.uniform = boundary;
        together = true;
        return true;
    }
}
