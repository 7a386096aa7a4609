package org.warpgrade.gpu.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What programs print is what C prints. */
class PrintfFormatTests {

    private static final double[] VALUES = {
        0,
        -0.0,
        1,
        0.1,
        0.25,
        0.35,
        2.5,
        1.005,
        0.68203523019062118,
        1e-5,
        123456,
        1234567,
        1e22,
        -9.995,
        1e-310,
        999999.5,
        Double.POSITIVE_INFINITY,
        Double.longBitsToDouble(0xFFF8000000000000L)
    };

    /** Values of a call, one after the other. */
    private record Given(Iterator<?> rest) implements PrintfFormat.Values {

        static Given of(Object... values) {
            return new Given(List.of(values).iterator());
        }

        @Override
        public int nextInt() {
            return ((Number) rest.next()).intValue();
        }

        @Override
        public long nextLong() {
            return ((Number) rest.next()).longValue();
        }

        @Override
        public double nextDouble() {
            return ((Number) rest.next()).doubleValue();
        }

        @Override
        public String nextString() {
            return (String) rest.next();
        }
    }

    static Stream<String> lines() throws IOException {
        try (InputStream in = PrintfFormatTests.class.getResourceAsStream("printf.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.startsWith("# ")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void floating_point_numbers_are_printed_as_c_prints_them(String line) {
        String[] cells = line.split("\t", -1);
        for (int i = 0; i < VALUES.length; i++) {
            assertThat(PrintfFormat.format(cells[0], Given.of(VALUES[i])).text())
                    .as("%s of %s", cells[0], VALUES[i])
                    .isEqualTo(cells[i + 1]);
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            %d,    -5, -5
            %05d,  42, 00042
            %-5d|, 42, "42   |"
            %+d,   42, +42
            %u,    -1, 4294967295
            %lu,   -1, 18446744073709551615
            %x,    255, ff
            %#X,   255, 0XFF
            %8.3d, 7, "     007"
            %c,    65, A
            """)
    void integers_are_printed_as_c_prints_them(String format, long value, String expected) {
        assertThat(PrintfFormat.format(format, Given.of(value)).text()).isEqualTo(expected);
    }

    @Test
    void digits_without_end_are_not_printed() {
        assertThat(PrintfFormat.format("%.*d", Given.of(2_000_000_000, 7)).text())
                .isEqualTo("0".repeat(499) + "7");
        assertThat(PrintfFormat.format("%.*f", Given.of(2_000_000_000, 0.5)).text())
                .hasSize(502);
        assertThat(PrintfFormat.format("%.*f", Given.of(-1, 0.5)).text()).isEqualTo("0.500000");
        assertThat(PrintfFormat.format("%*d", Given.of(Integer.MIN_VALUE, 7)).text())
                .startsWith("7");
    }
}
