package org.warpgrade.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The workflow of GitHub Actions as YAML, and its script run for real. */
class WorkflowTests {

    private static final Path HOME = Path.of(System.getProperty("warpgrade.home", "../.."));

    private final JsonNode workflow = YAMLMapper.shared().readTree(HOME.resolve(".github/workflows/pull-request.yml"));

    private List<JsonNode> steps() {
        List<JsonNode> steps = new ArrayList<>();
        workflow.path("jobs").forEach(job -> job.path("steps").forEach(steps::add));
        return steps;
    }

    private String script() {
        return steps().stream()
                .filter(step -> step.path("name").asString("").equals("Grade"))
                .map(step -> step.path("run").asString())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void comes_from_the_protected_branch_and_starts_without_rights() {
        assertThat(workflow.path("on").propertyNames()).containsExactly("pull_request_target");
        assertThat(workflow.path("permissions").isObject()).isTrue();
        assertThat(workflow.path("permissions").size()).isZero();
        for (JsonNode job : workflow.path("jobs")) {
            assertThat(job.path("timeout-minutes").isInt()).isTrue();
            assertThat(job.path("runs-on").asString()).isEqualTo("ubuntu-latest");
        }
        assertThat(workflow.at("/jobs/grade/permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
    }

    @Test
    void checks_out_nothing_but_the_pinned_harness() {
        List<JsonNode> checkouts = steps().stream()
                .filter(step -> step.path("uses").asString("").startsWith("actions/checkout@"))
                .toList();

        assertThat(checkouts).hasSize(1);
        JsonNode with = checkouts.getFirst().path("with");
        assertThat(with.path("repository").asString()).isEqualTo("${{ vars.WARPGRADE_REPOSITORY }}");
        assertThat(with.path("ref").asString()).isEqualTo("${{ vars.WARPGRADE_COMMIT }}");
        assertThat(with.path("persist-credentials").asBoolean()).isFalse();
    }

    @Test
    void no_script_has_holes_that_a_pull_request_fills() {
        assertThat(steps())
                .filteredOn(step -> step.has("run"))
                .isNotEmpty()
                .allSatisfy(step -> assertThat(step.path("run").asString()).doesNotContain("${{"));
    }

    @Test
    void every_step_is_an_action_or_a_script() {
        assertThat(steps()).isNotEmpty().allMatch(step -> step.has("uses") != step.has("run"));
    }

    @Test
    void its_script_runs_the_harness_and_no_file_of_the_pull_request(@TempDir Path folder) throws Exception {
        ScratchRepositories scratch = new ScratchRepositories(folder);
        Files.createDirectories(folder.resolve("workspace/harness"));
        Files.createFile(folder.resolve("step-summary"));
        scratch.run(
                "sh",
                "git clone -q '" + scratch.harness + "' h && git -C h checkout -q " + scratch.harnessCommit
                        + " && cp h/warpgrade harness/warpgrade",
                Map.of());

        int status = scratch.run(
                "bash",
                script(),
                Map.of(
                        "REPOSITORY",
                        scratch.classes.toUri().toString(),
                        "TOKEN",
                        "s3cret",
                        "NUMBER",
                        "7",
                        "BASE",
                        scratch.base,
                        "HEAD",
                        scratch.head,
                        "GITHUB_STEP_SUMMARY",
                        folder.resolve("step-summary").toString()));

        assertThat(status).as(scratch.read("log")).isZero();
        assertThat(scratch.read("called"))
                .isEqualTo("pr --repository class.git --base " + scratch.base + " --head " + scratch.head
                        + " --device cpu --out out\n");
        assertThat(scratch.read("environment")).doesNotContain("s3cret");
        assertThat(scratch.read("step-summary")).isEqualTo("### 100\n");
        assertThat(folder.resolve("EVIL")).doesNotExist();
    }
}
