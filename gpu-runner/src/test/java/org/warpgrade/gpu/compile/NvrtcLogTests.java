package org.warpgrade.gpu.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NvrtcLogTests {

    @Test
    void a_template_error_tells_where_it_was_instantiated() {
        String log = """
                a.cu(3): error: incomplete type is not allowed
                    T t;
                      ^
                          detected during instantiation of "void f<T>() [with T=S]" at line 9

                """;

        assertThat(NvrtcLog.diagnostics(log)).singleElement().satisfies(d -> {
            assertThat(d.at()).hasToString("a.cu:3");
            assertThat(d.message())
                    .isEqualTo(
                            "incomplete type is not allowed; in instantiation of \"void f<T>() [with T=S]\" at line 9");
        });
    }

    @Test
    void names_and_places_without_end_are_cut() {
        String name = "Wrap<".repeat(500) + "int" + ">".repeat(500);
        String log = "a.cu(3): error: excessive recursion at instantiation of class \"" + name + "\"\n"
                + "          detected during:\n"
                + ("            instantiation of class \"" + name + "\" at line 3\n").repeat(9)
                + "\n";

        assertThat(NvrtcLog.diagnostics(log))
                .singleElement()
                .satisfies(d -> assertThat(d.message())
                        .startsWith("excessive recursion at instantiation of class \"Wrap<Wrap<")
                        .contains(" … ")
                        .endsWith(">\" at line 3; …")
                        .hasSizeLessThan(1200));
    }
}
