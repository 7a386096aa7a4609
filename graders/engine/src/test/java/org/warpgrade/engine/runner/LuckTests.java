package org.warpgrade.engine.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.warpgrade.engine.FakeDevice;
import org.warpgrade.engine.Softmax;
import org.warpgrade.engine.bench.TimeBudget;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;

/** H2 of the engine's own checks has the long rows. */
class LuckTests {

    private static final int LONG_ROWS = 1025;

    private static Finding race(String kernel) {
        return new Finding(
                FindingKind.GLOBAL_RACE,
                Severity.ERROR,
                new SourceLocation("mine.cu", 7, 0),
                kernel,
                null,
                null,
                "races");
    }

    private static FakeDevice device(boolean raceInShort, boolean raceInLong) {
        return FakeDevice.running(memory -> {
            boolean isLong = memory.i32(3) == LONG_ROWS;
            memory.executed(isLong ? 45_000_000 : 1_000);
            if (memory.settings().sanitize() && (isLong ? raceInLong : raceInShort)) {
                memory.find(race("softmax_kernel"));
            }
            Softmax.right(memory);
        });
    }

    private static List<CheckOutcome> graded(FakeDevice device) {
        return new CheckRunner(id -> FakeSoftmaxChecks.class)
                .run(new CheckRunner.Task(
                        Softmax.assignment(),
                        Softmax.assignment().checks(),
                        Softmax.PROGRAM,
                        device,
                        5,
                        TimeBudget.standard(),
                        1));
    }

    @Test
    void a_kernel_caught_in_a_short_case_earns_nothing_in_a_long_one() {
        List<CheckOutcome> outcomes = graded(device(true, true));

        assertThat(outcomes).extracting(o -> o.result().status()).containsOnly(CheckStatus.FAILED);
        assertThat(outcomes).extracting(o -> o.result().earned()).containsOnly(0);
        assertThat(outcomes.get(2).result().message().en())
                .isEqualTo(
                        "The results are right, but by luck: long cases run without the sanitizers, and check P1 shows what"
                                + " is wrong with softmax_kernel (mine.cu:7): Data race in global memory.");
        assertThat(outcomes.get(2).result().message().zh())
                .isEqualTo("结果正确，但属侥幸：长用例运行时不启用检测工具，而检查 P1 显示 softmax_kernel (mine.cu:7) 有错误：全局内存数据竞争。");
    }

    @Test
    void a_kernel_that_was_watched_elsewhere_is_not_watched_again() {
        assertThat(graded(device(false, true)))
                .extracting(o -> o.result().status())
                .containsOnly(CheckStatus.PASSED);
    }

    @Test
    void a_kernel_that_only_long_cases_launch_is_watched_at_the_shortest() {
        FakeDevice device = FakeDevice.running(memory -> {
            int columns = memory.i32(3);
            memory.executed(45_000_000 + columns);
            if (memory.settings().sanitize() && columns == 1) {
                memory.find(race(null));
            }
            Softmax.right(memory);
        });

        List<CheckOutcome> outcomes = graded(device);

        assertThat(outcomes).extracting(o -> o.result().status()).containsOnly(CheckStatus.FAILED);
        assertThat(outcomes.get(1).result().message().en())
                .isEqualTo(
                        "The results are right, but by luck: long cases run without the sanitizers, and its shortest long"
                                + " case, watched once more, shows what is wrong with softmax_kernel (mine.cu:7): Data race in global"
                                + " memory.");
        assertThat(outcomes.get(0).result().message().en())
                .contains("check H1 shows what is wrong with softmax_kernel");
    }
}
