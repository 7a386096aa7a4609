package org.warpgrade.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemanglerTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "softmax | softmax",
                "_Z12saxpy_kernelfPKfiPfii | saxpy_kernel",
                "_Z7softmaxILi4EfEvPKT0_PS0_ii | softmax<4, float>",
                "_Z6reduceILb1ELin3EdEvPT1_ | reduce<true, -3, double>",
                "_Z4copyIPK6__halfEvT_ | copy<const __half*>",
                "_ZN3ops4gemmILi16EEEvPf | ops::gemm<16>",
                "_ZN61_GLOBAL__N__00000000_7_file_cu_0123456789abcdef_wxyzabcdefghi4tileEPf | tile",
                "_ZL6hiddenPf | hidden",
                "_Z4sortI4PairIifEEvPT_ | sort<Pair<int, float>>",
                "_Zbroken | _Zbroken",
                "_Z99short | _Z99short",
            })
    void names_are_what_people_wrote(String symbol, String name) {
        assertThat(Demangler.display(symbol)).isEqualTo(name);
    }
}
