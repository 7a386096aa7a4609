package org.warpgrade.engine.similarity;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What words mean to the comparison: which say only how a value is typed, which are only another spelling. */
final class Vocabulary {

    /**
     * Types, qualifiers and specifiers: none of them changes what the code does to its data in a way that a copy would
     * keep.
     */
    static final Set<String> TYPES = words("""
            const constexpr static inline volatile register unsigned signed int long short char float double bool void auto
            extern mutable typename class struct __host__ __device__ __forceinline__ __noinline__ __restrict__ __restrict
            size_t ssize_t ptrdiff_t int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t uintptr_t intptr_t
            uint uchar ushort ulong __half __half2 __nv_bfloat16 dim3 cudaError_t cudaStream_t
            char2 char4 uchar4 short2 short4 int2 int3 int4 uint2 uint3 uint4 float2 float3 float4 double2 long2
            """);

    static final Set<String> CASTS = words("static_cast reinterpret_cast const_cast dynamic_cast");

    /** Another number by name. */
    static final Set<String> NUMBERS = words(
            "true false nullptr NULL INFINITY NAN FLT_MAX FLT_MIN FLT_EPSILON DBL_MAX INT_MAX INT_MIN HUGE_VALF warpSize");

    /** Names that no student chose; {@code cuda…} and {@code __…} are others. */
    static final Set<String> LIBRARY = words("""
            abs max min exp exp2 log log2 log1p expm1 sqrt rsqrt cbrt pow tanh sinh cosh sin cos tan erf erfc floor ceil round rint
            trunc fma hypot copysign mod isnan isinf isfinite signbit atomicAdd atomicMax atomicMin atomicCAS atomicExch atomicInc
            printf assert memcpy memset std x y z w
            """);

    /** One name for functions that differ in precision only. */
    private static final Map<String, String> ALIASES = Stream.of(
                    "expf __expf exp",
                    "exp2f exp2",
                    "logf __logf log",
                    "log2f log2",
                    "log1pf log1p",
                    "expm1f expm1",
                    "sqrtf __fsqrt_rn sqrt",
                    "rsqrtf rsqrt",
                    "powf __powf pow",
                    "tanhf tanh",
                    "sinf sin",
                    "cosf cos",
                    "erff erf",
                    "erfcf erfc",
                    "floorf floor",
                    "ceilf ceil",
                    "roundf round",
                    "rintf rint",
                    "truncf trunc",
                    "fmaf __fmaf_rn fma",
                    "fmaxf fmax max",
                    "fminf fmin min",
                    "fabsf fabs abs",
                    "fmodf fmod mod",
                    "hypotf hypot",
                    "copysignf copysign",
                    "__ldg std")
            .map(row -> row.split(" "))
            .flatMap(row -> Stream.of(row).limit(row.length - 1).map(name -> Map.entry(name, row[row.length - 1])))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private Vocabulary() {}

    static String plain(String word) {
        return ALIASES.getOrDefault(word, word);
    }

    /** Whether a name can be replaced by another without changing the program. */
    static boolean isChosen(String name) {
        return !LIBRARY.contains(name) && !name.startsWith("__") && !name.startsWith("cuda");
    }

    private static Set<String> words(String list) {
        return Set.of(list.strip().split("\\s+"));
    }
}
