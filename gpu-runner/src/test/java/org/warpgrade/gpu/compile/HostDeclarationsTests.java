package org.warpgrade.gpu.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tokens of a declaration tell whose memory a variable is in. */
class HostDeclarationsTests {

    private static final String PTX = """
            .version 8.5
            .target sm_80
            .address_size 64

            .visible .global .align 4 .u32 x;
            .visible .entry k(
            	.param .u64 k_param_0
            )
            {
            	ld.global.u32 	%r1, [y];
            }
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "__device__ int x;",
                "static __device__ int x = 3;",
                "int __device__ x;",
                "__constant__ float x[3] = {1, 2, 3};",
                "__managed__ int before, x;",
                "__device__ int before = f(1, 2), x[4];",
                "__device__ int before{3}, x;",
                "__device__ __align__(16) int x;",
                "alignas(16) __device__ int x;",
                "__device__ Pair<int, Box<float>> x;",
                "__device__ Pair<int, int> before, x;",
                "__device__ int (*table[2])(int), x;",
                "__device__ int (*x)(int) = nullptr;",
                "__device__ struct Pair { int a, b; } x;",
                "__device__ struct { int a; } *x = nullptr;",
                "__device__ Box<(2 > 1)> x;",
                "__device__ cuda::atomic<int> x{0};",
                "#define SHARED_BY_ALL __device__\nSHARED_BY_ALL int x;",
                "#define INNER __device__\n#define OUTER static INNER\nOUTER int x;",
                "__dev\\\nice__ int x;",
                "namespace a { __device__ int x; }",
                "template <typename T> __device__ T x;"
            })
    void of_the_device(String text) {
        assertThat(HostDeclarations.symbols(text, PTX)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int x;",
                "static int x = 3;",
                "__device__ int y; int x;",
                "__device__ int f(int i) { return i; } int x;",
                "__device__ int y{3}; int x;",
                "auto f = [] __device__ (int i) { return i; }; int x;",
                "// __device__ int x;\nint x;",
                "const char* s = \"__device__ int x;\"; int x;",
                "__device__ int y = 1 + 2; static int x[3] = {1, 2, 3};",
                "__device__ Box<x> y; int x;",
                "#define DEVICE 3\nint x = DEVICE;"
            })
    void of_the_host(String text) {
        assertThat(HostDeclarations.symbols(text, PTX)).containsExactly("x");
    }

    @Test
    void are_named_as_the_compiler_names_them() {
        String ptx = """
                .visible .global .align 8 .u64 plain;
                .global .align 4 .u32 _ZL6hidden;
                .global .align 4 .b8 _ZN3app12_GLOBAL__N_15tableE[12] = {10, 0, 0, 0};
                .global .align 4 .u32 _ZN3app6deviceE;
                .weak .global .align 4 .u32 _ZN3app6inlineE = 4;
                .global .attribute(.managed) .align 4 .u32 managed;
                .const .align 4 .b8 constant[8];
                .extern .shared .align 4 .b8 dynamic[];
                """;
        assertThat(HostDeclarations.symbols("namespace app { __device__ int device; }", "\n" + ptx))
                .containsExactlyInAnyOrder("plain", "_ZL6hidden", "_ZN3app12_GLOBAL__N_15tableE", "_ZN3app6inlineE");
    }
}
