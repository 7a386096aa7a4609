package org.warpgrade.engine.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreTests {

    private static final Score SCORE = new Score(Map.of(
            Fate.KILLED,
            98,
            Fate.SURVIVED,
            1,
            Fate.UNCLEAR,
            1,
            Fate.EQUIVALENT,
            7,
            Fate.SAME_CODE,
            5,
            Fate.DUPLICATE,
            3,
            Fate.NOT_COMPILED,
            2));

    @Test
    void counts_what_ought_to_be_killed() {
        assertThat(SCORE.all()).isEqualTo(117);
        assertThat(SCORE.relevant()).isEqualTo(100);
        assertThat(SCORE.share()).isEqualTo(0.98);
    }

    @Test
    void has_wilsons_interval() {
        // 98 of 100, as R's prop.test(98, 100, correct = FALSE) gives it.
        assertThat(SCORE.interval().low()).isCloseTo(0.9300, within(5e-5));
        assertThat(SCORE.interval().high()).isCloseTo(0.9945, within(5e-5));
    }

    @Test
    void a_misjudged_mutant_was_killed() {
        assertThat(new Score(Map.of(Fate.MISJUDGED, 1, Fate.KILLED, 1)).share()).isEqualTo(1);
    }

    @Test
    void adds_up() {
        assertThat(SCORE.plus(SCORE).relevant()).isEqualTo(200);
    }
}
