package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.warpgrade.gpu.Argument.i32;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;

/** Arrays of the source for which no device has room: the author's fault, told as such, however large. */
class LargeVariablesTests {

    private static final String TEXT = """
            BEFORE
            __global__ void kernel(int i) { USE }
            extern "C" void solve(int i) { HOST kernel<<<1, 1>>>(i); }
            """;

    private static RunOutcome run(String before, String use, String host) {
        String text = TEXT.replace("BEFORE", before).replace("USE", use).replace("HOST", host);
        return Kernels.runText(Executor.LANE_LOOPS, text, Call.of("solve", i32(1)), RunSettings.defaults());
    }

    @ParameterizedTest
    @CsvSource({
        "1ULL << 29, 2147483648",
        "1ULL << 40, 4398046511104",
        "4294967295ULL << 16, 1125899906580480",
        "1ULL << 56, 288230376151711744"
    })
    void of_the_device(String elements, String bytes) {
        RunOutcome outcome = run("__device__ float bank[" + elements + "];", "bank[i] = 1;", "");
        assertThat(outcome).isInstanceOfSatisfying(RunOutcome.Faulted.class, faulted -> {
            assertThat(faulted.fault().kind()).isEqualTo(FindingKind.MEMORY_BUDGET);
            assertThat(faulted.fault().message())
                    .isEqualTo("bank has " + bytes + " bytes; the device has 536870912 bytes left");
        });
    }

    @ParameterizedTest
    @CsvSource({"1ULL << 29", "1ULL << 40", "1ULL << 56"})
    void of_a_block(String elements) {
        RunOutcome outcome = run(
                "", "__shared__ float bank[" + elements + "]; bank[i] = 1; __syncthreads(); bank[0] += bank[i];", "");
        assertThat(outcome.trace().findings())
                .anySatisfy(finding -> assertThat(finding.kind()).isEqualTo(FindingKind.BAD_LAUNCH));
    }

    @ParameterizedTest
    @CsvSource({"1ULL << 29", "1ULL << 40", "1ULL << 56"})
    void of_the_host(String elements) {
        RunOutcome outcome = run("", "", "static volatile float bank[" + elements + "]; bank[i] = i;");
        assertThat(outcome).isInstanceOfSatisfying(RunOutcome.Faulted.class, faulted -> {
            assertThat(faulted.fault().kind()).isEqualTo(FindingKind.MEMORY_BUDGET);
            assertThat(faulted.fault().message()).contains("bytes");
        });
    }
}
