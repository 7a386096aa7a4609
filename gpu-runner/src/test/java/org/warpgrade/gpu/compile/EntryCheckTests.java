package org.warpgrade.gpu.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.gpu.Compilation;
import org.warpgrade.gpu.CompileRejected;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.Program;

class EntryCheckTests {

    private static final NvrtcCompiler COMPILER = NvrtcCompiler.ofUser(Progress.silent());
    private static final EntryExpectation SCALE = new EntryExpectation(
            "scale",
            "void(const float*, float*, int)",
            "extern \"C\" void scale(const float* x, float* y, int n)",
            List.of("solve"));

    private static Compilation compile(String text) {
        return COMPILER.compile(
                CompileRequest.of(new CudaSource("scale.cu", text)).withEntries(SCALE));
    }

    private static String symbol(String text) {
        return switch (compile(text)) {
            case Program program -> program.symbolOf("scale");
            case CompileRejected rejected -> throw new AssertionError(rejected.log());
        };
    }

    private static Diagnostic error(String text) {
        return switch (compile(text)) {
            case Program program -> throw new AssertionError("it compiled");
            case CompileRejected rejected -> rejected.diagnostics().getFirst();
        };
    }

    @Nested
    class Accepted {

        @Test
        void an_entry_with_c_linkage_keeps_its_name() {
            assertThat(symbol("extern \"C\" void scale(const float* x, float* y, int n) {}"))
                    .isEqualTo("scale");
        }

        @Test
        void an_entry_with_cpp_linkage_is_found_under_its_mangled_name() {
            assertThat(symbol("void scale(const float* x, float* y, int n) {}")).isEqualTo("_Z5scalePKfPfi");
        }

        @Test
        void an_alias_of_the_expected_type_will_do() {
            assertThat(symbol("extern \"C\" void solve(const float* a, float* b, int n) {}"))
                    .isEqualTo("solve");
        }

        @Test
        void the_overload_of_the_expected_type_is_the_entry() {
            assertThat(symbol("void scale(int n) {} void scale(const float* x, float* y, int n) {}"))
                    .isEqualTo("_Z5scalePKfPfi");
        }

        @Test
        void the_program_keeps_no_trace_of_the_check() {
            Program program = (Program) compile("extern \"C\" void scale(const float* x, float* y, int n) {}");

            assertThat(program.ptx()).doesNotContain("__warpgrade_entry");
        }
    }

    @Nested
    class Refused {

        @Test
        void a_missing_entry_is_told_with_what_was_found_instead() {
            Diagnostic error = error("void my_scale(const float* x, float* y, int n) {}");

            assertThat(error.at()).isNull();
            assertThat(error.message()).isEqualTo("""
                    there is no function "scale"
                      expected: extern "C" void scale(const float* x, float* y, int n)
                      or under the name solve
                      found:    void my_scale(const float* x, float* y, int n) at line 1""");
        }

        @Test
        void another_type_is_told_with_expected_and_found_signature() {
            Diagnostic error = error("\nextern \"C\" int scale(float *x, const int n) { return 0; }");

            assertThat(error.at()).hasToString("scale.cu:2");
            assertThat(error.message()).isEqualTo("""
                    "scale" has another type than expected
                      expected: extern "C" void scale(const float* x, float* y, int n)
                      found:    extern "C" int scale(float* x, const int n)""");
        }

        @Test
        void a_kernel_is_no_entry() {
            assertThat(error("__global__ void scale(const float* x, float* y, int n) {}")
                            .message())
                    .isEqualTo("""
                    "scale" is a __global__ kernel; the entry is an ordinary function that launches kernels
                      expected: extern "C" void scale(const float* x, float* y, int n)""");
        }

        @Test
        void a_declaration_alone_is_no_entry() {
            assertThat(error("void scale(const float* x, float* y, int n);").message())
                    .isEqualTo("""
                    "scale" is declared but never defined
                      expected: extern "C" void scale(const float* x, float* y, int n) { ... }""");
        }

        @Test
        void an_open_brace_is_told_where_it_stands() {
            Diagnostic error = error("void helper() {}\nextern \"C\" void scale(const float* x, float* y, int n) {\n");

            assertThat(error.at()).hasToString("scale.cu:2");
            assertThat(error.message()).isEqualTo("this \"{\" is never closed");
        }

        @Test
        void the_students_own_errors_come_alone() {
            CompileRejected rejected = (CompileRejected) compile("void f() { undefined_thing(1); /* why */ }");

            assertThat(rejected.log()).isEqualTo("""
                    scale.cu(1): error: identifier "undefined_thing" is undefined
                      void f() { undefined_thing(1); /* why */ }
                                 ^""");
            assertThat(rejected.diagnostics())
                    .singleElement()
                    .satisfies(only -> assertThat(only.at().column()).isEqualTo(12));
        }
    }
}
