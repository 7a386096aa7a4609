package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.RunOutcome.Completed;
import org.warpgrade.gpu.RunSettings;

/**
 * Two blocks add to one number through accesses that are no race to the letter and no single update either. Run one after the
 * other, as a plain run does, both arrive; a watched run lets each look before the other has written.
 */
class LostUpdatesTests {

    @ParameterizedTest
    @CsvSource({
        "by_volatile, 1",
        "by_exchange, 1",
        "by_a_glance_and_an_exchange, 1",
        "by_one_try, 1",
        "by_atomic_add, 2",
        "under_a_lock, 2"
    })
    void are_seen_where_others_run_in_between(String entry, int watched) throws IOException {
        assertThat(sum(entry, false)).isEqualTo(2);
        assertThat(sum(entry, true)).isEqualTo(watched);
    }

    private static int sum(String entry, boolean watched) throws IOException {
        DeviceBuffer sum = DeviceBuffer.ints("sum", Access.INOUT, new int[2], 2);
        Completed run = (Completed) Kernels.run(
                Executor.LANE_LOOPS,
                "/kernels/lost-updates.cu",
                new Call(entry, List.of(Argument.pointer(sum))),
                RunSettings.defaults().withSanitize(watched));
        return run.buffers().ints(sum)[0];
    }
}
