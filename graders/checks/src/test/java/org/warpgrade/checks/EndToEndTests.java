package org.warpgrade.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.engine.Grading;
import org.warpgrade.engine.GradingRequest;
import org.warpgrade.engine.IntakeException;
import org.warpgrade.engine.NvrtcSubmissions;
import org.warpgrade.engine.bench.TimeBudget;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.engine.result.Verdict;
import org.warpgrade.engine.runner.ChecksFinder;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.compile.Progress;
import org.warpgrade.gpu.cpu.CpuDevice;

/** Ordinary CUDA through everything that is real: NVRTC, the CPU device, the checks. */
class EndToEndTests {

    private static final Path HOME = Path.of(System.getProperty("warpgrade.home", "../.."));

    /** The checks on small vectors: the whole set is the gate's business. */
    private static final Set<String> QUICK = Set.of("P1", "H1", "H2", "H5");

    private static GradingResult grade(Path file) throws IntakeException {
        try (CpuDevice device = new CpuDevice();
                NvrtcCompiler nvrtc = NvrtcCompiler.ofUser(Progress.silent())) {
            return new Grading(Catalog.of(HOME), new NvrtcSubmissions(nvrtc), device, ChecksFinder.onClassPath())
                    .run(GradingRequest.of(file)
                            .forAssignment("cuda-saxpy")
                            .only(QUICK)
                            .withBudget(TimeBudget.patient()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-naive.cu", "2-grid-stride.cu", "3-vectorised.cu"})
    void a_reference_of_saxpy_passes(String rung) throws IntakeException {
        GradingResult result =
                grade(HOME.resolve("reference-impls/cuda/cuda-saxpy").resolve(rung));

        assertThat(result.verdict()).as(result.checks().toString()).isEqualTo(Verdict.PASSED);
        assertThat(result.score().earned()).isEqualTo(result.score().possible()).isPositive();
        assertThat(result.compiler()).startsWith("NVRTC 12.6");
        assertThat(result.kernels()).isNotEmpty().allSatisfy(kernel -> {
            assertThat(kernel.registers()).isPositive();
            assertThat(kernel.occupancy()).containsKeys("sm_70", "sm_75", "sm_80", "sm_86", "sm_89", "sm_90");
        });
    }

    @Test
    void a_missing_guard_is_found_at_its_line(@TempDir Path folder) throws IOException, IntakeException {
        Path file = Files.writeString(folder.resolve("mine.cu"), """
                __global__ void kernel(float a, const float* x, float* y) {
                    int i = blockIdx.x * blockDim.x + threadIdx.x;
                    y[i] += a * x[i];
                }
                extern "C" void saxpy(float a, const float* x, int incx, float* y, int incy, int n) {
                    kernel<<<(n + 255) / 256, 256>>>(a, x, y);
                }
                """);

        GradingResult result = grade(file);

        assertThat(result.verdict()).isEqualTo(Verdict.FAULTED);
        CheckResult check = result.checks().getFirst();
        assertThat(check.message().en())
                .startsWith("Case worked example, ")
                .contains("Access out of bounds at mine.cu:3 in kernel, block (0,0,0) thread (4,0,0): ");
    }

    @Test
    void what_does_not_compile_is_told_in_the_compilers_words(@TempDir Path folder)
            throws IOException, IntakeException {
        Path file = Files.writeString(folder.resolve("mine.cu"), "int three() {\n    return thre;\n}\n");

        GradingResult result = grade(file);

        assertThat(result.verdict()).isEqualTo(Verdict.COMPILE_ERROR);
        assertThat(result.message().en())
                .startsWith("The file does not compile: mine.cu:2: identifier \"thre\" is undefined");
    }
}
