package org.warpgrade.gpu.ptx.isa;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the helper that gives a PTX instruction its meaning, by name.
 *
 * <p>The classes are looked at one by one, in the order in which they are likely to hold the name, and each only when
 * it is first asked.
 */
public final class PtxMath {

    /** A static method to call: its class, its name and its type. */
    public record MethodRef(Class<?> owner, String name, MethodType type) {}

    private static final Map<Class<?>, Map<String, MethodRef>> HELPERS = new ConcurrentHashMap<>();

    private PtxMath() {}

    /** The helper of this name, for example {@code mul_wide_u32}; empty if there is none. */
    public static Optional<MethodRef> find(String name) {
        for (Class<?> owner : candidates(name)) {
            MethodRef found = HELPERS.computeIfAbsent(owner, PtxMath::helpersOf).get(name);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** Every class with helpers. */
    static List<Class<?>> owners() {
        return List.of(
                IntegerMath.class,
                BitMath.class,
                PackedMath.class,
                FloatMath.class,
                DoubleMath.class,
                HalfMath.class,
                BfloatMath.class,
                Approximations.class,
                Comparisons.class,
                IntegerConversions.class,
                FloatToInteger.class,
                IntegerToFloat.class,
                FloatConversions.class);
    }

    private static List<Class<?>> candidates(String name) {
        if (name.startsWith("set_")) {
            return List.of(Comparisons.class);
        }
        if (name.startsWith("slct_")) {
            return List.of(BitMath.class);
        }
        if (name.startsWith("cvt_")) {
            return conversions(name);
        }
        boolean half = name.contains("f16");
        if (!half && (name.contains("_approx_") || name.contains("_full_"))) {
            return List.of(Approximations.class);
        }
        return switch (name.substring(name.lastIndexOf('_') + 1)) {
            case "f32" -> List.of(FloatMath.class);
            case "f64" -> List.of(DoubleMath.class);
            case "f16", "f16x2" -> List.of(HalfMath.class);
            case "bf16", "bf16x2" -> List.of(BfloatMath.class);
            default -> List.of(IntegerMath.class, BitMath.class, PackedMath.class);
        };
    }

    private static List<Class<?>> conversions(String name) {
        int split = name.lastIndexOf('_');
        boolean fromFloat = isFloat(name.substring(split + 1));
        boolean toFloat = isFloat(name.substring(name.lastIndexOf('_', split - 1) + 1, split));
        if (fromFloat) {
            return List.of(toFloat ? FloatConversions.class : FloatToInteger.class);
        }
        return List.of(toFloat ? IntegerToFloat.class : IntegerConversions.class);
    }

    private static boolean isFloat(String type) {
        return type.contains("f");
    }

    private static Map<String, MethodRef> helpersOf(Class<?> owner) {
        Map<String, MethodRef> helpers = new HashMap<>();
        for (Method method : owner.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers())) {
                MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
                helpers.put(method.getName(), new MethodRef(owner, method.getName(), type));
            }
        }
        return helpers;
    }
}
