package org.warpgrade.gpu.worker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One job per GPU: a lock on a file that everybody on the machine uses. The system takes it back when the process ends,
 * however it ends.
 */
final class GpuLock implements AutoCloseable {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Gpu gpu;
    private final FileChannel channel;
    private final FileLock lock;

    private GpuLock(Gpu gpu, FileChannel channel, FileLock lock) {
        this.gpu = gpu;
        this.channel = channel;
        this.lock = lock;
    }

    /** The folder of the lock files: the same for all users, not the process's own temporary folder. */
    static Path folder() {
        String chosen = System.getProperty("warpgrade.gpu.locks");
        return chosen == null ? Path.of("/tmp") : Path.of(chosen);
    }

    /** The lock of the first GPU that is free; waits until one is, at most so long. */
    static Optional<GpuLock> ofAny(List<Gpu> gpus, Path folder, Duration most) throws IOException {
        long end = System.nanoTime() + most.toNanos();
        while (true) {
            for (Gpu gpu : gpus) {
                Optional<GpuLock> lock = of(gpu, folder);
                if (lock.isPresent()) {
                    return lock;
                }
            }
            if (System.nanoTime() - end > 0) {
                return Optional.empty();
            }
            try {
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }

    private static Optional<GpuLock> of(Gpu gpu, Path folder) throws IOException {
        Path file = folder.resolve("warpgrade-gpu-" + gpu.id().replaceAll("[^A-Za-z0-9-]", "_") + ".lock");
        FileChannel channel = open(file);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new GpuLock(gpu, channel, lock));
            }
        } catch (OverlappingFileLockException e) {
            channel.close(); // another job of this very process has it
            return Optional.empty();
        }
        channel.close();
        return Optional.empty();
    }

    /** Linux lets nobody open with "create" what another user has in a folder like /tmp (fs.protected_regular). */
    private static FileChannel open(Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            FileChannel made = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            boolean ignored = file.toFile().setWritable(true, false); // other users lock it, too
            return made;
        }
    }

    Gpu gpu() {
        return gpu;
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
