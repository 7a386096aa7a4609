package org.warpgrade.gpu.cuda;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** How long a run may still wait for the GPU. */
final class Patience {

    /** Short launches are over within this time; asking again and again is what notices them soonest. */
    private static final long SPIN_NANOS = 200_000;

    private static final long NAP_NANOS = 50_000;

    private final Duration allowed;
    private final LongSupplier nanoTime;
    private final long end;

    Patience(Duration allowed, LongSupplier nanoTime) {
        this.allowed = allowed;
        this.nanoTime = nanoTime;
        this.end = nanoTime.getAsLong() + allowed.toNanos();
    }

    Duration allowed() {
        return allowed;
    }

    /** Waits for everything that was queued: its result, or {@code CUDA_ERROR_NOT_READY} if there is no time left. */
    int waitFor(CudaDriver driver) {
        long begin = nanoTime.getAsLong();
        while (true) {
            int code = driver.query();
            long now = nanoTime.getAsLong();
            if (code == CuResult.SUCCESS) {
                return driver
                        .synchronize(); // nothing is left to wait for; it makes the driver print what kernels printed
            }
            if (code != CuResult.NOT_READY || now - end > 0) {
                return code;
            }
            if (now - begin > SPIN_NANOS) {
                LockSupport.parkNanos(NAP_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
    }
}
