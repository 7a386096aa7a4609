package org.warpgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What the pipelines promise, read out of their own text. */
class PipelineTests {

    private static final Path HOME = Path.of(System.getProperty("warpgrade.home", "../.."));

    private static String read(String file) {
        try {
            return Files.readString(HOME.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nested
    class GitHubActions {

        private final JsonNode workflow = new YAMLMapper().readTree(read(".github/workflows/pull-request.yml"));

        @Test
        void the_protected_branchs_workflow_runs_not_the_pull_requests() {
            assertThat(workflow.path("on").propertyNames()).containsExactly("pull_request_target");
        }

        @Test
        void nothing_of_the_pull_request_is_checked_out() {
            for (JsonNode step : workflow.at("/jobs/grade/steps")) {
                if (step.path("uses").asString("").startsWith("actions/checkout")) {
                    assertThat(step.at("/with/ref").asString()).isEqualTo("${{ vars.WARPGRADE_COMMIT }}");
                    assertThat(step.at("/with/persist-credentials").asBoolean(true))
                            .isFalse();
                }
            }
        }

        @Test
        void no_expression_stands_in_a_script() {
            assertThat(workflow.findValuesAsString("run")).isNotEmpty().noneMatch(script -> script.contains("${{"));
        }

        @Test
        void the_job_that_grades_may_write_nothing() {
            assertThat(workflow.path("permissions").size()).isZero();
            assertThat(workflow.at("/jobs/grade/permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
        }
    }

    @Nested
    class Jenkins {

        private final String file = read("Jenkinsfile");

        @Test
        void one_gpu_is_locked_not_all() {
            assertThat(file).contains("lock(label: 'gpu', quantity: 1, variable: 'GPU')");
        }

        @Test
        void every_stage_has_an_end() {
            assertThat(file.split("\\bstage\\(")).hasSize(4);
            assertThat(file.split("\\btimeout\\(time:")).hasSize(4);
        }

        @Test
        void no_credentials_and_no_parameter_in_a_script() {
            assertThat(file).doesNotContain("credentials(", "withCredentials", "checkout scm", "\"\"\"");
            assertThat(file.substring(file.indexOf("'''"), file.lastIndexOf("'''")))
                    .doesNotContain("${params");
        }

        @Test
        void brackets_and_quotes_are_balanced() {
            assertThat(unbalanced(file)).isEmpty();
        }

        /** Groovy's quotes, comments and brackets; what remains open at the end. */
        private Deque<Character> unbalanced(String groovy) {
            Deque<Character> open = new ArrayDeque<>();
            for (int i = 0; i < groovy.length(); i++) {
                char c = groovy.charAt(i);
                String quote = quoteAt(groovy, i);
                if (groovy.startsWith("//", i)) {
                    i = groovy.indexOf('\n', i);
                } else if (groovy.startsWith("/*", i)) {
                    i = groovy.indexOf("*/", i) + 1;
                } else if (!quote.isEmpty()) {
                    int end = groovy.indexOf(quote, i + quote.length());
                    assertThat(end).as("end of the text that begins at " + i).isPositive();
                    i = end + quote.length() - 1;
                } else if ("([{".indexOf(c) >= 0) {
                    open.push(")]}".charAt("([{".indexOf(c)));
                } else if (")]}".indexOf(c) >= 0) {
                    assertThat(open.isEmpty() ? ' ' : open.pop())
                            .as("bracket at " + i)
                            .isEqualTo(c);
                }
            }
            return open;
        }

        private String quoteAt(String groovy, int i) {
            return List.of("'''", "'", "\"").stream()
                    .filter(quote -> groovy.startsWith(quote, i))
                    .findFirst()
                    .orElse("");
        }
    }
}
