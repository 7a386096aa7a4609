package org.warpgrade.engine.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.assignments.Text;

class PatternsTests {

    /** A tensor of distinct values that a mistake spoils. */
    private static final class Tensor {
        private final int[] shape;
        private final double[] expected;
        private final double[] actual;
        private final BitSet unwritten = new BitSet();
        private List<Integer> blocks = List.of();
        private List<Evidence.Input> inputs = List.of();

        Tensor(int... shape) {
            this.shape = shape;
            int elements = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
            expected = new double[elements];
            Arrays.setAll(expected, i -> 0.25 + Math.sin(0.7 * i + 1) + 0.013 * i);
            actual = expected.clone();
        }

        /** A mistake at every element whose (row, column) the rule names. */
        Tensor wrongAt(Place place) {
            int columns = shape[shape.length - 1];
            for (int i = 0; i < actual.length; i++) {
                if (place.isWrong(i / columns, i % columns)) {
                    actual[i] = expected[i] + (i % 2 == 0 ? 3 + Math.cos(i) : -5 + Math.sin(3 * i));
                }
            }
            return this;
        }

        Tensor valued(ToDoubleFunction<Integer> mistake) {
            Arrays.setAll(actual, mistake::applyAsDouble);
            return this;
        }

        Tensor holding(IntUnaryOperator from) {
            Arrays.setAll(actual, i -> expected[from.applyAsInt(i)]);
            return this;
        }

        Tensor unwrittenFrom(int first) {
            unwritten.set(first, actual.length);
            Arrays.fill(actual, first, actual.length, Double.NaN);
            return this;
        }

        Tensor unwrittenAt(Place place) {
            int columns = shape[shape.length - 1];
            for (int i = 0; i < actual.length; i++) {
                if (place.isWrong(i / columns, i % columns)) {
                    unwritten.set(i);
                    actual[i] = Double.NaN;
                }
            }
            return this;
        }

        Tensor inBlocksOf(int threads) {
            blocks = List.of(threads);
            return this;
        }

        Tensor reading(String name, double... values) {
            inputs = List.of(new Evidence.Input(name, values));
            return this;
        }

        Patterns.Story story() {
            return Patterns.of(evidence());
        }

        Evidence evidence() {
            BitSet wrong = new BitSet();
            for (int i = 0; i < actual.length; i++) {
                wrong.set(i, !(Math.abs(actual[i] - expected[i]) <= 1e-9));
            }
            return new Evidence("y", shape, expected, actual, wrong, unwritten, blocks, inputs);
        }

        String where() {
            return story().where().en();
        }
    }

    private interface Place {
        boolean isWrong(int row, int column);
    }

    @Nested
    class Places {

        @Test
        void all_elements() {
            assertThat(new Tensor(3, 40).wrongAt((r, c) -> true).story().where())
                    .isEqualTo(new Text("all elements", "所有元素"));
        }

        @Test
        void the_only_element() {
            assertThat(new Tensor(1).wrongAt((r, c) -> true).where()).isEqualTo("the only element");
        }

        @Test
        void only_the_last_element() {
            Patterns.Story story = new Tensor(100).wrongAt((r, c) -> c == 99).story();
            assertThat(story.where().en()).isEqualTo("only the last element");
            assertThat(story.cause().en()).isEqualTo("does a loop or a bounds guard stop one short?");
        }

        @Test
        void only_the_first_element() {
            assertThat(new Tensor(100).wrongAt((r, c) -> c == 0).where()).isEqualTo("only the first element");
        }

        @Test
        void every_row_from_column_1024_on() {
            Patterns.Story story =
                    new Tensor(3, 1100).wrongAt((r, c) -> c >= 1024).story();
            assertThat(story.where()).isEqualTo(new Text("in every row from column 1024 on", "每一行从第 1024 列起"));
            assertThat(story.cause())
                    .isEqualTo(new Text(
                            "rows longer than 1024 are wrong from element 1024 on: does the loop stride past blockDim.x?",
                            "长于 1024 的行从第 1024 个元素起出错：循环是否以 blockDim.x 为步长继续？"));
        }

        @Test
        void every_row_from_the_block_size_on_even_for_one_column() {
            Patterns.Story story = new Tensor(4, 257)
                    .wrongAt((r, c) -> c >= 256)
                    .inBlocksOf(256)
                    .story();
            assertThat(story.where().en()).isEqualTo("in every row from column 256 on");
            assertThat(story.cause().en()).startsWith("rows longer than 256 are wrong");
        }

        @Test
        void a_vector_from_the_block_size_on() {
            Patterns.Story story =
                    new Tensor(1000).wrongAt((r, c) -> c >= 256).inBlocksOf(256).story();
            assertThat(story.where().en()).isEqualTo("every element from 256 on");
            assertThat(story.cause().en())
                    .isEqualTo(
                            "all is right up to element 255, one per thread: does the loop stride past blockDim.x, or"
                                    + " are there too few blocks?");
        }

        @Test
        void from_some_column_on_without_a_cause() {
            Patterns.Story story = new Tensor(3, 100).wrongAt((r, c) -> c >= 50).story();
            assertThat(story.where().en()).isEqualTo("in every row from column 50 on");
            assertThat(story.cause()).isEqualTo(Patterns.NOTHING);
        }

        @Test
        void only_the_last_incomplete_warp() {
            Patterns.Story story = new Tensor(3, 40).wrongAt((r, c) -> c >= 32).story();
            assertThat(story.where().en()).isEqualTo("only the last, incomplete group of 32 columns");
            assertThat(story.cause().en()).isEqualTo("is the remainder handled when the size is not a multiple of 32?");
        }

        @Test
        void only_the_last_incomplete_vector() {
            assertThat(new Tensor(1023).wrongAt((r, c) -> c >= 1020).where())
                    .isEqualTo("only the last, incomplete group of 4 elements");
        }

        @Test
        void past_the_last_full_tile_of_rows_and_columns() {
            Patterns.Story story =
                    new Tensor(33, 31).wrongAt((r, c) -> r >= 32 || c >= 16).story();
            assertThat(story.where())
                    .isEqualTo(
                            new Text("every row from 32 on and every column from 16 on", "从第 32 行起的每一行和从第 16 列起的每一列"));
            assertThat(story.cause().en())
                    .isEqualTo(
                            "the last tiles of rows and columns are missing: are the blocks of the grid rounded up?");
        }

        @Test
        void not_past_a_corner_where_no_tile_ends_or_the_corner_is_wrong_too() {
            assertThat(new Tensor(33, 31).wrongAt((r, c) -> r >= 30 || c >= 17).where())
                    .isEqualTo("scattered over the tensor");
            assertThat(new Tensor(33, 31)
                            .wrongAt((r, c) -> r >= 32 || c >= 16 || r == 3 && c == 3)
                            .where())
                    .isEqualTo("scattered over the tensor");
        }

        @Test
        void above_the_diagonal() {
            assertThat(new Tensor(2, 8, 8).wrongAt((r, c) -> c > r % 8).where())
                    .isEqualTo("everything above the diagonal");
        }

        @Test
        void below_the_diagonal() {
            assertThat(new Tensor(8, 8).wrongAt((r, c) -> c < r).where()).isEqualTo("everything below the diagonal");
        }

        @Test
        void on_the_diagonal() {
            assertThat(new Tensor(8, 8).wrongAt((r, c) -> c == r).where()).isEqualTo("only the diagonal");
        }

        @Test
        void rows_other_than_the_first() {
            Patterns.Story story = new Tensor(5, 40).wrongAt((r, c) -> r > 0).story();
            assertThat(story.where()).isEqualTo(new Text("every row but the first", "除第一行外的全部"));
            assertThat(story.cause().en()).isEqualTo("is the first row the only one that is handled?");
        }

        @Test
        void only_the_first_row() {
            assertThat(new Tensor(5, 40).wrongAt((r, c) -> r == 0).where()).isEqualTo("only the first row");
        }

        @Test
        void only_the_last_row() {
            assertThat(new Tensor(5, 40).wrongAt((r, c) -> r == 4).where()).isEqualTo("only the last row");
        }

        @Test
        void rows_from_one_on() {
            assertThat(new Tensor(9, 40).wrongAt((r, c) -> r >= 4).where()).isEqualTo("every row from 4 on");
        }

        @Test
        void some_rows_by_number() {
            assertThat(new Tensor(9, 40)
                            .wrongAt((r, c) -> r == 1 || r == 3 || r == 6)
                            .where())
                    .isEqualTo("only rows 1, 3 and 6");
        }

        @Test
        void every_second_column() {
            assertThat(new Tensor(5, 40).wrongAt((r, c) -> c % 2 == 1).where())
                    .isEqualTo("every second column, starting at 1");
        }

        @Test
        void every_33rd_element() {
            assertThat(new Tensor(1000).wrongAt((r, c) -> c % 33 == 32).where())
                    .isEqualTo("every 33rd element, starting at 32");
        }

        @Test
        void one_index_of_a_dimension_in_the_middle() {
            assertThat(new Tensor(2, 4, 6).wrongAt((r, c) -> r % 4 == 2).where())
                    .isEqualTo("only index 2 of dimension 1");
        }

        @Test
        void scattered() {
            assertThat(new Tensor(40, 40)
                            .wrongAt((r, c) -> (r * 7 + c * 13) % 37 == 5)
                            .where())
                    .isEqualTo("scattered over the tensor");
        }
    }

    @Nested
    class Values {

        @Test
        void where_all_is_wrong_the_place_of_what_was_never_written_tells_why() {
            Patterns.Story story = new Tensor(3, 257)
                    .valued(i -> -1.0)
                    .unwrittenAt((r, c) -> c >= 256)
                    .inBlocksOf(256)
                    .story();
            assertThat(story.where())
                    .isEqualTo(new Text(
                            "all elements; 3 of them never written (in every row from column 256 on)",
                            "所有元素；其中 3 个从未被写入（每一行从第 256 列起）"));
            assertThat(story.cause().en())
                    .isEqualTo(
                            "rows longer than 256 are wrong from element 256 on: does the loop stride past blockDim.x?");
        }

        @Test
        void what_is_updated_in_place_and_was_not() {
            Tensor tensor = new Tensor(4, 8).wrongAt((r, c) -> c >= 4);
            Patterns.Story story = tensor.reading("y", tensor.actual).story();
            assertThat(story.where().en()).endsWith("; they hold what they held before the call");
            assertThat(story.cause().en())
                    .isEqualTo("no thread updates them: does the grid or the loop cover the whole output?");
        }

        @Test
        void never_written() {
            Patterns.Story story = new Tensor(4, 8).unwrittenFrom(0).story();
            assertThat(story.where()).isEqualTo(new Text("all elements; never written", "所有元素；从未被写入"));
            assertThat(story.cause().en())
                    .isEqualTo("nothing was stored: is a kernel launched, and does its grid cover the output?");
        }

        @Test
        void partly_never_written() {
            Patterns.Story story = new Tensor(1000).unwrittenFrom(512).story();
            assertThat(story.where().en()).isEqualTo("every element from 512 on; never written");
            assertThat(story.cause().en()).isEqualTo("does the grid or the loop cover the whole output?");
        }

        @Test
        void all_nan() {
            assertThat(new Tensor(4, 8).valued(i -> Double.NaN).where()).isEqualTo("all elements; they are NaN");
        }

        @Test
        void some_nan() {
            Tensor tensor = new Tensor(4, 8).wrongAt((r, c) -> true);
            tensor.actual[5] = Double.NaN;
            assertThat(tensor.where()).isEqualTo("all elements; 1 of them NaN");
        }

        @Test
        void all_zero() {
            assertThat(new Tensor(4, 8).valued(i -> 0.0).where()).isEqualTo("all elements; they are 0");
        }

        @Test
        void one_value() {
            assertThat(new Tensor(4, 8).valued(i -> 0.125).where())
                    .isEqualTo("all elements; they all hold the same value");
        }

        @Test
        void copy_of_an_input() {
            double[] x = new Tensor(4, 8).wrongAt((r, c) -> true).actual;
            assertThat(new Tensor(4, 8).valued(i -> x[i]).reading("x", x).where())
                    .isEqualTo("all elements; they are the values of the input x");
        }

        @Test
        void sign_flipped() {
            Tensor tensor = new Tensor(4, 8);
            assertThat(tensor.valued(i -> -tensor.expected[i]).where())
                    .isEqualTo("all elements; each has the wrong sign");
        }

        @Test
        void twice_too_large() {
            assertThat(scaled(2)).isEqualTo("all elements; each is 2 times the expected value");
        }

        @Test
        void half_of_it() {
            assertThat(scaled(0.5)).isEqualTo("all elements; each is 1/2 times the expected value");
        }

        @Test
        void scale_of_attention_missing() {
            assertThat(scaled(8)).isEqualTo("all elements; each is 8 (sqrt(64)) times the expected value");
            assertThat(scaled(Math.sqrt(40))).isEqualTo("all elements; each is sqrt(40) times the expected value");
            assertThat(scaled(1 / Math.sqrt(40)))
                    .isEqualTo("all elements; each is 1/sqrt(40) times the expected value");
        }

        @Test
        void some_constant_factor() {
            assertThat(scaled(1.2345)).isEqualTo("all elements; each is the expected value times one constant");
        }

        private String scaled(double factor) {
            Tensor tensor = new Tensor(4, 8);
            return tensor.valued(i -> tensor.expected[i] * factor).where();
        }

        @Test
        void constant_offset() {
            Tensor tensor = new Tensor(4, 8);
            assertThat(tensor.valued(i -> tensor.expected[i] + 0.7).where())
                    .isEqualTo("all elements; each is off by the same amount");
        }

        @Test
        void half_precision() {
            Tensor tensor = new Tensor(4, 8);
            Patterns.Story story = tensor.valued(
                            i -> (double) Float.float16ToFloat(Float.floatToFloat16((float) tensor.expected[i])))
                    .story();
            assertThat(story.where().en())
                    .isEqualTo("all elements; the errors are as large as half or TF32 rounding (about 2^-11)");
            assertThat(story.where().zh()).isEqualTo("所有元素；误差与 half 或 TF32 的舍入误差相当（约 2^-11）");
            assertThat(story.cause().en())
                    .isEqualTo("is something computed or stored in half or TF32 precision instead of float?");
        }

        @Test
        void half_precision_of_terms_that_nearly_cancel() {
            Tensor tensor = new Tensor(8, 8);
            tensor.valued(i -> {
                double term = 1 + i / 64.0 + 0.0003;
                tensor.expected[i] = i == 5 ? 1e-5 : term;
                return i == 5 ? 0.0009765625 : (double) Float.float16ToFloat(Float.floatToFloat16((float) term));
            });
            assertThat(tensor.story().where().en())
                    .isEqualTo("all elements; the errors are as large as half or TF32 rounding (about 2^-11)");
        }

        @Test
        void the_size_of_errors_is_not_told_where_the_cause_is_known() {
            Tensor tensor = new Tensor(4, 8);
            tensor.valued(i -> (double) Float.float16ToFloat(Float.floatToFloat16((float) tensor.expected[i])));
            assertThat(Patterns.ofExplained(tensor.evidence()).where().en()).isEqualTo("all elements");
        }

        @Test
        void bfloat16() {
            Tensor tensor = new Tensor(4, 8);
            assertThat(tensor.valued(i -> (double)
                                    Float.intBitsToFloat(Float.floatToIntBits((float) tensor.expected[i]) & 0xFFFF0000))
                            .where())
                    .isEqualTo("all elements; the errors are as large as bfloat16 rounding (about 2^-8)");
        }
    }

    @Nested
    class Relations {

        @Test
        void transposed() {
            Patterns.Story story =
                    new Tensor(4, 6).holding(i -> i % 4 * 6 + i / 4).story();
            assertThat(story.where().en()).endsWith("; the values are right but transposed");
            assertThat(story.cause().en()).isEqualTo("are row and column swapped in an index?");
        }

        @Test
        void transposed_in_each_matrix_of_a_batch() {
            assertThat(new Tensor(2, 3, 3)
                            .holding(i -> i / 9 * 9 + i % 9 % 3 * 3 + i % 9 / 3)
                            .where())
                    .endsWith("; the values are right but transposed");
        }

        @Test
        void rows_in_another_order() {
            assertThat(new Tensor(4, 6).holding(i -> (i + 6) % 24).where())
                    .isEqualTo("all elements; the rows are right but in another order");
        }

        @Test
        void shifted_by_one() {
            assertThat(new Tensor(4, 6).holding(i -> Math.min(i + 1, 23)).where())
                    .endsWith("; each holds the value of the next element");
            assertThat(new Tensor(24).holding(i -> Math.max(i - 1, 0)).where())
                    .isEqualTo("every element but the first; each holds the value of the element before it");
        }

        @Test
        void rows_that_do_not_sum_to_1() {
            Tensor tensor = new Tensor(2, 4);
            double[] good = {0.1, 0.2, 0.3, 0.4, 0.4, 0.3, 0.2, 0.1};
            double[] bad = {0.2, 0.7, 0.4, 0.5, 0.3, 0.9, 0.3, 0.5};
            System.arraycopy(good, 0, tensor.expected, 0, 8);
            Patterns.Story story = tensor.valued(i -> bad[i]).story();
            assertThat(story.where().en()).endsWith("; rows that must sum to 1 do not");
            assertThat(story.cause().en()).isEqualTo("is the sum taken over the whole row before dividing?");
        }
    }
}
