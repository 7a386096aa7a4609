package org.warpgrade.gpu.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.warpgrade.gpu.worker.Frames.Frame;

/** One worker process from its start to its end. */
final class GpuProcess implements AutoCloseable {

    /** The process did not do what a worker does; the message says how. */
    static final class WorkerFailure extends Exception {
        private static final long serialVersionUID = 1L;

        WorkerFailure(String message) {
            super(message);
        }
    }

    private final Process process;
    private final InputStream answers;
    private final OutputStream requests;
    private final Printed printed;
    private final SentBuffers sent = new SentBuffers();

    GpuProcess(Process process) {
        this.process = process;
        this.answers = new BufferedInputStream(process.getInputStream(), 1 << 16);
        this.requests = new BufferedOutputStream(process.getOutputStream(), 1 << 16);
        this.printed = new Printed(process.getErrorStream());
    }

    Printed printed() {
        return printed;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the next message; a process that says nothing in time, ends, or says something else is ended. */
    Frame expect(Duration most) throws WorkerFailure {
        return within(most, () -> Frames.read(answers));
    }

    /** What is sent before an answer is waited for. */
    @FunctionalInterface
    interface Request {
        void writeTo(OutputStream requests) throws IOException;
    }

    /** Sends a request and waits for the answer. */
    Frame ask(Request request, Duration most) throws WorkerFailure {
        return within(most, () -> {
            request.writeTo(requests);
            return Frames.read(answers);
        });
    }

    /** The buffers that this process keeps. */
    SentBuffers sent() {
        return sent;
    }

    private interface Exchange {
        Frame carryOut() throws IOException;
    }

    private Frame within(Duration most, Exchange exchange) throws WorkerFailure {
        CompletableFuture<Frame> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("gpu-channel").start(() -> {
            try {
                answer.complete(exchange.carryOut());
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            close();
            throw new WorkerFailure("did not answer within " + most.toSeconds() + " s and was ended");
        } catch (ExecutionException e) {
            throw new WorkerFailure(
                    e.getCause() instanceof Frames.GarbageException garbage ? garbled(garbage) : farewell());
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new WorkerFailure("was interrupted");
        }
    }

    private String garbled(Frames.GarbageException garbage) {
        close();
        return "is out of order: " + garbage.getMessage();
    }

    private String farewell() {
        try {
            boolean ended = process.waitFor(2, TimeUnit.SECONDS);
            close();
            String words = printed.lastWords();
            return (ended ? "ended with status " + process.exitValue() : "closed its channel")
                    + (words.isEmpty() ? "" : ": " + words);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            return "was interrupted";
        }
    }

    /** Ends the process and all that it may have started, whatever state they are in. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
