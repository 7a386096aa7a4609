package org.warpgrade.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NumbersTests {

    @Test
    void values_show_what_tells_floats_apart() {
        assertThat(Numbers.plain(0.09003057f)).isEqualTo("0.09003057");
        assertThat(Numbers.plain(1)).isEqualTo("1");
        assertThat(Numbers.plain(-2.5)).isEqualTo("-2.5");
        assertThat(Numbers.plain(0)).isEqualTo("0");
        assertThat(Numbers.plain(-0.0)).isEqualTo("-0");
        assertThat(Numbers.plain(123456789)).isEqualTo("123456800");
        assertThat(Numbers.plain(1.5e-7)).isEqualTo("1.5e-7");
        assertThat(Numbers.plain(3e38)).isEqualTo("3e38");
    }

    @Test
    void special_values_have_names() {
        assertThat(Numbers.plain(Double.NaN)).isEqualTo("NaN");
        assertThat(Numbers.plain(Double.POSITIVE_INFINITY)).isEqualTo("∞");
        assertThat(Numbers.plain(Double.NEGATIVE_INFINITY)).isEqualTo("−∞");
    }

    @Test
    void bounds_and_ratios_show_their_size() {
        assertThat(Numbers.rough(1.09123e-7)).isEqualTo("1.09e-7");
        assertThat(Numbers.rough(12.345)).isEqualTo("12.3");
    }

    @Test
    void durations_have_a_fitting_unit() {
        assertThat(Numbers.duration(3.456)).isEqualTo("3.5 ms");
        assertThat(Numbers.duration(345.6)).isEqualTo("346 ms");
        assertThat(Numbers.duration(3456)).isEqualTo("3.46 s");
    }

    @Test
    void a_coordinate_reads_like_an_index() {
        assertThat(Numbers.coordinate("y", List.of(3, 1024))).isEqualTo("y[3][1024]");
    }

    @Test
    void how_many_times_too_large_is_told_in_groups() {
        assertThat(Numbers.grouped(2.345)).isEqualTo("2.3");
        assertThat(Numbers.grouped(419_217)).isEqualTo("420\u2009000");
        assertThat(Numbers.grouped(3e20)).isEqualTo("3e20");
    }

    @Test
    void microseconds_choose_their_unit() {
        assertThat(Numbers.micros(0.0391)).isEqualTo("39.1 ns");
        assertThat(Numbers.micros(95)).isEqualTo("95 µs");
        assertThat(Numbers.micros(1750)).isEqualTo("1.75 ms");
        assertThat(Numbers.micros(Double.NaN)).isEqualTo("–");
    }
}
