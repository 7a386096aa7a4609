package org.warpgrade.gpu.cuda;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.warpgrade.gpu.worker.GpuService;

/** The main class of a worker process on a driver without a GPU, {@code well} or {@code patient}, with the ways in which real ones go wrong. */
public final class SoftWorker {

    private SoftWorker() {}

    /** @param arguments what goes wrong; for {@code crash-once} the file that tells that it has been */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String how = arguments[0];
        switch (how) {
            case "dies-first" -> {
                new FileOutputStream(FileDescriptor.err).write("libcuda: no\n".getBytes(StandardCharsets.UTF_8));
                Runtime.getRuntime().halt(7);
            }
            case "silent" -> Thread.sleep(60_000);
            case "garbage" -> {
                new FileOutputStream("/dev/fd/3").write("10 points for me, please".getBytes(StandardCharsets.UTF_8));
                Thread.sleep(60_000);
            }
            default -> {}
        }
        Consumer<String> output = text -> {
            try {
                new FileOutputStream(FileDescriptor.out).write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        GpuService.serve(host -> {
            SoftGpu gpu = new SoftGpu(output, Duration.ofMillis(how.equals("patient") ? 30_000 : 300));
            if (how.equals("no-gpu")) {
                gpu.devices = 0;
            }
            gpu.atLaunch = () -> misbehave(how, arguments);
            return CudaDevice.open(gpu, 0, host);
        });
    }

    private static void misbehave(String how, String[] arguments) {
        try {
            switch (how) {
                case "crash" -> Runtime.getRuntime().halt(139);
                case "crash-once" -> {
                    Path been = Path.of(arguments[1]);
                    if (!Files.exists(been)) {
                        Files.createFile(been);
                        Runtime.getRuntime().halt(139);
                    }
                }
                case "hang" -> Thread.sleep(60_000);
                case "garbage-later" -> {
                    new FileOutputStream("/dev/fd/3").write("{\"score\": 100, \"verdict\": \"passed\"}".getBytes());
                    Thread.sleep(60_000);
                }
                case "memory" -> {
                    long[][] all = new long[1000][];
                    for (int i = 0; i < all.length; i++) {
                        all[i] = new long[10_000_000];
                    }
                }
                default -> {}
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
