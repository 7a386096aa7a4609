package org.warpgrade.gpu.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostMathTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            void f(int n) { int s = (int)log2(n); }               | void f(int n) { int s = (int)_og2(n); }
            int f() { return std::pow(2, 3) + ::sinf(1.f); }      | int f() { return std::_ow(2, 3) + ::_inf(1.f); }
            namespace a { struct S { int g() { return exp(1); } }; } | namespace a { struct S { int g() { return _xp(1); } }; }
            template <class T> T f(T x) { return log(x); }        | template <class T> T f(T x) { return _og(x); }
            """)
    void calls_in_host_functions_get_the_names_of_the_hosts(String text, String disguised) {
        assertThat(HostMath.disguise(text)).isEqualTo(disguised).hasSameSizeAs(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "__global__ void k(float* x) { x[0] = log2(8.0); }",
                "__host__ __device__ double f(double x) { return pow(x, 2); }",
                "#define DEVICE __device__ __forceinline__\nDEVICE double f(double x) { return exp(x); }",
                "double g(double x) { return exp(x); }\n__global__ void k(double* x) { *x = g(*x); }",
                "double h(double x) { return exp(x); }\ndouble g(double x) { return h(x); }\n"
                        + "__global__ void k(double* x) { *x = g(*x); }",
                "int log2(int n) { return n; }\nvoid f(int n) { log2(n); }",
                "#define exp(x) (x)\nvoid f() { exp(3); }",
                "void f() { logger.log(3); logger->log(3); int exp = 3; exp += (2); }",
                "void f() { double log = 3; g(\"log(3)\"); } // log(3)"
            })
    void nothing_else_is_touched(String text) {
        assertThat(HostMath.disguise(text)).isEqualTo(text);
    }

    @Test
    void what_the_compiler_says_has_the_names_of_the_source() {
        assertThat(HostMath.readable("no instance of overloaded function \"_ow\" matches _og2f(_x, a_ow)"))
                .isEqualTo("no instance of overloaded function \"pow\" matches log2f(_x, a_ow)");
    }
}
