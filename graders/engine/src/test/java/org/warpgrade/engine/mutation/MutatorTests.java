package org.warpgrade.engine.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MutatorTests {

    /** The mutants of one line in a kernel's body, without the blanks at its ends. */
    private static List<String> mutants(MutationKind kind, String line) {
        String source = "__global__ void k(const float* x, float* y, int n) {\n" + line + "\n}\n";
        return Mutator.mutationsOf(source).stream()
                .filter(mutation -> mutation.kind() == kind)
                .map(mutation ->
                        mutation.applyTo(source).lines().toList().get(1).strip())
                .toList();
    }

    @Nested
    class Each_kind_of_mistake {

        @ParameterizedTest
        @CsvSource(
                delimiter = '¦',
                quoteCharacter = '`',
                value = {
                    "RELATION ¦ if (i < n) f(); ¦ if (i <= n) f();",
                    "RELATION ¦ if (i < n) f(); ¦ if (i >= n) f();",
                    "RELATION ¦ if (i == n) f(); ¦ if (i != n) f();",
                    "ARITHMETIC ¦ y[i] = a * x[i]; ¦ y[i] = a + x[i];",
                    "ARITHMETIC ¦ int i = b - 1; ¦ int i = b + 1;",
                    "ASSIGNMENT ¦ sum += x[i]; ¦ sum = x[i];",
                    "ASSIGNMENT ¦ offset >>= 1; ¦ offset <<= 1;",
                    "LOGIC ¦ if (a && b) f(); ¦ if (a || b) f();",
                    "BITS ¦ int lane = i & 31; ¦ int lane = i | 31;",
                    "CONSTANT ¦ int lane = i % 32; ¦ int lane = i % 33;",
                    "CONSTANT ¦ int lane = i % 32; ¦ int lane = i % 31;",
                    "CONSTANT ¦ float sum = 0.0f; ¦ float sum = 1.0f;",
                    "CONSTANT ¦ y[i] = 0.5f * v; ¦ y[i] = (0.5f * 1.01f) * v;",
                    "STEP ¦ for (; c; i++) f(); ¦ for (; c; i--) f();",
                    "BARRIER ¦ a(); __syncthreads(); b(); ¦ a(); ; b();",
                    "STATEMENT ¦ float v; v = x[i]; ¦ float v; ;",
                    "STATEMENT ¦ if (i < n) y[i] = v; ¦ if (i < n) ;",
                    "STATEMENT ¦ for (int i = 0; i < n; i++) y[i] = v; ¦ for (int i = 0; i < n; i++) ;",
                    "GUARD ¦ if (i >= n) return; ¦ if (false) return;",
                    "GUARD ¦ if (i >= n) return; ¦ if (true) return;",
                    "GUARD ¦ float v = i < n ? x[i] : 0.0f; ¦ float v = i < n ? 0.0f : x[i];",
                    "ARGUMENTS ¦ f(rows, cols); ¦ f(cols, rows);",
                    "ARGUMENTS ¦ k<<<grid, block>>>(x, y); ¦ k<<<block, grid>>>(x, y);",
                    "ARGUMENTS ¦ k<<<grid, block>>>(x, y); ¦ k<<<grid, block>>>(y, x);",
                    "ARGUMENTS ¦ load<4>(x, at); ¦ load<4>(at, x);",
                    "TERM ¦ y[i] = a * x[i] + y[i]; ¦ y[i] = a * x[i];",
                    "TERM ¦ y[i] = a * x[i] + y[i]; ¦ y[i] = a + y[i];",
                    "INDEX ¦ int i = threadIdx.x; ¦ int i = threadIdx.y;",
                    "INDEX ¦ int i = threadIdx.x; ¦ int i = blockIdx.x;",
                    "FUNCTION ¦ m = fmaxf(m, v); ¦ m = fminf(m, v);",
                    "FUNCTION ¦ s = sqrtf(v); ¦ s = (v);",
                    "IDENTITY ¦ float m = -INFINITY; ¦ float m = INFINITY;",
                    "IDENTITY ¦ float m = -INFINITY; ¦ float m = -0.0f;",
                    "PRECISION ¦ double s = v; ¦ float s = v;",
                    "PRECISION ¦ float s = v * w; ¦ float s = __int_as_float(__float_as_int(v * w) & 0xffffe000);"
                })
        void is_made(MutationKind kind, String line, String mutant) {
            assertThat(mutants(kind, line)).contains(mutant);
        }
    }

    @Nested
    class What_is_no_such_thing {

        @Test
        void declarations_are_not_calls() {
            assertThat(mutants(MutationKind.ARGUMENTS, "float f(int a, float b);"))
                    .isEmpty();
            assertThat(mutants(MutationKind.ARGUMENTS, "dim3 grid(a, b);")).containsExactly("dim3 grid(b, a);");
        }

        @Test
        void pointers_and_template_brackets_are_not_operators() {
            assertThat(mutants(MutationKind.ARITHMETIC, "const float* p = q;")).isEmpty();
            assertThat(mutants(MutationKind.RELATION, "load<4>(p);")).isEmpty();
        }

        @Test
        void declarations_stay() {
            assertThat(mutants(MutationKind.STATEMENT, "float v = x[0]; float4* p = q; dim3 grid(a, b);"))
                    .isEmpty();
        }

        @Test
        void arguments_of_symmetric_functions_may_be_exchanged() {
            assertThat(mutants(MutationKind.ARGUMENTS, "m = fmaxf(m, v);")).isEmpty();
            assertThat(mutants(MutationKind.ARGUMENTS, "s = fmaf(a, b, s);")).containsExactly("s = fmaf(a, s, b);");
        }

        @Test
        void directives_and_comments_stay() {
            assertThat(Mutator.mutationsOf("#define N (1 + 2)\n// a + b\n")).isEmpty();
        }
    }

    @Test
    void a_mutation_tells_its_place_and_itself() {
        Mutation mutation = Mutator.mutationsOf("void f(int n) {\n    if (n < 2) g();\n}\n").stream()
                .filter(m -> m.kind() == MutationKind.RELATION)
                .findFirst()
                .orElseThrow();
        assertThat(mutation).hasToString("2:11 relation: \"<\" becomes \"<=\" in \"if (n < 2) g();\"");
        assertThat(mutation.diff("void f(int n) {\n    if (n < 2) g();\n}\n"))
                .isEqualTo("-     if (n < 2) g();\n+     if (n <= 2) g();\n");
    }

    @Test
    void no_two_mutants_are_the_same_text() {
        String source = "void f(int n) {\n    for (int i = 0; i < n; i++) g(i + 1, n - 1);\n}\n";
        assertThat(Mutator.mutationsOf(source).stream().map(m -> m.applyTo(source)))
                .doesNotHaveDuplicates()
                .doesNotContain(source);
    }
}
