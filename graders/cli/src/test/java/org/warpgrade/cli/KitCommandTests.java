package org.warpgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.engine.check.GradedCheck;
import org.warpgrade.engine.runner.ChecksFinder;

/** Opens a real kit: nothing hidden is inside, and what is inside works. Takes half a minute. */
@Tag("slow")
class KitCommandTests {

    private static final Path HOME = Path.of(System.getProperty("warpgrade.home", "../.."));

    @TempDir
    private static Path folder;

    private static Session session;
    private static Path kit;

    /** Every file of the kit; what is inside of our archive, too, by name and content. */
    private static final Map<String, byte[]> CONTENT = new LinkedHashMap<>();

    @BeforeAll
    static void make() throws IOException {
        kit = folder.resolve("kit.zip");
        session = Session.of("kit", "--out", kit.toString(), "--lang", "en");
        assertThat(session.status()).as(session.err()).isZero();
        unzip(Files.readAllBytes(kit), "");
    }

    private static void unzip(byte[] archive, String prefix) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] bytes = zip.readAllBytes();
                CONTENT.put(prefix + entry.getName(), bytes);
                if (entry.getName().endsWith("warpgrade-kit.jar")) {
                    unzip(bytes, "jar:");
                }
            }
        }
    }

    @Test
    void holds_every_public_check_as_data() {
        assertThat(session.status()).as(session.err()).isZero();
        assertThat(session.err())
                .contains("warpgrade: op-softmax: P1 P2\n", "warpgrade: blk-encoder-layer: P1 P2\n")
                .doesNotContain("not in the kit");
        assertThat(CONTENT).containsKeys("jar:org/warpgrade/engine/kit/op-softmax.json", "warpgrade-kit/README.md");
    }

    @Test
    void holds_no_class_of_checks_oracles_or_the_gate() {
        assertThat(CONTENT.keySet())
                .noneMatch(name -> name.matches("(jar:)?org/warpgrade/checks/(?!kit/).+"))
                .noneMatch(
                        name -> name.matches("(jar:)?org/warpgrade/reference/oracle/(?!OracleTensor|package-info).+"))
                .noneMatch(name ->
                        name.contains("/mutants/") || name.contains("reference-impls") || name.contains("exploit"))
                .noneMatch(name -> name.endsWith(".java"));
        assertThat(CONTENT.keySet().stream().filter(name -> name.endsWith(".cu")))
                .allMatch(
                        name -> name.matches(
                                "warpgrade-kit/assignments/catalog/\\w+/[\\w-]+/(starter|driver)\\.cu|jar:org/warpgrade/gpu/.*"));
    }

    @Test
    void holds_no_name_of_a_hidden_check_and_no_line_of_a_solution() throws Exception {
        TreeSet<String> secrets = new TreeSet<>();
        ChecksFinder finder = ChecksFinder.onClassPath();
        for (Assignment assignment : Catalog.of(HOME).assignments()) {
            for (Method method : finder.checksOf(assignment.id()).getDeclaredMethods()) {
                GradedCheck check = method.getAnnotation(GradedCheck.class);
                // a name of one word, such as "windows", is no secret
                if (check != null
                        && method.getName().contains("_")
                        && assignment.check(check.value()).orElseThrow().visibility() == Visibility.HIDDEN) {
                    secrets.add(method.getName());
                }
            }
        }
        try (Stream<Path> rungs = Files.walk(HOME.resolve("reference-impls"))) {
            for (Path file : rungs.filter(f -> f.toString().endsWith(".cu")).toList()) {
                Files.readString(file)
                        .lines()
                        .filter(line -> line.startsWith("// mutant:") || line.startsWith("// Rung"))
                        .forEach(secrets::add);
            }
        }
        try (Stream<Path> oracles =
                Files.list(HOME.resolve("reference-impls/src/main/java/org/warpgrade/reference/oracle"))) {
            oracles.map(f -> f.getFileName().toString().replace(".java", ""))
                    .filter(name -> name.endsWith("Oracle"))
                    .forEach(name -> secrets.add("reference/oracle/" + name));
        }
        assertThat(secrets).hasSizeGreaterThan(400);

        List<String> found = new ArrayList<>();
        CONTENT.forEach((name, bytes) -> {
            if (name.startsWith("jar:") || !name.endsWith(".jar")) {
                String text = new String(bytes, StandardCharsets.ISO_8859_1);
                secrets.stream().filter(text::contains).forEach(secret -> found.add(name + ": " + secret));
            }
        });
        assertThat(found).isEmpty();
    }

    @Test
    void check_works_from_the_commands_of_its_readme() throws Exception {
        Path unpacked = folder.resolve("unpacked");
        for (Map.Entry<String, byte[]> file : CONTENT.entrySet()) {
            if (!file.getKey().startsWith("jar:")) {
                Path target = unpacked.resolve(file.getKey());
                Files.createDirectories(target.getParent());
                Files.write(target, file.getValue());
            }
        }
        Path root = unpacked.resolve("warpgrade-kit");
        assertThat(root.resolve("README.md")).content().contains("sh warpgrade start op-softmax", "sh warpgrade check");

        Run started = run(root, "sh", "warpgrade", "start", "op-softmax");
        Run starter = run(root, "sh", "warpgrade", "check", "op-softmax/op-softmax.cu", "--lang", "en");
        Files.copy(HOME.resolve("reference-impls/cuda/op-softmax/1-naive.cu"), root.resolve("op-softmax/solved.cu"));
        Run solved = run(root, "sh", "warpgrade", "check", "op-softmax/solved.cu", "--lang", "en");

        assertThat(started.status()).as(started.said()).isZero();
        assertThat(starter.status()).as(starter.said()).isEqualTo(1);
        assertThat(starter.said()).contains("expected");
        assertThat(solved.status()).as(solved.said()).isZero();
        assertThat(solved.said()).contains("✓ P1").contains("✓ P2").doesNotContain("H1");
    }

    private record Run(int status, String said) {}

    private static Run run(Path folder, String... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        try (InputStream in = process.getInputStream()) {
            String said = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), said);
        }
    }
}
