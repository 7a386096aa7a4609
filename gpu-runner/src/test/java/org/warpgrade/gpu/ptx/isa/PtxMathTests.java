package org.warpgrade.gpu.ptx.isa;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PtxMathTests {

    @Test
    void finds_owner_and_type_by_name() {
        assertThat(PtxMath.find("mul_wide_u32"))
                .contains(new PtxMath.MethodRef(
                        IntegerMath.class, "mul_wide_u32", MethodType.methodType(long.class, int.class, int.class)));
        assertThat(PtxMath.find("cvt_rzi_s32_f32"))
                .contains(new PtxMath.MethodRef(
                        FloatToInteger.class, "cvt_rzi_s32_f32", MethodType.methodType(int.class, float.class)));
    }

    @Test
    void answers_empty_for_an_unknown_name() {
        assertThat(PtxMath.find("add_s31")).isEmpty();
        assertThat(PtxMath.find("nonsense")).isEmpty();
        assertThat(PtxMath.find("")).isEmpty();
    }

    @Test
    void finds_every_public_helper_of_every_class_and_no_name_twice() {
        Set<String> seen = new HashSet<>();
        for (Class<?> owner : PtxMath.owners()) {
            for (Method method : owner.getDeclaredMethods()) {
                if (!Modifier.isPublic(method.getModifiers())) {
                    continue;
                }
                assertThat(seen.add(method.getName()))
                        .as("%s is unique", method)
                        .isTrue();
                assertThat(PtxMath.find(method.getName()))
                        .as("%s is found", method)
                        .hasValueSatisfying(found -> assertThat(found.owner()).isEqualTo(owner));
            }
        }
        assertThat(seen).hasSizeGreaterThan(700);
    }
}
