package org.warpgrade.gpu.compile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import jcuda.JCudaVersion;
import jcuda.LibUtils;
import jcuda.nvrtc.JNvrtc;

/**
 * JCuda's native half of the compiler, as a file that a compiler process can load. JCuda itself unpacks it into the
 * temporary folder and trusts a file that already lies there, which on a shared machine may be anyone's; here the file is
 * compared with what this build brings along, and replaced in one step if it differs.
 */
final class NvrtcBinding {

    /** Linux keeps this one in memory, so it is there when every disk is full or read-only. */
    private static final Path LAST_RESORT = Path.of("/dev/shm");

    private NvrtcBinding() {}

    /** The folder to look for the binding in: the user's cache, else one made for this process. */
    static Path folder(CacheFolder cache) {
        String name =
                LibUtils.createLibraryFileName(LibUtils.createPlatformLibraryName("JNvrtc-" + JCudaVersion.get()));
        byte[] expected = bundled(name);
        if (holds(cache.natives().resolve(name), expected) || place(cache.natives(), name, expected)) {
            return cache.natives();
        }
        for (Path parent : List.of(Path.of(System.getProperty("java.io.tmpdir")), LAST_RESORT)) {
            try {
                Path own = Files.createTempDirectory(parent, "warpgrade-nvrtc");
                own.toFile().deleteOnExit();
                own.resolve(name).toFile().deleteOnExit();
                if (place(own, name, expected)) {
                    return own;
                }
            } catch (IOException e) {
                continue; // full or not writable: the next one
            }
        }
        throw new CompilerUnavailableException(
                "The CUDA compiler's binding (" + expected.length / 1024 + " KB) can be written neither into "
                        + cache.natives() + " nor into the temporary folder: is the disk full?");
    }

    private static byte[] bundled(String name) {
        try (InputStream in = JNvrtc.class.getResourceAsStream("/lib/" + name)) {
            if (in == null) {
                throw new CompilerUnavailableException("This build brings no " + name + ", so it cannot compile here.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new CompilerUnavailableException("The CUDA compiler's binding " + name + " cannot be read.", e);
        }
    }

    private static boolean holds(Path file, byte[] expected) {
        try {
            return Files.size(file) == expected.length && Arrays.equals(Files.readAllBytes(file), expected);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean place(Path folder, String name, byte[] bytes) {
        try {
            Files.createDirectories(folder);
            Path partial = Files.createTempFile(folder, name, ".part");
            try {
                Files.write(partial, bytes);
                Files.move(
                        partial,
                        folder.resolve(name),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(partial);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
