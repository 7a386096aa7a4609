package org.warpgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.ElementType;

class ArgumentSpecTests {

    @Nested
    class Values {

        @Test
        void an_int_has_four_little_endian_bytes() throws IOException {
            assertThat(scalar("i32:-2")).containsExactly(0xFE, 0xFF, 0xFF, 0xFF);
        }

        @Test
        void a_float_has_its_ieee_bits() throws IOException {
            assertThat(scalar("f32:1.5")).containsExactly(0, 0, 0xC0, 0x3F);
        }

        @Test
        void a_long_keeps_all_its_digits() throws IOException {
            assertThat(scalar("i64:9007199254740993")).containsExactly(1, 0, 0, 0, 0, 0, 0x20, 0);
        }

        @Test
        void infinity_is_a_number() throws IOException {
            assertThat(scalar("f32:-inf")).containsExactly(0, 0, 0x80, 0xFF);
        }

        @Test
        void bfloat_rounds_to_nearest_even() throws IOException {
            assertThat(scalar("bf16:1.00390625")).containsExactly(0x80, 0x3F);
            assertThat(scalar("bf16:1.01171875")).containsExactly(0x82, 0x3F);
        }

        @Test
        void null_is_a_null_pointer() throws IOException {
            assertThat(ArgumentSpec.parse("null", 0).argument()).isEqualTo(Argument.nullPointer());
        }

        private int[] scalar(String text) throws IOException {
            byte[] bytes = ((Argument.Scalar) ArgumentSpec.parse(text, 0).argument()).bytes();
            int[] unsigned = new int[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                unsigned[i] = bytes[i] & 0xFF;
            }
            return unsigned;
        }
    }

    @Nested
    class Buffers {

        @TempDir
        private Path folder;

        @Test
        void a_buffer_counts_from_zero_unless_told_otherwise() throws IOException {
            DeviceBuffer buffer = buffer("buf:f32:2x2");

            assertThat(buffer.access()).isEqualTo(Access.IN);
            assertThat(buffer.shape()).containsExactly(2, 2);
            assertThat(floats(buffer)).containsExactly(0, 1, 2, 3);
        }

        @Test
        void an_output_starts_poisoned() throws IOException {
            DeviceBuffer buffer = buffer("out:f64:3");

            assertThat(buffer.access()).isEqualTo(Access.OUT);
            assertThat(buffer.type()).isEqualTo(ElementType.F64);
            assertThat(buffer.initial()).isNull();
        }

        @Test
        void a_list_gives_every_value() throws IOException {
            assertThat(floats(buffer("inout:f32:3=1,2.5,-inf"))).containsExactly(1, 2.5f, Float.NEGATIVE_INFINITY);
        }

        @Test
        void random_values_repeat() throws IOException {
            assertThat(floats(buffer("buf:f32:8=random")))
                    .containsExactly(floats(buffer("buf:f32:8=random")))
                    .doesNotHaveDuplicates();
        }

        @Test
        void a_file_gives_the_bytes() throws IOException {
            Path file = Files.write(folder.resolve("x.bin"), new byte[] {0, 0, (byte) 0x80, 0x3F});

            assertThat(floats(buffer("buf:f32:1=@" + file))).containsExactly(1);
        }

        @Test
        void a_name_comes_before_the_equals_sign() throws IOException {
            assertThat(buffer("x=buf:i32:4=ones").name()).isEqualTo("x");
            assertThat(buffer("buf:i32:4=ones").name()).isEqualTo("arg3");
        }

        private DeviceBuffer buffer(String text) throws IOException {
            return ArgumentSpec.parse(text, 3).buffer().orElseThrow();
        }

        private float[] floats(DeviceBuffer buffer) {
            float[] values = new float[(int) buffer.elements()];
            ByteBuffer.wrap(buffer.initial())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
            return values;
        }
    }

    @Nested
    class Mistakes {

        @Test
        void are_told_with_the_argument_and_what_was_expected() {
            expect(
                    "banana",
                    "--arg banana: expected a value such as f32:1.5, a buffer such as buf:f32:16=iota or"
                            + " out:f32:16, or null.");
            expect("f33:1", "--arg f33:1: 'f33' is no type; u8, i32, u32, i64, f16, bf16, f32 and f64 are.");
            expect("f32:one", "--arg f32:one: 'one' is not a number.");
            expect("buf:f32:3=1,2", "--arg buf:f32:3=1,2: 2 values given, 3 expected.");
            expect("out:f32:3=ones", "--arg out:f32:3=ones: an out buffer starts poisoned; use inout to fill it.");
            expect("buf:f32:99999x99999", "--arg buf:f32:99999x99999: the shape 99999x99999 is too large.");
        }

        private void expect(String text, String message) {
            assertThatThrownBy(() -> ArgumentSpec.parse(text, 0))
                    .isInstanceOf(UsageException.class)
                    .hasMessage(message);
        }
    }
}
