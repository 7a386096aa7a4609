package org.warpgrade.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.warpgrade.assignments.ClassPlan.Telling;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.engine.result.GradingResult.Score;
import org.warpgrade.engine.result.Redaction;
import org.warpgrade.engine.result.Verdict;
import org.warpgrade.reports.gradebook.GradescopeJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GradescopeTests {

    private static JsonNode json(Telling hidden) {
        return JsonMapper.shared().readTree(GradescopeJson.render(Results.failed(), hidden, "en"));
    }

    @Test
    void every_check_is_a_test_and_the_platform_holds_back_the_hidden_ones() {
        JsonNode json = json(Telling.AFTER_DUE);

        assertThat(json.get("score").asInt()).isEqualTo(40);
        assertThat(json.get("stdout_visibility").asString()).isEqualTo("hidden");
        JsonNode open = json.get("tests").get(0);
        assertThat(open.get("name").asString()).isEqualTo("Softmax of 1, 2, 3");
        assertThat(open.get("status").asString()).isEqualTo("passed");
        assertThat(open.get("max_score").asInt()).isEqualTo(20);
        assertThat(open.get("visibility").asString()).isEqualTo("visible");
        assertThat(json.get("tests").get(1).get("visibility").asString()).isEqualTo("after_due_date");
    }

    @Test
    void each_way_of_telling_has_its_word() {
        assertThat(List.of(Telling.values()))
                .extracting(telling ->
                        json(telling).get("tests").get(1).get("visibility").asString())
                .containsExactly("visible", "after_due_date", "after_published", "hidden");
    }

    @Test
    void before_hidden_checks_are_told_of_points_and_verdict_are_those_of_public_ones() {
        GradingResult shown = Redaction.withoutHidden(Results.failed(), new Text("Later.", "以后。"));

        assertThat(shown.checks()).extracting(CheckResult::id).containsExactly("P1");
        assertThat(shown.score()).isEqualTo(new Score(20, 20));
        assertThat(shown.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(shown.seed()).isNull();
        assertThat(shown.kernels()).isEmpty();
        assertThat(shown.message().en()).isEqualTo("Later.");
    }
}
