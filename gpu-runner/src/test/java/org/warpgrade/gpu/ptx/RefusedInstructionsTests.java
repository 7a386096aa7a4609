package org.warpgrade.gpu.ptx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.warpgrade.gpu.ptx.typed.TypedModule;
import org.warpgrade.gpu.ptx.typed.UnsupportedPtxException;

/** What the CPU device cannot do it says in one sentence, with what to do instead. */
class RefusedInstructionsTests {

    private static final String TEXTURES =
            "the CPU device has no textures and surfaces: read the data through a pointer (%s)";
    private static final String CLUSTERS =
            "the CPU device has no thread block clusters: let blocks work apart, or meet in" + " global memory (%s)";
    private static final String BULK =
            "the CPU device has no bulk copies and tensor maps (TMA): use cp.async or plain loads (%s)";
    private static final String WGMMA =
            "the CPU device has no warp-group matrix instructions (wgmma): use mma.sync or wmma (%s)";
    private static final String UNKNOWN = "the CPU device does not support the PTX instruction %s";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tex.1d.v4.f32.s32 | TEXTURES",
                "suld.b.1d.b32.trap | TEXTURES",
                "mapa.u64 | CLUSTERS",
                "barrier.cluster.arrive | CLUSTERS",
                "ld.shared::cluster.u32 | CLUSTERS",
                "cp.async.bulk.commit_group | BULK",
                "mbarrier.expect_tx.shared.b64 | BULK",
                "wgmma.fence.sync.aligned | WGMMA",
                "frobnicate.u32 | UNKNOWN"
            })
    void are_named_with_what_to_do_instead(String opcode, String sentence) {
        String words = switch (sentence) {
            case "TEXTURES" -> TEXTURES;
            case "CLUSTERS" -> CLUSTERS;
            case "BULK" -> BULK;
            case "WGMMA" -> WGMMA;
            default -> UNKNOWN;
        };
        TypedModule module = new TypedModule(PtxParser.parse(
                ".version 8.5\n.target sm_90\n.address_size 64\n.visible .entry k()\n{\n.reg .b32 %a, %b, %c;\n"
                        + opcode + " %a, [%b], %c;\nret;\n}\n",
                "k.ptx"));
        assertThatThrownBy(() -> module.function("k", "k"))
                .isInstanceOf(UnsupportedPtxException.class)
                .hasMessage(String.format(words, opcode));
    }
}
