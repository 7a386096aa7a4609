package org.warpgrade.gpu.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import jcuda.nvptxcompiler.JNvPTXCompiler;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedPtxTests {

    private static final String TEXT = """
            #include <cassert>
            #include <cstdio>
            __device__ int counter = 5;
            static __device__ float table[4] = {1, 2, 3, 4};
            __constant__ float c[3];
            static const int sizes[2] = {7, 9};
            __device__ int helper(int x) { return x * counter; }
            __device__ int (*chosen)(int) = helper;
            template <int N> __global__ void k(float* p, int n) {
                extern __shared__ float s[];
                int i = threadIdx.x;
                s[i] = table[i & 3] * c[i % 3] + chosen(i) + N;
                __syncthreads();
                assert(n > 0);
                if (i == 0) printf("hello { %d ; // no comment\\n", n);
                if (i < n) p[i] = s[i];
            }
            __global__ void parent(float* p) {
                k<3><<<1, 32, 128>>>(p, 3);
                void* q = malloc(8);
                free(q);
            }
            void onlyHost(int n) { printf("host %d\\n", sizes[n & 1]); }
            extern "C" void solve(float* p, int n) {
                float h[3] = {1, 2, 3};
                cudaMemcpyToSymbol(c, h, sizeof h);
                onlyHost(n);
                k<4><<<dim3(2), 32, 128>>>(p, n);
                parent<<<1, 1>>>(p);
                cudaDeviceSynchronize();
            }
            """;

    private final String ptx = CudaDeviceTests.compile(TEXT).ptx();
    private final String prepared = PreparedPtx.of(ptx, 12060);

    @Nested
    class Content {

        @Test
        void the_pieces_joined_again_are_the_text() {
            assertThat(String.join(
                            "", PtxItem.split(ptx).stream().map(PtxItem::text).toList()))
                    .isEqualTo(ptx);
        }

        @Test
        void host_functions_are_left_out() {
            assertThat(ptx).contains("solve", "onlyHost", "__warpgrade_cudaMemcpyToSymbol");
            assertThat(prepared).doesNotContain("solve", "onlyHost", "__warpgrade_cudaMemcpyToSymbol");
        }

        @Test
        void kernels_stay_and_what_they_call_directly_or_by_pointer() {
            assertThat(prepared)
                    .contains(
                            ".entry _Z6parentPf",
                            "_Z1kILi3EEvPfi",
                            "_Z1kILi4EEvPfi",
                            ".func  (.param .b32" + " func_retval0) _Z6helperi(");
        }

        @Test
        void launches_of_kernels_by_kernels_trap_and_what_the_driver_offers_stays_open() {
            assertThat(prepared).doesNotContain(".extern .func  (.param .b64 func_retval0) __cudaCDP2");
            assertThat(prepared)
                    .containsPattern(
                            "\\.func  \\(\\.param \\.b32 func_retval0\\) __cudaCDP2LaunchDeviceV2[^{]*\\{\\s*trap;");
            for (String name : List.of("vprintf", "malloc", "free", "__assertfail")) {
                assertThat(prepared).containsPattern("\\.extern \\.func [^{]*" + name);
            }
        }

        @Test
        void every_variable_can_be_found() {
            for (String name : List.of("counter", "table", "c", "sizes", "chosen", "\\$str")) {
                assertThat(prepared).containsPattern("\\.visible \\.(global|const) [^;]*\\b?" + name + "\\b");
            }
            assertThat(prepared).contains(".extern .shared .align 4 .b8 s[];");
        }

        @ParameterizedTest
        @CsvSource({"12060, 8.5", "12080, 8.5", "13000, 8.5", "12020, 8.2", "12000, 8.0", "11080, 7.8"})
        void older_drivers_get_the_version_that_they_know(int driver, String version) {
            assertThat(PreparedPtx.of(ptx, driver)).contains("\n.version " + version + "\n");
        }
    }

    /** JCuda brings NVIDIA's own PTX compiler, as of CUDA 12.0, so that no GPU is needed to ask whether it takes a text. */
    @ParameterizedTest
    @ValueSource(strings = {"sm_80", "sm_89", "sm_90"})
    void nvidias_compiler_takes_it(String architecture) {
        assertThat(complaints(PreparedPtx.of(ptx, 12000), architecture)).isEmpty();
    }

    @Test
    void and_would_not_take_something_else() {
        String broken = PreparedPtx.of(ptx, 12000).replaceFirst("st\\.global", "st.globule");
        assertThat(complaints(broken, "sm_80")).contains("globule");
    }

    private static String complaints(String text, String architecture) {
        JNvPTXCompiler.setExceptionsEnabled(false);
        nvPTXCompilerHandle handle = new nvPTXCompilerHandle();
        byte[] bytes = (text + '\0').getBytes(StandardCharsets.UTF_8);
        JNvPTXCompiler.nvPTXCompilerCreate(handle, bytes.length - 1, bytes);
        try {
            int code = JNvPTXCompiler.nvPTXCompilerCompile(handle, 1, new String[] {"--gpu-name=" + architecture});
            long[] size = new long[1];
            JNvPTXCompiler.nvPTXCompilerGetErrorLogSize(handle, size);
            byte[] log = new byte[(int) size[0] + 1];
            if (size[0] > 0) {
                JNvPTXCompiler.nvPTXCompilerGetErrorLog(handle, log);
            }
            return code == 0 ? "" : code + ": " + new String(log, StandardCharsets.UTF_8).replace("\0", "");
        } finally {
            JNvPTXCompiler.nvPTXCompilerDestroy(handle);
        }
    }
}
