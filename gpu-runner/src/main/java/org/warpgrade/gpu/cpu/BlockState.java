package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Poison;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

/**
 * One resident block: its warps, shared memory and barriers. Host code is a block of one thread. Reused for block after block,
 * because new memory for registers costs more than what short kernels do with them.
 */
final class BlockState {

    private long linear;
    private final int threads;
    private final Poison poison;
    final @Nullable KernelLaunch launch;
    final byte[] shared;
    final List<Warp> warps;
    final BarrierState[] barriers = BarrierState.ofBlock();
    /** The groups that wait at each barrier. */
    final List<List<LaneGroup>> waiting = new ArrayList<>(BarrierState.PER_BLOCK);

    final Watch.@Nullable SharedShadow sharedShadow;
    final MeetingTimes meetings = new MeetingTimes();
    int liveThreads;

    /** One that nobody watches. */
    BlockState(TypedFunction function, @Nullable KernelLaunch launch, long linear, byte[] parameters, Poison poison) {
        this(function, launch, linear, parameters, poison, false);
    }

    BlockState(
            TypedFunction function,
            @Nullable KernelLaunch launch,
            long linear,
            byte[] parameters,
            Poison poison,
            boolean watched) {
        this.launch = launch;
        this.threads = launch == null ? 1 : launch.threadsPerBlock();
        this.poison = poison;
        this.shared = new byte[launch == null ? 0 : launch.sharedBytes()];
        this.sharedShadow = watched ? new Watch.SharedShadow(shared.length) : null;
        for (int i = 0; i < BarrierState.PER_BLOCK; i++) {
            waiting.add(new ArrayList<>());
        }
        this.warps = new ArrayList<>((threads + Frame.LANES - 1) / Frame.LANES);
        for (int w = 0; w * Frame.LANES < threads; w++) {
            warps.add(new Warp(this, w, new Frame(function, null, -1, null, 0, parameters, 0)));
        }
        begin(linear);
    }

    /** Begins as the block of that index: nothing of an earlier one is left. */
    void begin(long index) {
        linear = index;
        liveThreads = threads;
        Allocation.fill(shared, poison);
        if (sharedShadow != null) {
            sharedShadow.begin();
        }
        for (BarrierState barrier : barriers) {
            barrier.reset();
        }
        waiting.forEach(List::clear);
        meetings.clear();
        warps.forEach(Warp::begin);
    }

    long linear() {
        return linear;
    }

    int threads() {
        return threads;
    }

    Poison poison() {
        return poison;
    }

    boolean isDone() {
        for (Warp warp : warps) {
            if (!warp.isDone()) {
                return false;
            }
        }
        return true;
    }
}
