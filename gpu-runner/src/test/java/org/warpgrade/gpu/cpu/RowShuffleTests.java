package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shuffles of whole warps whose results are fetched late, among values that change meanwhile. */
class RowShuffleTests {

    private static void computes(Executor executor, String body, UnaryOperator<int[]> expected) {
        int[] start = each(i -> i * 37 + 5);
        assertThat(Exchange.run(executor, Exchange.ptx("%r1", body), start)).isEqualTo(expected.apply(start));
    }

    private static int[] each(IntUnaryOperator value) {
        int[] all = new int[Exchange.THREADS];
        Arrays.setAll(all, value);
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void a_value_that_was_sent_may_change_before_others_have_it(Executor executor) {
        String body = """
                    mov.u32 %r2, 3;
                again:
                    shfl.sync.bfly.b32 %r3, %r1, 1, 31, 0xffffffff;
                    mad.lo.s32 %r1, %r1, 3, %r3;
                    add.s32 %r2, %r2, -1;
                    setp.ne.s32 %p1, %r2, 0;
                    @%p1 bra again;
                """;
        computes(executor, body, values -> {
            int[] now = values;
            for (int round = 0; round < 3; round++) {
                int[] before = now;
                now = each(i -> before[i] * 3 + before[i ^ 1]);
            }
            return now;
        });
    }

    @ParameterizedTest
    @EnumSource
    void what_was_received_is_there_after_other_shuffles_and_can_be_sent_on(Executor executor) {
        String body = """
                    shfl.sync.down.b32 %r2, %r1, 1, 31, 0xffffffff;
                    shfl.sync.bfly.b32 %r3, %r1, 16, 31, 0xffffffff;
                    shfl.sync.idx.b32 %r4, %r2, 7, 31, 0xffffffff;
                    add.s32 %r1, %r1, %r2;
                    mad.lo.s32 %r1, %r3, 5, %r1;
                    mad.lo.s32 %r1, %r4, 11, %r1;
                """;
        computes(
                executor,
                body,
                values -> each(i ->
                        values[i] + values[Math.min(i + 1, i | 31)] + 5 * values[i ^ 16] + 11 * values[(i & ~31) + 8]));
    }

    @ParameterizedTest
    @EnumSource
    void a_register_may_receive_what_it_sends(Executor executor) {
        String body = """
                    shfl.sync.up.b32 %r1, %r1, 2, 0, 0xffffffff;
                    shfl.sync.bfly.b32 %r1, %r1, 3, 31, 0xffffffff;
                """;
        computes(executor, body, values -> {
            int[] up = each(i -> values[i % 32 < 2 ? i : i - 2]);
            return each(i -> up[i ^ 3]);
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_warp_that_jumps_behind_a_shuffle_keeps_what_it_has(Executor executor) {
        String body = """
                    mov.u32 %r2, 0;
                    mov.u32 %r3, 100;
                    mov.u32 %r4, 0;
                    bra behind;
                again:
                    shfl.sync.bfly.b32 %r3, %r1, 1, 31, 0xffffffff;
                behind:
                    bar.warp.sync 0xffffffff;
                    add.s32 %r4, %r4, %r3;
                    add.s32 %r2, %r2, 1;
                    setp.lt.s32 %p1, %r2, 3;
                    @%p1 bra again;
                    mov.u32 %r1, %r4;
                """;
        computes(executor, body, values -> each(i -> 100 + 2 * values[i ^ 1]));
    }

    @ParameterizedTest
    @EnumSource
    void lanes_that_arrive_one_after_the_other_receive_the_same(Executor executor) {
        String body = """
                    mov.u32 %r2, %laneid;
                    setp.lt.u32 %p1, %r2, 9;
                    @%p1 bra early;
                    mul.lo.s32 %r1, %r1, 3;
                    bar.warp.sync 0xfffffe00;
                early:
                    shfl.sync.bfly.b32 %r3, %r1, 4, 31, 0xffffffff;
                    add.s32 %r1, %r1, %r3;
                """;
        computes(executor, body, values -> {
            int[] sent = each(i -> i % 32 < 9 ? values[i] : 3 * values[i]);
            return each(i -> sent[i] + sent[i ^ 4]);
        });
    }
}
