package org.warpgrade.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.Verdict;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;

class MessagesTests {

    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    @Nested
    class Completeness {

        @Test
        void both_languages_have_the_same_keys() {
            assertThat(Messages.of("zh").keys()).isEqualTo(Messages.of("en").keys());
        }

        @Test
        void both_languages_fill_in_the_same_places() {
            for (String key : Messages.of("en").keys()) {
                assertThat(places(Messages.of("zh").text(key)))
                        .as(key)
                        .containsExactlyInAnyOrder(places(Messages.of("en").text(key)));
            }
        }

        @Test
        void every_verdict_status_severity_and_finding_has_a_name() {
            Arrays.stream(Verdict.values()).forEach(v -> assertNamed("verdict." + v.id()));
            Arrays.stream(CheckStatus.values()).forEach(s -> assertNamed("status." + s.id()));
            Arrays.stream(FindingKind.values()).forEach(k -> assertNamed("finding." + k.id()));
            Arrays.stream(Severity.values())
                    .forEach(s -> assertNamed("severity." + s.name().toLowerCase(java.util.Locale.ROOT)));
        }

        private void assertNamed(String key) {
            assertThat(Messages.of("en").has(key)).as(key).isTrue();
        }

        private String[] places(String sentence) {
            return PLACE.matcher(sentence)
                    .results()
                    .map(MatchResult::group)
                    .distinct()
                    .toArray(String[]::new);
        }
    }

    @Test
    void arguments_are_not_interpreted() {
        assertThat(Messages.of("en").text("first.more", "{0} $1 \\")).isEqualTo("See check {0} $1 \\ below");
    }

    @Test
    void a_missing_key_is_our_mistake() {
        assertThatThrownBy(() -> Messages.of("en").text("no.such"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no message 'no.such' in en");
    }
}
