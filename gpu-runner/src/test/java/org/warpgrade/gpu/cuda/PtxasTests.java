package org.warpgrade.gpu.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.compile.CompileRequest;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.compile.Progress;

/**
 * What the driver will be given goes through NVIDIA's own assembler, for every architecture from 8.0 on. Takes some minutes
 * and a toolkit's {@code ptxas}, so it runs only when asked for: {@code -Dtest=PtxasTests -Dtests.excluded=gpu}.
 */
@Tag("slow")
class PtxasTests {

    private static final List<String> ARCHITECTURES =
            List.of(System.getProperty("ptxas.architectures", "sm_80,sm_90,sm_100,sm_120")
                    .split(","));
    /** What differs between mutants and their references is nothing that an architecture minds. */
    private static final List<String> ONE = List.of("sm_90");

    private static final Pattern ASSIGNMENT = Pattern.compile("(?m)^\\s*//\\s*assignment:\\s*(\\S+)");
    private static final Pattern TARGET = Pattern.compile("(?m)^\\s*\\.target\\s+sm_(\\d+)(\\w?)");

    private final Path home = Path.of(System.getProperty("warpgrade.home", ".."));
    private final List<String> refused = new ArrayList<>();
    private int assembled;

    @TempDir
    private Path folder;

    @Test
    void takes_every_reference() throws IOException, InterruptedException {
        sources("reference-impls/cuda", ARCHITECTURES);
        assertThat(refused).isEmpty();
        assertThat(assembled).isGreaterThan(100);
    }

    @Test
    void takes_every_mutant() throws IOException, InterruptedException {
        sources("reference-impls/mutants", ONE);
        assertThat(refused).isEmpty();
    }

    @Test
    void takes_every_exploit_and_control_that_compiles() throws IOException, InterruptedException {
        sources("reference-impls/exploits", ONE);
        assertThat(refused).isEmpty();
    }

    @Test
    void takes_every_sample() throws IOException, InterruptedException {
        for (Path file : files("gpu-runner/src/test/resources/ptx-samples", ".ptx")) {
            String text = Files.readString(file);
            for (String architecture : List.of("sm_90", "sm_120")) {
                assemble(home.relativize(file).toString(), PreparedPtx.of(text, 13000), architecture);
            }
        }
        assertThat(refused).isEmpty();
    }

    private List<Path> files(String below, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(home.resolve(below))) {
            return all.filter(f -> f.toString().endsWith(ending)).sorted().toList();
        }
    }

    private void sources(String below, List<String> architectures) throws IOException, InterruptedException {
        try (NvrtcCompiler compiler = NvrtcCompiler.ofUser(Progress.silent())) {
            for (Path file : files(below, ".cu")) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
                    text = Files.readString(file, StandardCharsets.UTF_8);
                }
                CompileRequest request =
                        CompileRequest.of(new CudaSource(file.getFileName().toString(), text));
                Path driver = driver(text, file);
                if (Files.exists(driver)) {
                    request = request.withDriver(new CudaSource("driver.cu", Files.readString(driver)));
                }
                if (compiler.compile(request) instanceof Program program) {
                    for (String architecture : architectures) {
                        assemble(home.relativize(file).toString(), PreparedPtx.of(program.ptx(), 13000), architecture);
                    }
                }
            }
        }
    }

    private Path driver(String text, Path file) throws IOException {
        Matcher named = ASSIGNMENT.matcher(text);
        String id =
                named.find() ? named.group(1) : file.getParent().getFileName().toString();
        try (Stream<Path> tracks = Files.list(home.resolve("assignments/catalog"))) {
            return tracks.map(track -> track.resolve(id).resolve("driver.cu"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElse(folder.resolve("none"));
        }
    }

    private void assemble(String name, String ptx, String architecture) throws IOException, InterruptedException {
        Matcher target = TARGET.matcher(ptx);
        int wanted = Integer.parseInt(architecture.substring(3));
        if (target.find()
                && (Integer.parseInt(target.group(1)) > wanted
                        || !target.group(2).isEmpty())) {
            return; // written for newer hardware, or for one architecture alone
        }
        Path file = Files.writeString(folder.resolve("prepared.ptx"), ptx);
        Process process;
        try {
            process = new ProcessBuilder("ptxas", "-arch=" + architecture, "-o", "/dev/null", file.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "no ptxas on the PATH");
            throw e;
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() == 0) {
            assembled++;
        } else {
            refused.add(
                    architecture + " " + name + ": " + said.lines().findFirst().orElse(""));
        }
    }
}
