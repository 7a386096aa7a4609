package org.warpgrade.gpu.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.warpgrade.gpu.KernelResources;

class PtxasReportTests {

    private static String report(String shared) {
        return """
                ptxas info    : Compiling entry function '_Z1kPf' for 'sm_80'
                ptxas         .     16 bytes stack frame, 4 bytes spill stores, 8 bytes spill loads
                ptxas info    : Used 28 registers, used 1 barriers, %s bytes smem, 376 bytes cmem[0]
                """.formatted(shared);
    }

    @Test
    void three_lines_are_a_kernel() {
        assertThat(PtxasReport.read(report("512")))
                .containsExactly(new KernelResources("_Z1kPf", "sm_80", 28, 4, 8, 512, 16, 1));
    }

    @Test
    void a_size_that_no_integer_holds_is_the_largest_that_one_does() {
        assertThat(PtxasReport.read(report("4294967296")))
                .singleElement()
                .satisfies(kernel -> assertThat(kernel.sharedBytes()).isEqualTo(Integer.MAX_VALUE));
        assertThat(PtxasReport.read(report("99999999999999999999"))).hasSize(1);
    }
}
