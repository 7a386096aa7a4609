package org.warpgrade.gpu.compile;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Brings the redistributable archive with NVRTC into the local Maven repository, by the ordinary Maven client. */
final class MavenArchive implements PinnedNvrtc.Archive {

    private static final String VERSION = "12.6-9.5-1.5.11";
    private static final String COORDINATES = "org.bytedeco:cuda:" + VERSION + ":jar:linux-x86_64-redist";
    private static final String GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get";
    private static final long BYTES = 2_026_748_503L;
    private static final Pattern LOCAL_REPOSITORY =
            Pattern.compile("<localRepository>\\s*([^<]+?)\\s*</localRepository>");

    private final Path repository;

    MavenArchive() {
        this(localRepository());
    }

    MavenArchive(Path repository) {
        this.repository = repository;
    }

    @Override
    public Path fetch(Progress progress) {
        Path folder = repository.resolve("org/bytedeco/cuda").resolve(VERSION);
        Path jar = folder.resolve("cuda-" + VERSION + "-linux-x86_64-redist.jar");
        if (Files.isRegularFile(jar)) {
            progress.say("Unpacking the CUDA compiler NVRTC " + PinnedNvrtc.VERSION + " from " + jar + ".");
            return jar;
        }
        progress.say(
                "This machine has no CUDA 12.6 toolkit, so the compiler NVRTC is fetched once through Maven (2 GB, "
                        + COORDINATES + "); it is kept and later runs work offline.");
        download(folder, progress);
        if (!Files.isRegularFile(jar)) {
            throw new CompilerUnavailableException("Maven reported success but " + jar + " is not there.");
        }
        return jar;
    }

    private void download(Path folder, Progress progress) {
        Path work = null;
        try {
            work = Files.createTempDirectory("warpgrade-fetch");
            Path log = work.resolve("maven.log");
            Process maven = new ProcessBuilder(List.of(
                            maven(),
                            "-B",
                            "-q",
                            GOAL,
                            "-Dartifact=" + COORDINATES,
                            "-Dtransitive=false",
                            "-Dmaven.repo.local=" + repository))
                    .directory(work.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            maven.getOutputStream().close();
            try {
                while (!maven.waitFor(500, TimeUnit.MILLISECONDS)) {
                    progress.bytes("fetching NVRTC", bytesSoFar(folder), BYTES);
                }
            } finally {
                maven.destroy();
            }
            if (maven.exitValue() != 0) {
                throw new CompilerUnavailableException(
                        "The CUDA compiler NVRTC could not be fetched through Maven: " + firstError(log)
                                + " Install a CUDA 12.6 toolkit, or point WARPGRADE_NVRTC at a folder with "
                                + PinnedNvrtc.COMPILER.name() + ".");
            }
            progress.bytes("fetching NVRTC", BYTES, BYTES);
        } catch (IOException e) {
            throw new CompilerUnavailableException(
                    "The CUDA compiler NVRTC could not be fetched because Maven could not be started (" + e.getMessage()
                            + "); install Maven or a CUDA 12.6 toolkit.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompilerUnavailableException("Fetching the CUDA compiler NVRTC was interrupted.", e);
        } finally {
            delete(work);
        }
    }

    /** Maven writes to a temporary file beside the final one; the largest file is the one that grows. */
    private static long bytesSoFar(Path folder) {
        long largest = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*redist*")) {
            for (Path file : files) {
                largest = Math.max(largest, Files.size(file));
            }
        } catch (IOException e) {
            return largest; // the folder does not exist before the first byte
        }
        return largest;
    }

    private static String firstError(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("[ERROR]"))
                .map(line -> line.substring("[ERROR]".length()).strip())
                .filter(line -> !line.isEmpty())
                .findFirst()
                .map(line -> line.endsWith(".") ? line : line + ".")
                .orElse("it gave no reason.");
    }

    private static void delete(@Nullable Path work) {
        if (work == null) {
            return;
        }
        try {
            Files.deleteIfExists(work.resolve("maven.log"));
            Files.deleteIfExists(work);
        } catch (IOException e) {
            work.toFile().deleteOnExit();
        }
    }

    private static String maven() {
        String home = System.getenv("MAVEN_HOME");
        boolean windows = File.separatorChar == '\\';
        String name = windows ? "mvn.cmd" : "mvn";
        if (home != null && Files.isExecutable(Path.of(home, "bin", name))) {
            return Path.of(home, "bin", name).toString();
        }
        return name;
    }

    /** What the user's settings say, else {@code ~/.m2/repository}. */
    static Path localRepository() {
        String property = System.getProperty("maven.repo.local");
        if (property != null) {
            return Path.of(property);
        }
        Path home = Path.of(System.getProperty("user.home"));
        Path m2 = home.resolve(".m2");
        try {
            Matcher setting = LOCAL_REPOSITORY.matcher(Files.readString(m2.resolve("settings.xml")));
            if (setting.find()) {
                return Path.of(setting.group(1).replace("${user.home}", home.toString()));
            }
        } catch (IOException e) {
            return m2.resolve("repository"); // no settings is the usual case
        }
        return m2.resolve("repository");
    }
}
