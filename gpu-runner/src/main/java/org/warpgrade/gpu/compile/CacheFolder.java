package org.warpgrade.gpu.compile;

import java.nio.file.Path;

/**
 * The folder of one user in which WarpGrade keeps what is expensive to make again.
 *
 * @param path need not exist yet, need not be writable
 */
public record CacheFolder(Path path) {

    /** {@code $XDG_CACHE_HOME/warpgrade}, else {@code ~/.cache/warpgrade}; system property {@code warpgrade.cache} wins. */
    public static CacheFolder ofUser() {
        String chosen = System.getProperty("warpgrade.cache");
        if (chosen != null && !chosen.isBlank()) {
            return new CacheFolder(Path.of(chosen));
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg != null && Path.of(xdg).isAbsolute()
                ? Path.of(xdg)
                : Path.of(System.getProperty("user.home"), ".cache");
        return new CacheFolder(base.resolve("warpgrade"));
    }

    Path nvrtc() {
        return path.resolve("nvrtc-" + PinnedNvrtc.VERSION);
    }

    Path compilations() {
        return path.resolve("compile");
    }

    Path natives() {
        return path.resolve("jcuda");
    }
}
