package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.warpgrade.gpu.ptx.isa.PtxMath;

/** A meaning that got a class of its own gives what it gave before, lane by lane. */
class RowMeaningTests {

    private static final int OPERANDS = 4;

    /** More than make a meaning hot; the other half of the rows goes through the class. */
    private static final int ROWS = 1200;

    private final SplittableRandom random = new SplittableRandom(1);
    private final long[] registers = new long[OPERANDS * Frame.LANES];
    private final long[][] rows = {registers, registers, registers, registers};
    private final int[] starts = {0, Frame.LANES, 2 * Frame.LANES, 3 * Frame.LANES};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add_s32",
                "mul_wide_u32",
                "div_s32",
                "rem_u32",
                "add_rn_f32",
                "fma_rn_f32",
                "fma_rn_f64",
                "rcp_rn_f32",
                "ex2_approx_f32",
                "set_lt_f32",
                "cvt_rn_f16_f32",
                "add_rn_f16x2",
                "bfi_b32",
                "prmt_b32"
            })
    void rows_agree_with_lanes(String name) {
        for (boolean ftz : new boolean[] {false, true}) {
            Meanings.Meaning meaning = Meanings.of(PtxMath.find(name).orElseThrow(), ftz, false);
            for (int i = 0; i < ROWS; i++) {
                // whole warps, parts, single lanes; the result beside the operands or in the place of one
                int lanes = i % 3 == 0 ? -1 : i % 3 == 1 ? random.nextInt() : 1 << random.nextInt(Frame.LANES);
                agree(meaning, lanes, i % 2 == 0);
            }
        }
    }

    private void agree(Meanings.Meaning meaning, int lanes, boolean inPlace) {
        for (int i = 0; i < registers.length; i++) {
            registers[i] = random.nextInt(4) == 0 ? random.nextInt(-3, 4) : random.nextLong();
        }
        long[] results = inPlace ? registers : new long[2 * Frame.LANES];
        int start = inPlace ? Frame.LANES : random.nextInt(Frame.LANES);
        long[] expected = results.clone();
        for (int lane = 0; lane < Frame.LANES; lane++) {
            if ((lanes & 1 << lane) != 0) {
                expected[start + lane] = meaning.apply(
                        registers[lane],
                        registers[Frame.LANES + lane],
                        registers[2 * Frame.LANES + lane],
                        registers[3 * Frame.LANES + lane]);
            }
        }

        meaning.apply(rows, starts, results, start, lanes);

        assertThat(results).isEqualTo(expected);
    }
}
