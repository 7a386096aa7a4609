package org.warpgrade.gpu.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelNamesTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            _Z14softmax_kernelILi4EEvPKfPfif           | softmax_kernel<4>
            _Z1kPf                                     | k
            _ZN3foo3bar4gemmILi16ELb1EEEvPKfS3_Pfi     | foo::bar::gemm<16, true>
            _Z3addIfEvPKT_S2_PS0_                      | add<float>
            _Z3addI6__halfEvPKT_S3_PS1_                | add<half>
            _Z1fIPKfPfEvT_T0_                          | f<const float*, float*>
            _Z1gIN2ns5TraitEEvv                        | g<ns::Trait>
            _Z1gI3OpsIfLin2EEEvv                       | g<Ops<float, -2>>
            _Z1pIJifjEEvDpT_                           | p<int, float, unsigned int>
            _Z3mapIXadL_Z3sqrfEEEvPf                   | _Z3mapIXadL_Z3sqrfEEEvPf
            _ZN35_INTERNAL_00000000_5_t4_cu_b67eeb0a7softmaxEPKfPfii | softmax
            _ZN12_GLOBAL__N_11kEPf                     | k
            softmax                                    | softmax
            _Z99                                       | _Z99
            """)
    void a_mangled_name_reads_as_it_was_written(String mangled, String readable) {
        assertThat(KernelNames.readable(mangled)).isEqualTo(readable);
    }

    @Test
    void no_prefix_of_a_name_breaks_it() {
        String name = "_ZN3foo3bar4gemmILi16ELb1E3OpsIfEEEvPKfS3_Pfi";
        for (int length = 1; length < name.length(); length++) {
            assertThat(KernelNames.readable(name.substring(0, length))).isNotBlank();
        }
    }
}
