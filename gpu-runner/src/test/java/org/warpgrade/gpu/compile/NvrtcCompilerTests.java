package org.warpgrade.gpu.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.warpgrade.gpu.Compilation;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Program;

class NvrtcCompilerTests {

    private final NvrtcCompiler compiler = NvrtcCompiler.ofUser(Progress.silent());

    @Test
    void a_file_without_any_include_sees_the_runtime_api() {
        Compilation made = compiler.compile(CompileRequest.of(new CudaSource("scale.cu", """
                __global__ void scale(float* x, int n) { int i = threadIdx.x; if (i < n) x[i] *= 2.0f; }
                extern "C" void run(float* x, int n) {
                    float* scratch;
                    cudaMalloc(&scratch, n * sizeof(float));
                    scale<<<1, 32>>>(x, n);
                    cudaDeviceSynchronize();
                    cudaFree(scratch);
                }
                """)));

        assertThat(made)
                .isInstanceOfSatisfying(
                        Program.class,
                        program -> assertThat(program.ptx())
                                .contains(".visible .func run(")
                                .contains("__cudaCDP2LaunchDeviceV2")
                                .contains("__warpgrade_cudaDeviceSynchronize")
                                .containsPattern("\\.file\\s+\\d+ \"scale\\.cu\""));
    }
}
