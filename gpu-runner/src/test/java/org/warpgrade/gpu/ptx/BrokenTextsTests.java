package org.warpgrade.gpu.ptx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.gpu.ptx.typed.TypedModule;
import org.warpgrade.gpu.ptx.typed.UnsupportedPtxException;

/** Texts that no compiler writes, but an {@code asm} statement may: each was once an exception of our own or a hang. */
class BrokenTextsTests {

    private static final String HEADER = ".version 8.5\n.target sm_90\n.address_size 64\n";

    private static void lower(String body) {
        new TypedModule(PtxParser.parse(HEADER + ".visible .entry k()\n{\n" + body + "\nret;\n}\n", "k.cu"))
                .function("k", "k");
    }

    @Nested
    class Variables {

        @Test
        void may_be_larger_than_numbers_go_and_then_take_all_there_is() {
            for (String array : new String[] {".b8 a[9223372036854775807]", ".b32 a[4294967295][4294967295]"}) {
                PtxVariable variable = PtxParser.parse(HEADER + ".global " + array + ";", "k.cu")
                        .variables()
                        .get("a");
                assertThat(variable).isNotNull();
                assertThat(variable.bytes()).isGreaterThan(Long.MAX_VALUE - 4);
                assertThatCode(() -> lower(".shared " + array + ";")).doesNotThrowAnyException();
            }
        }

        @Test
        void cannot_have_a_negative_size() {
            assertThatThrownBy(() -> lower(".shared .b8 area[18446744073709551615];"))
                    .isInstanceOf(PtxSyntaxException.class)
                    .hasMessageContaining("only the first bound of an array may be left open, and none is negative");
        }

        @Test
        void are_aligned_to_a_power_of_two() {
            assertThatThrownBy(() -> lower(".shared .align 33 .b8 area[16];"))
                    .isInstanceOf(PtxSyntaxException.class)
                    .hasMessageContaining("an alignment is a power of two up to 1073741824, not 33");
        }

        @Test
        void begin_with_no_more_values_than_they_have() {
            assertThatThrownBy(() -> lower(".const .b32 table[1] = {1, 2};"))
                    .isInstanceOf(PtxSyntaxException.class)
                    .hasMessageContaining("has 1 elements and 2 initial values");
        }

        @Test
        void that_are_parameters_fit_a_stack() {
            for (String wrong :
                    List.of(".param .align 4 .b8 p[2147483648];", ".param .b64 a[20000];\n.param .b64 b[20000];")) {
                assertThatThrownBy(() -> lower(wrong))
                        .isInstanceOf(UnsupportedPtxException.class)
                        .hasMessageMatching("the parameters in k take \\d+ bytes or more; at most 262144 are given");
            }
            String result = ".func (.param .b8 r[2147483647]) f()\n{\nret;\n}\n";
            assertThatThrownBy(() -> new TypedModule(PtxParser.parse(HEADER + result, "k.cu")).function("f", "f"))
                    .isInstanceOf(UnsupportedPtxException.class)
                    .hasMessageStartingWith("the parameters in f take ");
        }

        @Test
        void are_no_predicates() {
            assertThatThrownBy(() -> lower(".local .pred %done;"))
                    .isInstanceOf(PtxSyntaxException.class)
                    .hasMessageContaining("a variable cannot be a predicate");
        }
    }

    @Nested
    class Instructions {

        @Test
        void branch_to_labels_that_exist() {
            assertThatThrownBy(() -> lower(".reg .b32 %a;\nts: .branchtargets here, nowhere;\nhere:\nbrx.idx %a, ts;"))
                    .isInstanceOf(UnsupportedPtxException.class)
                    .hasMessage("unknown label nowhere among the branch targets ts");
        }

        @Test
        void add_with_carry_what_they_take() {
            assertThatThrownBy(() -> lower(".reg .b32 %a, %b;\nadd.cc.u32 %a, %a, %b, %b, %b;"))
                    .isInstanceOf(UnsupportedPtxException.class)
                    .hasMessage("the PTX instruction add.cc.u32 cannot have these operands");
        }

        @Test
        void move_no_predicates_through_memory_and_name_the_space_they_ask_about() {
            areMisused(
                    ".reg .b64 %a;", "ld.param.pred %a, [%a]", "isspacep.u64 %a, %a", "cvta.u64 %a, %a", "mbarrier %a");
        }

        /** PTX ISA 9.4.1: registers may be wider than the type of ld, st and cvt, never narrower than an instruction's. */
        @Test
        void put_no_64_bits_into_a_register_of_32() {
            areMisused(
                    ".reg .b32 %r;\n.reg .b64 %p;\n.reg .f32 %f;\n.reg .f64 %d;",
                    "ld.global.b64 %r, [%p]",
                    "ld.global.v2.f64 {%d, %f}, [%p]",
                    "st.global.u64 [%p], %r",
                    "atom.global.add.u64 %r, [%p], %p",
                    "add.s64 %p, %p, %r",
                    "mul.wide.s32 %r, %r, %r",
                    "clz.b64 %r, %r",
                    "fma.rn.f64 %d, %d, %f, %d");
        }

        @Test
        void move_one_register_to_another_of_its_size() {
            areMisused(
                    ".reg .b32 %r;\n.reg .b64 %p;\n.reg .f64 %d;\n.reg .pred %q;",
                    "mov.f64 %d, %d, %d",
                    "mov.pred %q, %r",
                    "mov.b32 %r, %q",
                    "mov.b64 %p, %r",
                    "mov.b32 %r, %p",
                    "mov.b32 %r");
        }

        @Test
        void load_and_store_no_integers_by_registers_of_floats() {
            String registers = ".reg .b64 %p;\n.reg .f32 %f;\n.reg .f64 %d;\n";
            areMisused(
                    registers,
                    "ld.global.s64 %d, [%p]",
                    "ld.global.u32 %f, [%p]",
                    "ld.global.s8 %f, [%p]",
                    "st.global.u64 [%p], %d",
                    "st.global.s32 [%p], %f");
            for (String right : new String[] {
                "ld.global.b64 %d, [%p]", "ld.global.b32 %f, [%p]", "st.global.f64 [%p], %d", "st.global.b32 [%p], %f"
            }) {
                assertThatCode(() -> lower(registers + right + ";")).as(right).doesNotThrowAnyException();
            }
        }

        /** As ptxas 13.0 has it: "Arguments mismatch", "Predicate expression expected". */
        @Test
        void take_predicates_where_they_are_asked_for_and_nowhere_else() {
            String registers = ".reg .b32 %r;\n.reg .b64 %p;\n.reg .f32 %f;\n.reg .pred %q;\n";
            areMisused(
                    registers,
                    "setp.lt.xor.s32 %q, %r, %r, %r",
                    "setp.lt.s32 %q, %r, %r, %q",
                    "setp.lt.s32 %r, %r, %r",
                    "setp.lt.s32 %q|%r, %r, %r",
                    "setp.lt.s32 %q, %q, %r",
                    "setp.lt.s64 %q, %p, %r",
                    "set.lt.u32.s32 %q, %r, %r",
                    "set.lt.and.u32.s32 %r, %r, %r, %r",
                    "selp.b32 %r, %r, %r, %r",
                    "selp.b32 %r, %r, %p, %q",
                    "selp.b32 %r, %r, %q, %q",
                    "selp.b32 %r, %r, %r, %q, %q",
                    "and.pred %q, %q, %r",
                    "and.b32 %r, %r, %q",
                    "not.pred %r, %q",
                    "add.s32 %q, %r, %r",
                    "vote.sync.all.pred %q, %r, -1",
                    "vote.sync.all.pred %r, %q, -1",
                    "vote.sync.ballot.b32 %q, %q, -1",
                    "isspacep.global %r, %p",
                    "bar.red.popc.u32 %r, 0, %r",
                    "bar.red.and.pred %r, 0, %q",
                    "shfl.sync.bfly.b32 %r|%r, %r, 1, 31, -1",
                    "match.any.sync.b32 %q, %r, -1");
            assertThatThrownBy(() -> lower(registers + "@%r mov.u32 %r, 2;"))
                    .isInstanceOf(UnsupportedPtxException.class)
                    .hasMessage("the PTX instruction mov.u32 cannot have these operands");
            for (String right : new String[] {
                "selp.b32 %r, %r, %r, 1",
                "selp.b32 %r, %r, %r, !%q",
                "selp.f32 %r, %f, %f, %q",
                "setp.eq.b32 %q, %f, %r"
            }) {
                assertThatCode(() -> lower(registers + right + ";")).as(right).doesNotThrowAnyException();
            }
        }

        private static void areMisused(String registers, String... instructions) {
            for (String wrong : instructions) {
                assertThatThrownBy(() -> lower(registers + "\n" + wrong + ";"))
                        .as(wrong)
                        .isInstanceOf(UnsupportedPtxException.class)
                        .hasMessage("the PTX instruction " + wrong.split(" ")[0] + " cannot have these operands");
            }
        }

        @Test
        void copy_4_8_or_16_bytes_at_once() {
            assertThatThrownBy(() -> lower(".reg .b32 %t;\n.reg .b64 %p;\ncp.async.cg.shared.global [%t], [%p], 7, 2;"))
                    .isInstanceOf(UnsupportedPtxException.class)
                    .hasMessage("the PTX instruction cp.async.cg.shared.global cannot have these operands");
        }
    }

    @Test
    void a_text_that_breaks_off_is_told_instead_of_waited_for() {
        assertThatThrownBy(() -> PtxParser.parse(HEADER + ".pragma \"nounroll\"", "k.cu"))
                .isInstanceOf(PtxSyntaxException.class)
                .hasMessageContaining("unexpected end of the text");
        assertThatThrownBy(() -> PtxParser.parse(HEADER + ".section .debug_str", "k.cu"))
                .isInstanceOf(PtxSyntaxException.class)
                .hasMessageContaining("unexpected end of the text");
    }

    @Test
    void more_operands_than_an_instruction_has_are_refused() {
        assertThatThrownBy(() -> lower(".reg .b32 %a;\nadd.s32 %a, %a, %a, %a, %a, %a;"))
                .isInstanceOf(UnsupportedPtxException.class)
                .hasMessage("the PTX instruction add.s32 cannot have these operands");
    }
}
