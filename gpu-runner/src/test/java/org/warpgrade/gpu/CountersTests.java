package org.warpgrade.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CountersTests {

    private static final Counters STRIDED =
            Counters.of(Map.of(Metric.GLOBAL_LOAD_REQUESTS, 2, Metric.GLOBAL_LOAD_SECTORS, 64));

    private static final Counters COALESCED =
            Counters.of(Map.of(Metric.GLOBAL_LOAD_REQUESTS, 6, Metric.GLOBAL_LOAD_SECTORS, 24));

    @Test
    void a_ratio_of_a_sum_is_the_ratio_of_the_sums() {
        assertThat(STRIDED.get(Metric.LOAD_SECTORS_PER_REQUEST)).isEqualTo(32);
        assertThat(STRIDED.plus(COALESCED).get(Metric.LOAD_SECTORS_PER_REQUEST)).isEqualTo(88.0 / 8);
    }

    @Test
    void scaling_leaves_ratios_alone() {
        Counters scaled = COALESCED.times(2.5);

        assertThat(scaled.get(Metric.GLOBAL_LOAD_REQUESTS)).isEqualTo(15);
        assertThat(scaled.get(Metric.LOAD_SECTORS_PER_REQUEST)).isEqualTo(4);
    }

    @Test
    void a_ratio_of_nothing_is_no_number_but_code_without_branches_is_uniform() {
        assertThat(Counters.none().get(Metric.LOAD_SECTORS_PER_REQUEST)).isNaN();
        assertThat(Counters.none().get(Metric.BRANCH_EFFICIENCY)).isEqualTo(100);
        assertThat(Counters.none().metrics()).isEmpty();
    }

    @Test
    void names_are_those_of_nsight_compute_and_can_be_read_back() {
        assertThat(COALESCED.metrics())
                .containsExactly(
                        Map.entry("l1tex__t_requests_pipe_lsu_mem_global_op_ld.sum", 6.0),
                        Map.entry("l1tex__t_sectors_pipe_lsu_mem_global_op_ld.sum", 24.0),
                        Map.entry("l1tex__average_t_sectors_per_request_pipe_lsu_mem_global_op_ld.ratio", 4.0));
        assertThat(Counters.ofMetrics(COALESCED.metrics())).isEqualTo(COALESCED);
        assertThat(Metric.of("smsp__inst_executed.sum")).isEqualTo(Metric.INSTRUCTIONS);
        assertThatThrownBy(() -> Metric.of("gld")).hasMessage("no metric is called gld");
    }

    @Test
    void a_ratio_cannot_be_given() {
        assertThatThrownBy(() -> Counters.of(Map.of(Metric.ACTIVE_LANES, 3)))
                .hasMessage("ACTIVE_LANES follows from others");
    }
}
