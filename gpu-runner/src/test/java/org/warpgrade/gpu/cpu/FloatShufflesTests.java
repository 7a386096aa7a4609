package org.warpgrade.gpu.cpu;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.warpgrade.gpu.ptx.PtxParser;
import org.warpgrade.gpu.ptx.typed.CallLinker;
import org.warpgrade.gpu.ptx.typed.LinkedKernel;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.TypedModule;

/** Floats that are moved to bits, shuffled, and moved back; NaNs of arithmetic among them. */
class FloatShufflesTests {

    private static final String SHUFFLE = """
                mov.b32 %r1, %f1;
                shfl.sync.bfly.b32 %r2, %r1, 1, 31, 0xffffffff;
                mov.b32 %f2, %r2;
            """;

    private static long floatShuffles(String body) {
        TypedModule module = new TypedModule(PtxParser.parse(Exchange.ptx("%f1", body), "test.cu"));
        LinkedKernel kernel =
                CallLinker.link(module, requireNonNull(module.function("exchange", "exchange")), Warp.STACK_LIMIT);
        LinkedKernel found = FloatShuffles.in(kernel);
        assertThat(found.function().code()).hasSameSizeAs(kernel.function().code());
        return found.function().code().stream()
                .filter(instruction -> instruction.op() instanceof Op.Hint)
                .count();
    }

    private static void computes(Executor executor, String body, IntBinaryOperator expectedBits) {
        int[] start = new int[Exchange.THREADS];
        Arrays.setAll(start, i -> Float.floatToRawIntBits(i % 5 == 0 ? Float.POSITIVE_INFINITY : i * 0.5f));
        int[] expected = new int[Exchange.THREADS];
        Arrays.setAll(expected, i -> expectedBits.applyAsInt(start[i], start[i ^ 1]));
        assertThat(Exchange.run(executor, Exchange.ptx("%f1", body), start)).isEqualTo(expected);
    }

    private static float f(int bits) {
        return Float.intBitsToFloat(bits);
    }

    /** A NaN of arithmetic has the hardware's bits. */
    private static int bits(float value) {
        return value != value ? 0x7FFF_FFFF : Float.floatToRawIntBits(value);
    }

    @ParameterizedTest
    @EnumSource
    void a_nan_of_arithmetic_that_was_sent_has_the_bits_of_the_hardware(Executor executor) {
        String body = "sub.f32 %f1, %f1, %f1;\n" + SHUFFLE + "mov.f32 %f1, %f2;\n";
        assertThat(floatShuffles(body)).isEqualTo(2);
        computes(executor, body, (own, other) -> bits(f(other) - f(other)));
    }

    @ParameterizedTest
    @EnumSource
    void what_was_received_goes_on_into_arithmetic_and_into_the_next_shuffle(Executor executor) {
        String body = SHUFFLE + """
                    sub.f32 %f3, %f1, %f2;
                    mov.b32 %r3, %f3;
                    shfl.sync.bfly.b32 %r4, %r3, 1, 31, 0xffffffff;
                    mov.b32 %f4, %r4;
                    fma.rn.f32 %f1, %f4, 0f40000000, %f3;
                """;
        assertThat(floatShuffles(body)).isEqualTo(4);
        computes(executor, body, (own, other) -> {
            float mine = f(own) - f(other);
            float theirs = f(other) - f(own);
            return bits(Math.fma(theirs, 2.0f, mine));
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_nan_keeps_its_payload_where_no_arithmetic_met_it(Executor executor) {
        // 0x7F800005 is a signalling NaN: moves and shuffles pass it on bit for bit.
        String body = """
                    mov.b32 %r5, 0x7F800005;
                    mov.b32 %f1, %r5;
                """ + SHUFFLE + "mov.f32 %f1, %f2;\n";
        assertThat(floatShuffles(body)).isEqualTo(2);
        computes(executor, body, (own, other) -> 0x7F80_0005);
    }

    @ParameterizedTest
    @EnumSource
    void a_register_that_may_also_hold_other_bits_gets_closed_nans(Executor executor) {
        String body = """
                    sub.f32 %f1, %f1, %f1;
                    mov.u32 %r6, %laneid;
                    mov.b32 %r5, 0x7F800005;
                    mov.b32 %f2, %r5;
                """ + SHUFFLE + """
                    setp.lt.u32 %p1, %r6, 33;
                    @%p1 bra kept;
                    mov.b32 %f2, %r5;
                kept:
                    mov.f32 %f1, %f2;
                """;
        computes(executor, body, (own, other) -> bits(f(other) - f(other)));
    }

    @ParameterizedTest
    @EnumSource
    void a_float_that_changes_between_the_move_and_the_shuffle_was_sent_before(Executor executor) {
        String body = """
                    mov.b32 %r1, %f1;
                    add.f32 %f1, %f1, 0f3F800000;
                    shfl.sync.bfly.b32 %r2, %r1, 1, 31, 0xffffffff;
                    mov.b32 %f2, %r2;
                    mov.f32 %f1, %f2;
                """;
        assertThat(floatShuffles(body)).isZero();
        computes(executor, body, (own, other) -> other);
    }

    @ParameterizedTest
    @EnumSource
    void a_float_that_is_read_before_what_came_is_moved_to_it_is_the_one_before(Executor executor) {
        String body = """
                    mov.f32 %f2, 0f41200000;
                    mov.b32 %r1, %f1;
                    shfl.sync.bfly.b32 %r2, %r1, 1, 31, 0xffffffff;
                    mov.f32 %f3, %f2;
                    mov.b32 %f2, %r2;
                    mov.f32 %f1, %f3;
                """;
        assertThat(floatShuffles(body)).isZero();
        computes(executor, body, (own, other) -> bits(10.0f));
    }

    @Test
    void bits_that_are_also_used_as_bits_are_shuffled_as_bits() {
        assertThat(floatShuffles(SHUFFLE + "add.s32 %r3, %r2, 1;\nmov.b32 %f1, %r3;\n"))
                .isZero();
        assertThat(floatShuffles("mov.b32 %r4, 7;\n" + SHUFFLE + "xor.b32 %r3, %r1, %r4;\nmov.b32 %f1, %r3;\n"))
                .isZero();
    }

    @Test
    void a_way_that_leads_between_the_moves_keeps_them() {
        String into = """
                    mov.u32 %r4, %tid.x;
                    mov.b32 %r1, %f1;
                again:
                    shfl.sync.bfly.b32 %r2, %r1, 1, 31, 0xffffffff;
                    mov.b32 %f2, %r2;
                    add.s32 %r4, %r4, 64;
                    setp.lt.s32 %p1, %r4, 200;
                    @%p1 bra again;
                """;
        assertThat(floatShuffles(into)).isZero();
    }
}
