package org.warpgrade.gpu.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.gpu.compile.CompilerFrames.Job;
import org.warpgrade.gpu.compile.CompilerPool.Outcome;
import org.warpgrade.gpu.compile.NvrtcProcess.Limits;

class CompilerPoolTests {

    private static final CacheFolder CACHE = CacheFolder.ofUser();
    private static final NvrtcLibrary LIBRARY = NvrtcLibrary.locate(CACHE, Progress.silent());

    private final List<NvrtcProcess> started = new ArrayList<>();
    private Limits limits = Limits.STANDARD;
    private final CompilerPool pool = new CompilerPool(() -> {
        NvrtcProcess process = NvrtcProcess.start(LIBRARY, CACHE, limits);
        started.add(process);
        return process;
    });

    @AfterEach
    void end() {
        pool.close();
    }

    private static Job job(String text) {
        return new Job("bomb.cu", text, List.of("--gpu-architecture=compute_80"));
    }

    private static Job scale() {
        return job("__global__ void scale(float* x) { x[threadIdx.x] *= 2.0f; }\n");
    }

    @Nested
    class Processes {

        @Test
        void one_process_compiles_one_source_after_the_other() {
            assertThat(pool.compile(scale())).isInstanceOf(Outcome.Judged.class);
            assertThat(pool.compile(scale())).isInstanceOf(Outcome.Judged.class);

            assertThat(started).hasSize(1);
        }

        @Test
        void a_process_killed_between_two_sources_is_replaced() {
            pool.compile(scale());
            ProcessHandle.of(started.getFirst().pid()).ifPresent(ProcessHandle::destroyForcibly);

            assertThat(pool.compile(scale())).isInstanceOf(Outcome.Judged.class);
        }

        @Test
        void a_process_killed_at_work_is_not_blamed_on_the_source() throws InterruptedException {
            Job slow = job(
                    "__global__ void k(float* x) { x[0] = " + "(".repeat(40_000) + "1" + ")".repeat(40_000) + "; }\n");
            Thread killer = Thread.ofPlatform().start(() -> {
                while (started.isEmpty() || started.getFirst().done() == 0) {
                    Thread.onSpinWait();
                }
                ProcessHandle.of(started.getFirst().pid()).ifPresent(ProcessHandle::destroyForcibly);
            });

            Outcome outcome = pool.compile(slow);
            killer.join();

            assertThat(outcome).isInstanceOf(Outcome.Judged.class);
            assertThat(started).hasSize(2);
        }

        @Test
        void closing_ends_them() {
            pool.compile(scale());
            ProcessHandle process = ProcessHandle.of(started.getFirst().pid()).orElseThrow();
            pool.close();

            assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(10));
        }

        @Test
        void a_cache_that_cannot_be_written_does_not_matter(@TempDir Path folder) throws IOException {
            Path file = Files.writeString(folder.resolve("file"), "no folder");
            try (CompilerPool other = new CompilerPool(
                    () -> NvrtcProcess.start(LIBRARY, new CacheFolder(file.resolve("cache")), Limits.STANDARD))) {
                assertThat(other.compile(scale())).isInstanceOf(Outcome.Judged.class);
            }
        }
    }

    @Nested
    class Bombs {

        @Test
        void a_source_that_expands_without_end_is_told_so() {
            limits = new Limits(Duration.ofSeconds(1), Duration.ofSeconds(60), Limits.STANDARD.addressSpaceKb());
            StringBuilder text = new StringBuilder("#define A0 x[0] += 1;\n");
            for (int i = 1; i < 40; i++) {
                text.append("#define A")
                        .append(i)
                        .append(" A")
                        .append(i - 1)
                        .append(" A")
                        .append(i - 1)
                        .append('\n');
            }

            assertThat(pool.compile(job(text + "__global__ void k(float* x) { A39 }\n")))
                    .isEqualTo(
                            new Outcome.TooMuch("the compiler did not finish within 1 s of processor time: is something"
                                    + " expanded without end?"));
        }

        @Test
        @Tag("slow")
        void a_source_that_nests_deeper_than_the_compiler_can_follow_is_told_so() {
            int depth = 490_000;
            Job nested = job(
                    "__global__ void k(float* x) { x[0] = " + "(".repeat(depth) + "1" + ")".repeat(depth) + "; }\n");

            assertThat(pool.compile(nested))
                    .isInstanceOfSatisfying(
                            Outcome.TooMuch.class,
                            told -> assertThat(told.sentence())
                                    .startsWith("the compiler fails on this file (its process ended with status ")
                                    .endsWith("): is something expanded without end, or nested very deeply?"));
            assertThat(pool.compile(scale())).isInstanceOf(Outcome.Judged.class);
        }

        @Test
        @Tag("slow")
        void a_source_that_needs_all_memory_is_told_so() {
            limits = new Limits(Duration.ofSeconds(20), Duration.ofSeconds(60), 1_250_000);
            StringBuilder text =
                    new StringBuilder("__device__ __forceinline__ float f0(float x) { return sinf(x) * x; }\n");
            for (int i = 1; i < 16; i++) {
                String inner = "f" + (i - 1);
                text.append("__device__ __forceinline__ float f")
                        .append(i)
                        .append("(float x) { return ")
                        .append(inner)
                        .append("(x * 1.1f) + ")
                        .append(inner)
                        .append("(x + 0.3f) + ")
                        .append(inner)
                        .append("(sinf(x)); }\n");
            }

            assertThat(pool.compile(job(text + "__global__ void k(float* x) { x[0] = f15(x[1]); }\n")))
                    .isInstanceOfSatisfying(
                            Outcome.TooMuch.class,
                            told -> assertThat(told.sentence()).startsWith("the compiler fails on this file ("));
        }
    }

    @Nested
    class Broken_libraries {

        @Test
        void a_truncated_library_is_the_machines_fault(@TempDir Path folder) throws IOException {
            Path compiler = folder.resolve("libnvrtc.so.12");
            Files.write(compiler, new byte[5000]);
            NvrtcLibrary broken = new NvrtcLibrary(compiler, LIBRARY.builtins(), "12.6", "a test");

            try (CompilerPool other = new CompilerPool(() -> NvrtcProcess.start(broken, CACHE, Limits.STANDARD))) {
                assertThatThrownBy(() -> other.compile(scale()))
                        .isInstanceOf(CompilerUnavailableException.class)
                        .hasMessage("The CUDA compiler NVRTC in " + compiler + " could not be loaded: " + compiler
                                + ": " + compiler + ": invalid ELF header.");
            }
        }

        @Test
        void a_library_that_ends_every_process_is_the_machines_fault() {
            Limits impossible = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(60), 100_000);

            try (CompilerPool other = new CompilerPool(() -> NvrtcProcess.start(LIBRARY, CACHE, impossible))) {
                assertThatThrownBy(() -> other.compile(scale()))
                        .isInstanceOf(CompilerUnavailableException.class)
                        .hasMessageStartingWith(
                                "The CUDA compiler NVRTC compiles nothing here: its process ended with status ");
            }
        }
    }
}
