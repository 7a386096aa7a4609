package org.warpgrade.gpu.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.warpgrade.gpu.CompileRejected;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.KernelResources;
import org.warpgrade.gpu.Program;

class OfferedHeadersTests {

    private static final NvrtcCompiler COMPILER = NvrtcCompiler.ofUser(Progress.silent());

    private static Program compiled(String name, String text) {
        return switch (COMPILER.compile(CompileRequest.of(new CudaSource(name, text)))) {
            case Program program -> program;
            case CompileRejected rejected -> throw new AssertionError(rejected.log());
        };
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = OfferedHeadersTests.class.getResourceAsStream("headers/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static List<String> names() {
        return OfferedHeaders.NAMES;
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_header_compiles_alone_and_twice_without_a_warning(String header) {
        Program program = compiled("one.cu", "#include <" + header + ">\n#include \"" + header + "\"\n");

        assertThat(program.log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "half.cu",
                "bfloat16.cu",
                "half-and-bfloat16.cu",
                "cooperative-groups.cu",
                "standard.cu",
                "mixed-arithmetic.cu"
            })
    void typical_use_of_the_headers_compiles(String file) throws IOException {
        assertThat(compiled(file, resource(file)).ptx()).contains(".visible .entry ");
    }

    @Test
    void every_runtime_call_becomes_a_call_by_name() throws IOException {
        String ptx = compiled("runtime-calls.cu", resource("runtime-calls.cu")).ptx();

        assertThat(ptx.lines().filter(line -> line.startsWith(".extern .func")))
                .anyMatch(line -> line.endsWith("__warpgrade_cudaMemset"))
                .anyMatch(line -> line.endsWith("__warpgrade_cudaMemcpyToSymbol"))
                .anyMatch(line -> line.endsWith("__warpgrade_cudaLaunchKernel"))
                .anyMatch(line -> line.endsWith("__cudaCDP2Malloc"))
                .anyMatch(line -> line.endsWith("__cudaCDP2LaunchDeviceV2"))
                .allMatch(
                        line -> line.matches(".*(__warpgrade_\\w+|__cudaCDP2\\w+|vprintf|malloc|free|__assertfail)$"));
    }

    @Test
    void half_arithmetic_is_one_instruction_each() throws IOException {
        assertThat(compiled("half.cu", resource("half.cu")).ptx())
                .contains("add.f16 ", "mul.f16x2 ", "fma.rn.f16 ", "fma.rn.f16x2 ", "atom.add.noftz.f16 ");
    }

    @Test
    void a_name_that_is_not_offered_comes_with_advice() {
        CompileRejected rejected = (CompileRejected) COMPILER.compile(CompileRequest.of(
                new CudaSource("graph.cu", "void f(float* p) { cudaGraphInstantiate(0, 0); thrust::sort(p, p); }")));

        assertThat(rejected.diagnostics())
                .extracting(d -> d.message())
                .containsExactly(
                        "identifier \"cudaGraphInstantiate\" is undefined"
                                + " (graphs are not offered; launch the kernels one after the other)",
                        "name followed by \"::\" must be a class or namespace name"
                                + " (libraries are not offered; the kernel is yours to write)");
    }

    @Test
    void ptxas_tells_the_resources_of_each_kernel() {
        List<KernelResources> resources =
                COMPILER.resources(CompileRequest.of(new CudaSource("tile.cu", """
                        __global__ void second(float* x) { __shared__ float s[64]; s[threadIdx.x] = x[0]; __syncthreads(); x[1] = s[3]; }
                        __global__ void first(float* x) { x[threadIdx.x] = 1; }
                        """)), List.of("sm_80", "sm_90"));

        assertThat(resources)
                .extracting(
                        KernelResources::kernel,
                        KernelResources::architecture,
                        KernelResources::sharedBytes,
                        KernelResources::barriers)
                .containsExactly(
                        tuple("_Z6secondPf", "sm_80", 256, 1),
                        tuple("_Z5firstPf", "sm_80", 0, 0),
                        tuple("_Z6secondPf", "sm_90", 256, 1),
                        tuple("_Z5firstPf", "sm_90", 0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "struct S {}; __global__ void k(S* s) { s[0] = std::max(s[0], s[1]); }",
                "struct S {}; extern \"C\" void f(S s) { double x = pow(s, 2); }"
            })
    void a_mistake_that_shows_inside_our_headers_is_the_students(String text) {
        assertThat(((CompileRejected) COMPILER.compile(CompileRequest.of(new CudaSource("s.cu", text)))).log())
                .contains("error")
                .doesNotContain("not offered");
    }
}
