package org.warpgrade.gpu.compile;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.compile.CompilerFrames.Answer;
import org.warpgrade.gpu.compile.CompilerFrames.Job;
import org.warpgrade.gpu.compile.NvrtcProcess.Exchange;

/**
 * Compiler processes, as many as compilations run at once, each kept for the next source. A process that dies or hangs is
 * replaced, and it is decided with care who is to blame: a source is only if a second, fresh process fails on it too while
 * a third compiles a trivial one.
 */
final class CompilerPool implements AutoCloseable {

    /** A fresh process now and then keeps what NVRTC never gives back from adding up. */
    private static final int JOBS_PER_PROCESS = 500;

    private static final Job TRIVIAL = new Job(
            "trivial.cu", "__global__ void k(float* x) { x[0] = 1.0f; }\n", List.of("--gpu-architecture=compute_80"));

    /** What became of a source. */
    sealed interface Outcome {

        record Judged(Nvrtc.Result result) implements Outcome {}

        /** No compiler process survives the source, or it takes more than any source may. */
        record TooMuch(String sentence) implements Outcome {}
    }

    private final Supplier<NvrtcProcess> starter;
    private final ConcurrentLinkedDeque<NvrtcProcess> idle = new ConcurrentLinkedDeque<>();
    private final Semaphore places =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()));
    private volatile boolean closed;

    /** @param starter starts a process, for example one of {@link NvrtcProcess#start} */
    CompilerPool(Supplier<NvrtcProcess> starter) {
        this.starter = starter;
    }

    /**
     * Compiles in one of the processes.
     *
     * @throws CompilerUnavailableException if no process can compile anything
     */
    Outcome compile(Job job) {
        places.acquireUninterruptibly();
        try {
            Exchange first = exchange(job, idle.pollFirst());
            if (judged(first) instanceof Outcome.Judged judged) {
                return judged;
            }
            if (first instanceof Exchange.UsedUp(Duration time)) {
                return usedUp(time);
            }
            Exchange second = exchange(job, null);
            if (judged(second) instanceof Outcome.Judged judged) {
                return judged;
            }
            if (second instanceof Exchange.UsedUp(Duration time)) {
                return usedUp(time);
            }
            if (judged(exchange(TRIVIAL, null)) == null) {
                throw new CompilerUnavailableException(
                        "The CUDA compiler NVRTC compiles nothing here: " + words(second) + ".");
            }
            return new Outcome.TooMuch("the compiler fails on this file (" + words(second)
                    + "): is something expanded without end, or nested very deeply?");
        } finally {
            places.release();
        }
    }

    private static Outcome usedUp(Duration time) {
        return new Outcome.TooMuch("the compiler did not finish within " + time.toSeconds()
                + " s of processor time: is something expanded without end?");
    }

    private static Outcome.@Nullable Judged judged(Exchange exchange) {
        return exchange instanceof Exchange.Answered(Answer.Judged(Nvrtc.Result result))
                ? new Outcome.Judged(result)
                : null;
    }

    private static String words(Exchange exchange) {
        return switch (exchange) {
            case Exchange.Died(String how) -> "its process " + how;
            case Exchange.UsedUp(Duration ignored) -> "its process runs on";
            case Exchange.Answered(Answer.Failed(String sentence)) -> sentence.replaceFirst("\\.$", "");
            case Exchange.Answered(Answer.Judged ignored) -> "it compiles";
            case Exchange.Answered(Answer.Ready ignored) -> "it answers out of turn";
        };
    }

    /** @param process an idle one, null to start one */
    private Exchange exchange(Job job, @Nullable NvrtcProcess process) {
        NvrtcProcess chosen = process != null && process.isAlive() ? process : starter.get();
        if (chosen.done() == 0 && greeted(chosen) instanceof Exchange failed) {
            chosen.close();
            return failed;
        }
        Exchange exchange = chosen.compile(job);
        if (judged(exchange) != null && chosen.done() < JOBS_PER_PROCESS && !closed) {
            idle.addFirst(chosen);
        } else {
            chosen.close();
        }
        return exchange;
    }

    /** Null if the process is ready, else how it is not; a library that cannot be loaded is told at once. */
    private static @Nullable Exchange greeted(NvrtcProcess process) {
        Exchange greeting = process.greeting();
        return switch (greeting) {
            case Exchange.Answered(Answer.Ready ignored) -> null;
            case Exchange.Answered(Answer.Failed(String sentence)) -> {
                process.close();
                throw new CompilerUnavailableException(sentence);
            }
            case Exchange.Answered(Answer.Judged ignored) -> new Exchange.Died("answers before it is asked");
            case Exchange.Died died -> died;
            case Exchange.UsedUp ignored -> new Exchange.Died("does not start");
        };
    }

    /** Ends the idle processes now and the others as they finish. */
    @Override
    public void close() {
        closed = true;
        for (NvrtcProcess process = idle.pollFirst(); process != null; process = idle.pollFirst()) {
            process.close();
        }
    }
}
