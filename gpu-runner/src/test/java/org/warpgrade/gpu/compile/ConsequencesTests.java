package org.warpgrade.gpu.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.warpgrade.gpu.CompileRejected;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Diagnostic;

/** A type that the compiler does not know is told as that, by the real NVRTC. */
class ConsequencesTests {

    private static final NvrtcCompiler COMPILER = NvrtcCompiler.ofUser(Progress.silent());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            __global__ void k(half* x, float a) { x[0] = a; }      | identifier "half" is undefined (include <cuda_fp16.h>)
            __global__ void k(__nv_bfloat16* x, int n) { x[n] = 0; } | identifier "__nv_bfloat16" is undefined (include <cuda_bf16.h>)
            __global__ void k(u32* x, u32 n) { x[n] = n; }         | identifier "u32" is undefined
            """)
    void an_unknown_type_is_all_that_is_told(String text, String expected) {
        assertThat(((CompileRejected) COMPILER.compile(CompileRequest.of(new CudaSource("type.cu", text))))
                        .diagnostics())
                .extracting(Diagnostic::message)
                .containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            __global__ void k(float* x) { x[0] = y + z; } | identifier "y" is undefined | identifier "z" is undefined
            __global__ int k(float* x) { x[0] = y; }      | a __global__ function must have a void return type | identifier "y" is undefined
            """)
    void what_is_no_consequence_stays(String text, String one, String other) {
        assertThat(((CompileRejected) COMPILER.compile(CompileRequest.of(new CudaSource("type.cu", text))))
                        .diagnostics())
                .extracting(Diagnostic::message)
                .contains(one, other);
    }

    @ParameterizedTest
    @CsvSource({
        "cg::thread_block b = cg::this_thread_block();, include <cooperative_groups.h>",
        "nvcuda::wmma::load_matrix_sync(0);, include <mma.h>"
    })
    void a_name_of_a_header_comes_with_the_header(String statement, String advice) {
        assertThat(((CompileRejected) COMPILER.compile(CompileRequest.of(
                                new CudaSource("type.cu", "__global__ void k() { " + statement + " }"))))
                        .diagnostics())
                .extracting(Diagnostic::message)
                .anyMatch(message -> message.endsWith("(" + advice + ")"));
    }
}
