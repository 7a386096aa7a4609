package org.warpgrade.engine.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.warpgrade.assignments.Assignment.CheckSpec;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.engine.Softmax;

class CheckOrderTests {

    private static final List<CheckSpec> CHECKS = List.of(
            Softmax.check("P1", Visibility.PUBLIC),
            Softmax.check("H1", Visibility.HIDDEN),
            Softmax.check("H2", Visibility.HIDDEN));

    private final CheckOrder order = new CheckOrder();

    private List<String> on(String line) {
        return order.of(CHECKS, "1-naive.cu", line).stream().map(CheckSpec::id).toList();
    }

    @Test
    void is_the_assignments_at_first() {
        assertThat(on("a")).containsExactly("P1", "H1", "H2");
    }

    @Test
    void quick_checks_come_before_slow_ones() {
        order.passed("P1", 100);
        order.passed("H1", 10);
        order.passed("H2", 50);
        assertThat(on("a")).containsExactly("H1", "H2", "P1");
    }

    @Test
    void checks_that_killed_come_first_and_those_that_killed_on_the_line_before_all() {
        order.killed("H2", "1-naive.cu", "b");
        order.killed("H2", "1-naive.cu", "b");
        order.killed("H1", "1-naive.cu", "a");
        assertThat(on("a")).containsExactly("H1", "H2", "P1");
        assertThat(on("c")).containsExactly("H2", "H1", "P1");
    }
}
