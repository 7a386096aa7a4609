package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.Severity;

class NanOriginsTests {

    private static List<Finding> births(String kernel, float... in) {
        String text =
                kernel + "\nextern \"C\" void solve(const float* in, float* out, int n) { kernel<<<1, n>>>(in, out); }";
        DeviceBuffer given = DeviceBuffer.floats("in", Access.IN, in);
        DeviceBuffer made = DeviceBuffer.output("out", ElementType.F32, in.length);
        Call call = Call.of("solve", Argument.pointer(given), Argument.pointer(made), Argument.i32(in.length));
        RunOutcome outcome = Kernels.runText(
                Executor.LANE_LOOPS, text, call, RunSettings.defaults().withTraceNan(true));
        assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
        return outcome.trace().findings();
    }

    @Test
    void a_nan_is_told_at_the_line_that_made_it_not_where_it_shows() {
        List<Finding> births = births("""
                __global__ void kernel(const float* in, float* out) {
                    float ratio = in[threadIdx.x]
                        / in[threadIdx.x];
                    float later = ratio * 2 + 1;
                    out[threadIdx.x] = later;
                }""", 1, 2, 0, 0);
        assertThat(births).hasSize(1);
        Finding birth = births.getFirst();
        assertThat(birth.kind()).isEqualTo(FindingKind.NAN_BORN);
        assertThat(birth.severity()).isEqualTo(Severity.NOTE);
        assertThat(birth.message()).isEqualTo("a NaN is born here: 0 / 0");
        assertThat(birth.at()).hasToString("test.cu:3");
        assertThat(birth.thread()).hasToString("(2,0,0)");
    }

    @Test
    void a_nan_of_infinities_tells_where_the_first_infinity_came_from() {
        List<Finding> births = births("""
                __global__ void kernel(const float* in, float* out) {
                    float big = in[threadIdx.x] * 3e38f;
                    float other = in[threadIdx.x] * 2e38f;
                    out[threadIdx.x] = __fsub_rn(big, other);
                }""", 1, 5);
        assertThat(births)
                .extracting(Finding::message)
                .containsExactly("a NaN is born here: infinity - infinity; the first infinity came from line 2");
    }

    @Test
    void an_infinity_that_an_output_holds_is_told() {
        List<Finding> births = births("""
                __global__ void kernel(const float* in, float* out) {
                    out[threadIdx.x] = __frcp_rn(in[threadIdx.x]);
                }""", 1, 0);
        assertThat(births).extracting(Finding::message).containsExactly("an infinity is born here: 1 / 0");
    }

    @Test
    void what_reaches_no_output_is_not_told() {
        List<Finding> births = births("""
                __global__ void kernel(const float* in, float* out) {
                    float x = in[threadIdx.x];
                    float mean = __fdiv_rn(x, x);
                    out[threadIdx.x] = x == 0 ? 1.0f : mean;
                }""", 1, 0);
        assertThat(births).isEmpty();
    }

    @Test
    void a_nan_that_was_given_was_not_born_here() {
        List<Finding> births = births("""
                __global__ void kernel(const float* in, float* out) {
                    out[threadIdx.x] = in[threadIdx.x] + 1;
                }""", 1, Float.NaN);
        assertThat(births).isEmpty();
    }
}
