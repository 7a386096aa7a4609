package org.warpgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.engine.result.ResultJson;

/** Dry runs on a repository that the test makes. */
class PrCommandTests {

    private static final Path HOME = Path.of(System.getProperty("warpgrade.home", "../.."));

    @TempDir
    private Path folder;

    private Path repository;
    private Path out;

    @BeforeEach
    void a_class_repository() throws Exception {
        repository = Files.createDirectory(folder.resolve("class"));
        out = folder.resolve("out");
        git("init", "-q", "-b", "main");
        write("amelie/cuda-saxpy.cu", Files.readString(HOME.resolve("assignments/catalog/cud/cuda-saxpy/starter.cu")));
        write("amelie/op-softmax.cu", Files.readString(HOME.resolve("assignments/catalog/ops/op-softmax/starter.cu")));
        write("Jenkinsfile", "pipeline {}\n");
        write("graders/checks/SaxpyChecks.java", "class SaxpyChecks {}\n");
        commit("start");
        git("checkout", "-q", "-b", "work");
    }

    @Test
    void only_what_the_pull_request_touches_is_graded_and_a_tampered_harness_has_no_effect() throws Exception {
        Path reference = HOME.resolve("reference-impls/cuda/cuda-saxpy/1-naive.cu");
        write("amelie/cuda-saxpy.cu", "// assignment: cuda-saxpy\n" + Files.readString(reference));
        write("Jenkinsfile", "pipeline { everybody passes }\n");
        write("graders/checks/SaxpyChecks.java", "class SaxpyChecks { /* always 100 */ }\n");
        write(".ci/run", "exit 0\n");
        write(".gitattributes", "*.cu filter=evil\n");
        write("notes.txt", "hello\n");
        commit("hand in");
        git("checkout", "-q", "main");

        Session session = pr("--head", "work");

        assertThat(session.err()).isEmpty();
        assertThat(session.status()).isZero();
        assertThat(ResultJson.read(out.resolve("amelie-cuda-saxpy.cu/result.json"))
                        .score()
                        .earned())
                .isEqualTo(100);
        assertThat(out.resolve("amelie-op-softmax.cu")).doesNotExist();
        assertThat(out.resolve("amelie-cuda-saxpy.cu/junit.xml")).content().contains("failures=\"0\" errors=\"0\"");
        assertThat(out.resolve("amelie-cuda-saxpy.cu/report.sarif")).isRegularFile();
        assertThat(out.resolve("summary.md"))
                .content()
                .contains("They had no effect here; a person should look at them: `.ci/run`, `.gitattributes`, "
                        + "`Jenkinsfile`, `graders/checks/SaxpyChecks.java`")
                .contains("Not graded, because they are no submissions: `notes.txt`")
                .contains("100 / 100");
    }

    @Test
    void links_and_large_files_are_refused() throws Exception {
        Files.createSymbolicLink(repository.resolve("amelie/link.cu"), Path.of("nowhere"));
        write("amelie/large.cu", "x".repeat((1 << 20) + 1));
        commit("attack");

        Session session = pr("--head", "work");

        assertThat(session.status()).isEqualTo(1);
        assertThat(out.resolve("summary.md"))
                .content()
                .contains("`amelie/link.cu` is not graded: it is a symbolic link.")
                .contains("`amelie/large.cu` is not graded: it has more than 1048576 bytes.")
                .contains("nothing was graded");
    }

    @Test
    void what_happened_on_main_meanwhile_is_not_the_pull_requests() throws Exception {
        write("amelie/notes.txt", "x\n");
        commit("mine");
        git("checkout", "-q", "main");
        write("bo/cuda-saxpy.cu", "// assignment: cuda-saxpy\n");
        commit("bo");

        Session session = pr("--head", "work");

        assertThat(session.status()).isZero();
        assertThat(session.out()).contains("This pull request changes no submission; nothing was graded.");
        assertThat(session.out()).doesNotContain("bo/");
    }

    @Test
    void an_unknown_revision_is_a_usage_mistake() throws Exception {
        Session session = pr("--head", "--output=/tmp/x");

        assertThat(session.status()).isEqualTo(2);
    }

    @Test
    void a_missing_base_is_told_in_one_sentence() throws Exception {
        Session session = Session.of("pr", "--base", "nowhere", "--repository", repository.toString());

        assertThat(session.status()).isEqualTo(2);
        assertThat(session.err().strip())
                .isEqualTo("warpgrade: there is no revision 'nowhere' in " + repository.toAbsolutePath() + ".");
    }

    private Session pr(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "pr",
                "--base",
                "main",
                "--repository",
                repository.toString(),
                "--out",
                out.toString(),
                "--lang",
                "en"));
        arguments.addAll(List.of(more));
        return Session.of(arguments.toArray(String[]::new));
    }

    private void write(String path, String text) throws IOException {
        Path file = repository.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void commit(String message) throws Exception {
        git("-c", "core.autocrlf=false", "add", "-A");
        git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", message);
    }

    private void git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }
}
