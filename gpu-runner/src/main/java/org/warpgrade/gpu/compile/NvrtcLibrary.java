package org.warpgrade.gpu.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * NVRTC on disk, version 12.6 or a later 12.x.
 *
 * @param compiler {@code libnvrtc.so.12}
 * @param builtins {@code libnvrtc-builtins.so.12.x}, to be loaded first
 * @param version as exact as the file names tell: {@code 12.6.77}
 * @param origin where it was found, for people
 */
public record NvrtcLibrary(Path compiler, Path builtins, String version, String origin) {

    /** The oldest minor version of 12 that compiles what this package needs. */
    private static final int LEAST_MINOR = 6;

    private static final Pattern FULL_VERSION = Pattern.compile("libnvrtc\\.so\\.(12\\.(\\d+)(?:\\.\\d+)*)");
    private static final Pattern BUILTINS_VERSION =
            Pattern.compile("libnvrtc-builtins\\.so\\.(12\\.(\\d+))(?:\\.\\d+)*");

    /**
     * Finds NVRTC: the folder named by {@code WARPGRADE_NVRTC} or the system property {@code warpgrade.nvrtc}, the user's
     * cache, a CUDA toolkit of the system; failing all these, fetches it once.
     *
     * @throws CompilerUnavailableException with one sentence if there is none and it cannot be fetched
     */
    public static NvrtcLibrary locate(CacheFolder cache, Progress progress) {
        Optional<NvrtcLibrary> found = find(cache);
        if (found.isPresent()) {
            return found.get();
        }
        if (!isLinux64()) {
            throw new CompilerUnavailableException(
                    "WarpGrade brings its own CUDA compiler for 64-bit x86 Linux only; on "
                            + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                            + " point WARPGRADE_NVRTC at a folder with NVRTC 12.6.");
        }
        new PinnedNvrtc(cache.nvrtc()).install(new MavenArchive(), progress);
        return pinned(cache);
    }

    /** As {@link #locate}, but never fetches; empty if there is none on this machine. */
    public static Optional<NvrtcLibrary> find(CacheFolder cache) {
        return find(cache, System::getenv, System.getProperty("warpgrade.nvrtc"), systemFolders(System::getenv));
    }

    static Optional<NvrtcLibrary> find(
            CacheFolder cache,
            UnaryOperator<@Nullable String> environment,
            @Nullable String property,
            List<Path> system) {
        String chosen = property != null ? property : environment.apply("WARPGRADE_NVRTC");
        if (chosen != null && !chosen.isBlank()) {
            Path folder = Path.of(chosen);
            return Optional.of(in(folder, "WARPGRADE_NVRTC")
                    .orElseThrow(() -> new CompilerUnavailableException("WARPGRADE_NVRTC names " + folder
                            + ", but there is no NVRTC 12.6 or later 12.x with its builtins library in it.")));
        }
        if (new PinnedNvrtc(cache.nvrtc()).ready()) {
            return Optional.of(pinned(cache));
        }
        return system.stream()
                .flatMap(folder -> in(folder, "the system").stream())
                .findFirst();
    }

    private static NvrtcLibrary pinned(CacheFolder cache) {
        return new NvrtcLibrary(
                cache.nvrtc().resolve(PinnedNvrtc.COMPILER.name()),
                cache.nvrtc().resolve(PinnedNvrtc.BUILTINS.name()),
                PinnedNvrtc.VERSION,
                "the cache");
    }

    /** The pair of libraries in a folder, if it is a usable version. */
    static Optional<NvrtcLibrary> in(Path folder, String origin) {
        Path compiler = folder.resolve("libnvrtc.so.12");
        if (!Files.isRegularFile(compiler)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> builtins = files.filter(
                            file -> minor(BUILTINS_VERSION, file.getFileName().toString()) >= LEAST_MINOR)
                    .sorted()
                    .toList();
            Matcher full =
                    FULL_VERSION.matcher(compiler.toRealPath().getFileName().toString());
            if (full.matches()) {
                String minorOfCompiler = "12." + full.group(2);
                return builtins.stream()
                        .filter(file -> file.getFileName().toString().contains(".so." + minorOfCompiler))
                        .findFirst()
                        .map(file -> new NvrtcLibrary(compiler, file, full.group(1), origin + " (" + folder + ")"));
            }
            return builtins.stream().findFirst().map(file -> {
                Matcher version = BUILTINS_VERSION.matcher(file.getFileName().toString());
                String minor = version.matches() ? version.group(1) : "12";
                return new NvrtcLibrary(compiler, file, minor, origin + " (" + folder + ")");
            });
        } catch (IOException e) {
            return Optional.empty(); // an unreadable folder is as good as none
        }
    }

    private static int minor(Pattern pattern, String name) {
        Matcher matcher = pattern.matcher(name);
        return matcher.matches() ? Integer.parseInt(matcher.group(2)) : -1;
    }

    /** Tells this compiler from others without loading it. */
    String identity() {
        try {
            return version + " " + Files.size(compiler) + " " + Files.size(builtins);
        } catch (IOException e) {
            throw new CompilerUnavailableException("The CUDA compiler " + compiler + " cannot be read.", e);
        }
    }

    private static boolean isLinux64() {
        String arch = System.getProperty("os.arch");
        return System.getProperty("os.name").startsWith("Linux") && (arch.equals("amd64") || arch.equals("x86_64"));
    }

    /** Folders in which a CUDA 12.6 toolkit keeps its libraries, most specific first. */
    static List<Path> systemFolders(UnaryOperator<@Nullable String> environment) {
        List<Path> folders = new ArrayList<>();
        for (String variable : List.of("CUDA_HOME", "CUDA_PATH")) {
            String home = environment.apply(variable);
            if (home != null && !home.isBlank()) {
                addToolkit(folders, Path.of(home));
            }
        }
        try (Stream<Path> local = Files.list(Path.of("/usr/local"))) {
            local.filter(path -> path.getFileName().toString().startsWith("cuda-12."))
                    .sorted(Comparator.reverseOrder())
                    .forEach(path -> addToolkit(folders, path));
        } catch (IOException e) {
            addToolkit(folders, Path.of("/usr/local/cuda-12.6"));
        }
        addToolkit(folders, Path.of("/usr/local/cuda"));
        String libraryPath = environment.apply("LD_LIBRARY_PATH");
        if (libraryPath != null) {
            for (String part : libraryPath.split(":")) {
                if (part.startsWith("/")) {
                    folders.add(Path.of(part));
                }
            }
        }
        folders.add(Path.of("/usr/lib/x86_64-linux-gnu"));
        folders.add(Path.of("/usr/lib64"));
        return folders;
    }

    private static void addToolkit(List<Path> folders, Path home) {
        folders.add(home.resolve("lib64"));
        folders.add(home.resolve("targets/x86_64-linux/lib"));
    }
}
