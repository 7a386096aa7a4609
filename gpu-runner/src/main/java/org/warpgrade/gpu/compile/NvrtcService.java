package org.warpgrade.gpu.compile;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.SynchronousQueue;
import org.warpgrade.gpu.compile.CompilerFrames.Answer;
import org.warpgrade.gpu.compile.CompilerFrames.Job;

/**
 * A compiler process: loads NVRTC, then compiles what comes in on standard input until that ends. It answers on file
 * descriptor 3, since what native code prints on standard output is nobody's answer.
 */
final class NvrtcService {

    /**
     * NVRTC's parser recurses as deep as the source nests: 20,000 parentheses end a process with the usual 8 MB. Address
     * space, not memory: pages are taken as they are touched.
     */
    private static final long STACK_BYTES = 512L << 20;

    private NvrtcService() {}

    /** @param arguments the compiler library and its builtins */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new FileOutputStream("/dev/fd/3")));
        try {
            Nvrtc.load(Path.of(arguments[0]), Path.of(arguments[1]));
        } catch (CompilerUnavailableException | LinkageError e) {
            CompilerFrames.write(out, new Answer.Failed(String.valueOf(e.getMessage())));
            return;
        }
        CompilerFrames.write(out, new Answer.Ready());
        SynchronousQueue<Job> jobs = new SynchronousQueue<>();
        Thread worker = new Thread(null, () -> work(jobs, out), "nvrtc", STACK_BYTES);
        worker.setDaemon(true);
        worker.start();
        DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
        try {
            while (true) {
                jobs.put(CompilerFrames.readJob(in));
            }
        } catch (IOException e) {
            Runtime.getRuntime()
                    .halt(0); // the owner has ended, perhaps killed: a compilation that runs on helps nobody
        }
    }

    private static void work(SynchronousQueue<Job> jobs, DataOutputStream out) {
        try {
            while (true) {
                CompilerFrames.write(out, answer(jobs.take()));
            }
        } catch (IOException | InterruptedException e) {
            Runtime.getRuntime().halt(1);
        }
    }

    private static Answer answer(Job job) {
        try {
            return new Answer.Judged(Nvrtc.compile(job, OfferedHeaders.all()));
        } catch (CompilerUnavailableException e) {
            return new Answer.Failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            return new Answer.Failed("the compiler process failed: " + e); // an owner without an answer would wait
        }
    }
}
