package org.warpgrade.gpu.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.Severity;

class IncludeGuardTests {

    private static List<Diagnostic> refusals(String text) {
        return switch (IncludeGuard.examine(new CudaSource("a.cu", text))) {
            case IncludeGuard.Guarded.Clean clean -> List.of();
            case IncludeGuard.Guarded.Missing missing -> throw new AssertionError(missing.errors());
            case IncludeGuard.Guarded.Refused refused -> refused.reasons();
        };
    }

    private static List<Diagnostic> missing(String text) {
        return ((IncludeGuard.Guarded.Missing) IncludeGuard.examine(new CudaSource("a.cu", text))).errors();
    }

    private static String clean(String text) {
        return switch (IncludeGuard.examine(new CudaSource("a.cu", text))) {
            case IncludeGuard.Guarded.Clean clean -> clean.text();
            case IncludeGuard.Guarded.Missing missing -> throw new AssertionError(missing.errors());
            case IncludeGuard.Guarded.Refused refused -> throw new AssertionError(refused.reasons());
        };
    }

    @Nested
    class Includes {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "#include \"/etc/passwd\"",
                    "#include </etc/passwd>",
                    "#include \"../secret.h\"",
                    "#include \"./math.h\"",
                    "#inc\\\nlude \"/etc/passwd\"",
                    "#inc\\\r\nlude \"/etc/passwd\"",
                    "%:include \"/etc/passwd\"",
                    "#/**/include/**/\"/etc/passwd\"",
                    "/* \n */ # /* \n */ include \"/etc/passwd\"",
                    "\f\u000b#\f\u000binclude\f\"/etc/passwd\"",
                    "#include_next \"/etc/passwd\"",
                    "#import \"/etc/passwd\"",
                    "#embed \"/etc/passwd\"",
                    "#define P \"/etc/passwd\"\n#include P",
                    "#define Q R\nauto s = Q\"x(\n#include \"/etc/passwd\"\n)x\";",
                    "auto s = R\"x(\n#include \"/etc/passwd\"\n)x\";",
                    "int a = 1'0; int b = '\"';\n#include \"/etc/passwd\"",
                    "const char* s = \"abc\n#include \"/etc/passwd\"",
                    "#if 0\ndon't /*\n#endif\n#include \"/etc/passwd\"\n//*/",
                    "#define X don't R\"(\n#include \"/etc/passwd\"\n//)\"",
                    "#define E(x) x\nE(\n#include \"/etc/passwd\"\n)",
                    "\uFEFF#include \"/etc/passwd\"",
                    "??=include \"/etc/passwd\"",
                    "int x;\r#include \"/etc/passwd\"",
                })
        void every_spelling_of_an_include_of_a_host_file_is_refused(String text) {
            assertThat(refusals(text)).isNotEmpty();
        }

        @Test
        void headers_that_nobody_offers_are_missing_as_a_compiler_would_say_and_what_is_offered_is_told_once() {
            List<Diagnostic> told = missing("int x;\n#include <deque>\n#include \"my_helpers.h\"\n");
            assertThat(told).hasSize(3);
            assertThat(told.get(0).at()).hasToString("a.cu:2");
            assertThat(told.get(0).message())
                    .isEqualTo("\"deque\" is not offered (use plain arrays, or std::vector in host code)");
            assertThat(told.get(1).at()).hasToString("a.cu:3");
            assertThat(told.get(1).message()).isEqualTo("\"my_helpers.h\" is not offered");
            assertThat(told.get(2).severity()).isEqualTo(Severity.NOTE);
            assertThat(told.get(2).message())
                    .startsWith("a submission may include cuda_runtime.h, cuda_runtime_api.h, cuda.h, ");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                stdexcept     | there are no exceptions here; return when a call fails
                helper_cuda.h | compare what a call returns with cudaSuccess; cudaGetErrorString names the error
                chrono        | the grader measures time itself; cudaEventElapsedTime and clock() are there
                """)
        void headers_with_something_in_their_place_say_what(String header, String instead) {
            assertThat(missing("#include <" + header + ">\n").get(0).message())
                    .isEqualTo("\"" + header + "\" is not offered (" + instead + ")");
        }

        @Test
        void a_place_in_the_file_system_is_refused_also_beside_a_missing_header() {
            assertThat(refusals("#include <deque>\n#include \"/etc/passwd\"\n"))
                    .singleElement()
                    .satisfies(reason -> assertThat(reason.message())
                            .isEqualTo("\"/etc/passwd\" names a place in the file system;"
                                    + " nothing outside the submission can be included"));
        }

        @Test
        void offered_headers_pass_in_either_quotes() {
            assertThat(refusals("#include <cuda_runtime.h>\n#include \"cuda_fp16.h\"\n"))
                    .isEmpty();
        }

        @Test
        void an_include_in_a_comment_is_none() {
            assertThat(refusals("// #include \"/etc/passwd\"\n/*\n#include \"/etc/passwd\"\n*/\n"))
                    .isEmpty();
        }

        @Test
        void an_include_under_a_condition_becomes_an_error_that_only_the_compiler_can_reach() {
            assertThat(clean("#ifdef HOST\n#include <iostream>\n#endif\n"))
                    .startsWith("#ifdef HOST\n#error `iostream` is not offered (print with printf)")
                    .endsWith("\n#endif\n");
        }
    }

    @Nested
    class Existence {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "#define H __has_include\n#if H(\"/etc/passwd\")\n#endif",
                    "#define P \"/etc/passwd\"\n#if __has_include(P)\n#endif",
                    "#define C(a, b) a##b\n#if C(__has_, include)(\"/etc/passwd\")\n#endif",
                    "#define C(a, b) a %:%: b\n#define D C\n#if D(__has_, include)(\"/etc/passwd\")\n#endif",
                    "#if _NV_CONCAT_EVAL1(__has_, include)(\"/etc/passwd\")\n#endif",
                    "int x = __has_include(\"/etc/passwd\");",
                })
        void has_include_cannot_ask_for_host_files(String text) {
            assertThat(refusals(text)).isNotEmpty();
        }

        @Test
        void has_include_knows_what_is_offered_and_nothing_else() {
            assertThat(clean("#if __has_include(<cuda_fp16.h>) || __has_include(\"/etc/passwd\")\n"))
                    .isEqualTo("#if 1 || 0\n");
        }

        @Test
        void whether_has_include_exists_may_be_asked() {
            assertThat(refusals("#ifdef __has_include\n#endif\n#if defined(__has_include)\n#endif\n"))
                    .isEmpty();
        }
    }

    @Nested
    class WhatNvrtcSees {

        @Test
        void comments_become_blanks_and_lines_stay() {
            assertThat(clean("int a; // x\n/* 1\n2 */ int b;\n")).isEqualTo("int a;     \n    \n     int b;\n");
        }

        @Test
        void a_comment_after_code_keeps_its_lines_joined() {
            assertThat(clean("int a; /* 1\n2 */ # include <x>\n")).startsWith("int a;     \\\n     #");
        }

        @Test
        void line_directives_vanish() {
            assertThat(clean("#line 7 \"other.cu\"\n# 3 \"third.cu\"\nint x;\n")
                            .lines()
                            .map(String::strip))
                    .containsExactly("", "", "int x;");
        }

        @Test
        void a_byte_order_mark_is_taken_off() {
            assertThat(clean("\uFEFFint x;")).isEqualTo(" int x;");
        }
    }

    @Nested
    class Limits {

        @Test
        void a_nul_is_refused_with_its_line() {
            assertThat(refusals("int x;\n\0")).singleElement().satisfies(reason -> {
                assertThat(reason.at()).hasToString("a.cu:2");
                assertThat(reason.message()).isEqualTo("the file holds a NUL character; it is no plain text");
            });
        }

        @Test
        void a_file_over_one_mebibyte_is_refused() {
            assertThat(refusals(" ".repeat((1 << 20) + 1)).getFirst().message())
                    .isEqualTo("the file has 1048577 bytes; at most 1048576 (1 MiB) are compiled");
        }

        @Test
        void an_open_comment_is_told_where_it_begins() {
            assertThat(refusals("int x;\n  /* never").getFirst()).satisfies(reason -> {
                assertThat(reason.at()).hasToString("a.cu:2");
                assertThat(reason.message()).isEqualTo("this comment is never closed");
            });
        }

        @Test
        void keywords_keep_their_meaning() {
            assertThat(refusals("#define float double\n").getFirst().message())
                    .isEqualTo("#define of the C++ keyword \"float\" is not allowed");
        }

        @Test
        void names_of_the_launch_protocol_are_reserved() {
            assertThat(refusals("void f() { __cudaCDP2LaunchDeviceV2(0, 0); }")
                            .getFirst()
                            .message())
                    .isEqualTo("names with \"__cudaCDP2\" are reserved");
        }
    }
}
