package org.warpgrade.gpu.compile;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one thread on which NVRTC runs. Its parser recurses as deep as the source nests, on the native stack: 20,000
 * parentheses end a process with the usual 8 MB, 200,000 pass with this much. And what a source makes it do may never
 * end, so nobody waits for it without a limit.
 */
final class CompilerThread {

    /** Address space, not memory: pages are taken as they are touched. */
    private static final long STACK_BYTES = 1L << 30;

    private static final ExecutorService NVRTC = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(null, work, "nvrtc", STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    });

    private static volatile boolean stuck;

    private CompilerThread() {}

    /**
     * Runs the work and waits for it; empty if it took longer than the limit. Then the thread is lost to it: NVRTC cannot be
     * interrupted.
     */
    static <T> Optional<T> run(Callable<T> work, Duration limit) {
        if (stuck) {
            throw new CompilerUnavailableException(
                    "The CUDA compiler NVRTC of this process is still busy with a source that it could not finish in time.");
        }
        Future<T> result = NVRTC.submit(work);
        try {
            return Optional.of(result.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            stuck = true;
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new CompilerUnavailableException("The CUDA compiler NVRTC failed: " + e.getCause() + ".", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompilerUnavailableException("Compiling was interrupted.", e);
        }
    }
}
