package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Poison;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

/** One resident block: its warps, shared memory and barriers. Host code is a block of one thread. */
final class BlockState {

    /** Barriers per block (PTX ISA 9.7.13.1). */
    static final int BARRIERS = 16;

    /** A barrier between two releases. */
    static final class BarrierState {
        int arrived;
        final List<LaneGroup> waiting = new ArrayList<>();
        @Nullable Instruction first;
        int popc;
        boolean and = true;
        boolean or;
        /** Threads that an explicit count asks for, 0 for all. */
        int expected;
    }

    private final long linear;
    private final int threads;
    private final Poison poison;
    final @Nullable KernelLaunch launch;
    final byte[] shared;
    final List<Warp> warps = new ArrayList<>();
    final BarrierState[] barriers = new BarrierState[BARRIERS];
    int liveThreads;

    BlockState(TypedFunction function, @Nullable KernelLaunch launch, long linear, byte[] parameters, Poison poison) {
        this.launch = launch;
        this.linear = linear;
        this.threads = launch == null ? 1 : launch.threadsPerBlock();
        this.poison = poison;
        this.shared = new byte[launch == null ? 0 : launch.sharedBytes()];
        Allocation.fill(shared, poison);
        this.liveThreads = threads;
        for (int i = 0; i < BARRIERS; i++) {
            barriers[i] = new BarrierState();
        }
        for (int w = 0; w * Frame.LANES < threads; w++) {
            warps.add(new Warp(this, w, new Frame(function, null, -1, null, 0, parameters, 0)));
        }
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
