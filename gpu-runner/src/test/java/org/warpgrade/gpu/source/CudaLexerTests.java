package org.warpgrade.gpu.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CudaLexerTests {

    private static String spell(String text) {
        return CudaLexer.significant(text).stream().map(Token::text).collect(Collectors.joining(" "));
    }

    private static List<TokenKind> kinds(String text) {
        return CudaLexer.significant(text).stream().map(Token::kind).toList();
    }

    @Nested
    class Punctuators {

        @Test
        void a_launch_has_tokens_of_its_own() {
            assertThat(spell("k<<<grid,32>>>(x);")).isEqualTo("k <<< grid , 32 >>> ( x ) ;");
        }

        @Test
        void closing_angles_outside_a_launch_are_shifts_and_angles() {
            assertThat(spell("A<B<C<int>>> x;")).isEqualTo("A < B < C < int >> > x ;");
        }

        @Test
        void digraphs_count_as_what_they_stand_for() {
            List<Token> tokens = CudaLexer.significant("a<:0:> = <%1%>;");

            assertThat(tokens.get(1).is("[")).isTrue();
            assertThat(tokens.get(3).is("]")).isTrue();
            assertThat(tokens.get(5).is("{")).isTrue();
        }

        @Test
        void an_angle_before_a_scope_is_no_digraph() {
            assertThat(spell("std::vector<::T> v;")).isEqualTo("std :: vector < :: T > v ;");
        }
    }

    @Nested
    class Literals {

        @Test
        void a_digit_separator_opens_no_character_literal() {
            assertThat(kinds("1'000'000 'x'")).containsExactly(TokenKind.NUMBER, TokenKind.CHARACTER);
        }

        @Test
        void numbers_keep_exponents_and_suffixes() {
            assertThat(spell("1.5e-3f+0x1p+4 .5")).isEqualTo("1.5e-3f + 0x1p+4 .5");
        }

        @Test
        void a_raw_string_ends_at_its_delimiter_only() {
            assertThat(spell("R\"x(a)\" /* )x\" b")).isEqualTo("R\"x(a)\" /* )x\" b");
        }

        @Test
        void a_string_ends_with_its_line_if_it_is_not_closed() {
            List<Token> tokens = CudaLexer.significant("\"abc\nint");

            assertThat(tokens.get(0).closed()).isFalse();
            assertThat(tokens.get(1).text()).isEqualTo("int");
        }
    }

    @Nested
    class Directives {

        @Test
        void a_splice_within_a_word_is_seen_through() {
            List<Token> tokens = CudaLexer.significant("#inc\\\nlude <a.h>");

            assertThat(tokens).extracting(Token::text).containsExactly("#", "include", "<a.h>");
            assertThat(tokens.get(2).line()).isEqualTo(2);
            assertThat(tokens.get(2).column()).isEqualTo(6);
        }

        @Test
        void a_header_name_is_one_token_and_knows_no_escapes() {
            assertThat(spell("#include \"a\\\" x")).isEqualTo("# include \"a\\\" x");
            assertThat(kinds("#include <a//b>"))
                    .containsExactly(TokenKind.DIRECTIVE, TokenKind.DIRECTIVE, TokenKind.HEADER_NAME);
        }

        @Test
        void a_comment_may_stand_between_all_parts() {
            assertThat(spell("/**/#/**/include/**/<a.h>")).isEqualTo("# include <a.h>");
        }

        @Test
        void the_percent_spelling_is_a_directive_too() {
            assertThat(CudaLexer.significant("%:include <a.h>").get(0).is("#")).isTrue();
        }

        @Test
        void a_directive_ends_with_its_logical_line() {
            List<Token> tokens = CudaLexer.significant("#define A \\\n 1 /* \n */ 2\nint");

            assertThat(tokens.get(4).inDirective()).isTrue();
            assertThat(tokens.get(5).inDirective()).isFalse();
        }
    }

    @Nested
    class Tiling {

        @Test
        void tokens_tile_any_text() {
            String alphabet = "ab1'\"\\\n\r/*#<>(){}%:R. é\t";
            for (int seed = 0; seed < 2000; seed++) {
                Random random = new Random(seed);
                String text = random.ints(40, 0, alphabet.length())
                        .mapToObj(i -> alphabet.substring(i, i + 1))
                        .collect(Collectors.joining());

                int end = 0;
                for (Token token : CudaLexer.tokenize(text)) {
                    assertThat(token.start()).as("seed %d: %s", seed, text).isEqualTo(end);
                    end = token.end();
                }
                assertThat(end).as("seed %d", seed).isEqualTo(text.length());
            }
        }
    }
}
