package org.warpgrade.engine.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.warpgrade.engine.similarity.MatchedRegion.Lines;
import org.warpgrade.engine.similarity.Symbols.Symbol;

class SimilarityTests {

    private static final String SUM = """
            __global__ void total(const float* x, float* y, int n) {
                __shared__ float part[256];
                float sum = 0.0f;
                for (int i = threadIdx.x; i < n; i += 256) {
                    sum += x[i] * x[i];
                }
                part[threadIdx.x] = sum;
                __syncthreads();
                for (int half = 128; half > 0; half /= 2) {
                    if (threadIdx.x < half) part[threadIdx.x] += part[threadIdx.x + half];
                    __syncthreads();
                }
                if (threadIdx.x == 0) y[blockIdx.x] = sqrtf(part[0] / n);
            }
            """;

    private static String form(String text) {
        return CanonicalForm.symbols(text).stream()
                .map(Symbol::text)
                .reduce("", (a, b) -> a + " " + b)
                .strip();
    }

    @Nested
    class CanonicalForms {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "void f(float* x, int n) { for (int i = 0; i < n; i++) { x[i] *= 2.0f; } }",
                    "void f(float *x, int n) { int i; i = 0; while (i < n) { x[i] = x[i] * 2; ++i; } }",
                    "void f(float* x, int n) { for (unsigned i{}, i = 0; (i < n); i += 1) x[i] = x[i] * (float)(1 + 1); }",
                    "#define UP(k) k += 1\nvoid f(float* x, int n) { size_t i = 0; while (i < n) { x[(i)] *= 2; UP(i); } }",
                    "template <typename T> void f(T* x, int n) { constexpr int TWO = 2; for (T i = 0; n > i || i < n; i++) { x[i] *= TWO; } }"
                })
        void one_loop_in_many_spellings_says_the_same_in_the_body(String text) {
            assertThat(form(text))
                    .startsWith("FUNCTION f ( x , n ) ;")
                    .contains("i = # ; LOOP")
                    .endsWith("x [ i ] = x [ i ] * # ; i = i + # ;");
        }

        @Test
        void comments_includes_prototypes_and_dead_branches_say_nothing() {
            String plain = "int f(int a) { return a * 3; }";

            assertThat(form("#include <cmath>\n// no\nint f(int a);\n#if 0\nint g() { return 1; }\n#endif\n" + plain))
                    .isEqualTo(form(plain))
                    .isEqualTo("FUNCTION f ( a ) ; return a * # ;");
        }

        @Test
        void both_branches_count_where_the_condition_is_unknown() {
            assertThat(form("#if FAST\na = b;\n#else\nc = d;\n#endif")).isEqualTo("a = b ; c = d ;");
        }

        @Test
        void a_constant_by_name_is_a_number() {
            assertThat(form("const int N = 4 * 32; __shared__ float a[N]; enum { K = 3 }; b = K;"))
                    .isEqualTo("__shared__ a [ # ] ; b = # ;");
        }

        @Test
        void precisions_of_one_function_are_one_function() {
            assertThat(form("a = std::fmax(b, __expf(c));"))
                    .isEqualTo(form("a = fmaxf(b, ::exp(c));"))
                    .isEqualTo("a = max ( b , exp ( c ) ) ;");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "}",
                    "for",
                    "for (",
                    "if (",
                    "#define A(",
                    "#define A A A\nA",
                    "template <",
                    "struct",
                    "do",
                    "case",
                    "\"",
                    "/*",
                    "f(a, {",
                    "#define B(x) x x\nB(B(B(B(B(B(1))))))",
                    "#if\n#else\n#else\n#endif\n#endif",
                    "using",
                    "typedef",
                    "enum {",
                    "static_cast<"
                })
        void nonsense_still_has_a_form(String text) {
            assertThat(form(text)).isNotNull();
        }

        @Test
        void a_bomb_of_macros_goes_off_quietly() {
            StringBuilder bomb = new StringBuilder("#define A0 x = x + 1;\n");
            for (int i = 1; i < 40; i++) {
                bomb.append("#define A")
                        .append(i)
                        .append(" A")
                        .append(i - 1)
                        .append(" A")
                        .append(i - 1)
                        .append('\n');
            }

            assertThat(CanonicalForm.symbols(bomb + "A39").size()).isLessThan(200_000);
        }

        @Test
        void endless_nesting_ends() {
            assertThat(form("{".repeat(100_000) + "if(a)".repeat(20_000))).isNotNull();
        }
    }

    @Nested
    class Pairs {

        private final Similarity similarity = Similarity.excluding(List.of());

        @Test
        void a_renamed_copy_is_found_with_its_lines() {
            String copy = "// mine\n\n"
                    + SUM.replace("sum", "acc").replace("half", "step").replace("total", "norm");

            List<SimilarPair> pairs =
                    similarity.pairs(List.of(new Work("zoe", "z.cu", copy), new Work("abe", "a.cu", SUM)));

            assertThat(pairs).singleElement().satisfies(pair -> {
                assertThat(pair.first().owner()).isEqualTo("abe");
                assertThat(pair.second().owner()).isEqualTo("zoe");
                assertThat(pair.score()).isEqualTo(1);
                assertThat(pair.regions()).singleElement().satisfies(region -> {
                    assertThat(region.first()).isEqualTo(new Lines(1, 13));
                    assertThat(region.second()).isEqualTo(new Lines(3, 15));
                });
            });
        }

        @Test
        void one_name_for_two_is_another_program() {
            String text = "a[i] = b[j] + c[i] * d[j] - b[i] + c[j] * a[i] - d[j] + b[i] * c[j] + d[i] * a[j] - c[i];";

            assertThat(similarity
                            .from(0)
                            .pairs(List.of(
                                    new Work("abe", "a.cu", text.repeat(3)),
                                    new Work(
                                            "zoe",
                                            "z.cu",
                                            text.replace('j', 'i').repeat(3)))))
                    .allSatisfy(pair -> assertThat(pair.score()).isLessThan(0.3));
        }

        @Test
        void what_everybody_was_given_does_not_count() {
            assertThat(Similarity.excluding(List.of(SUM)).from(0).pairs(twice(SUM)))
                    .isEmpty();
        }

        @Test
        void what_a_good_part_of_a_class_has_does_not_count() {
            List<Work> works = new ArrayList<>();
            for (int i = 0; i < 14; i++) {
                works.add(new Work("student " + i, "a.cu", SUM));
            }

            assertThat(similarity.pairs(works)).isEmpty();
            assertThat(similarity.pairs(works.subList(0, 3))).hasSize(3);
        }

        @Test
        void works_of_one_owner_are_not_compared() {
            assertThat(similarity.pairs(List.of(new Work("abe", "1.cu", SUM), new Work("abe", "2.cu", SUM))))
                    .isEmpty();
        }

        @Test
        void a_short_common_piece_proves_nothing() {
            assertThat(similarity.pairs(
                            twice("void f(float* x) { x[threadIdx.x] = x[threadIdx.x + 1] + x[blockIdx.x]; }")))
                    .isEmpty();
        }

        private List<Work> twice(String text) {
            return List.of(new Work("abe", "a.cu", text), new Work("zoe", "a.cu", text));
        }
    }

    @Nested
    class Fingerprints {

        /** The figure of the paper: windows of five letters of "adorunrunrunadorunrun", one of four chosen. */
        @Test
        void winnowing_chooses_as_the_paper_does() {
            long[] hashes = {77, 74, 42, 17, 98, 50, 17, 98, 8, 88, 67, 39, 77, 74, 42, 17, 98};

            assertThat(new Winnowing(5, 4).fingerprints(hashes, new BitSet())).containsExactlyInAnyOrder(17L, 8L, 39L);
        }

        @Test
        void every_shared_piece_of_the_guaranteed_length_leaves_a_shared_fingerprint() {
            Winnowing winnowing = new Winnowing(6, 4);
            Random random = new Random(3);
            for (int round = 0; round < 200; round++) {
                String shared = random.ints(winnowing.guarantee(), 0, 1000)
                        .mapToObj(i -> "cuda" + i + " ")
                        .reduce("", String::concat);
                String before = random.ints(20, 2000, 3000)
                        .mapToObj(i -> "cuda" + i + " ")
                        .reduce("", String::concat);
                String after = random.ints(20, 4000, 5000)
                        .mapToObj(i -> "cuda" + i + " ")
                        .reduce("", String::concat);

                assertThat(fingerprints(before + shared, winnowing))
                        .containsAnyElementsOf(fingerprints(shared + after, winnowing));
            }
        }

        private Set<Long> fingerprints(String text, Winnowing winnowing) {
            return winnowing.fingerprints(CanonicalForm.of(text).windows(winnowing.width()), new BitSet());
        }
    }
}
