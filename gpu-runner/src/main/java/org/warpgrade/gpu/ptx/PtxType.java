package org.warpgrade.gpu.ptx;

import org.jspecify.annotations.Nullable;

/** PTX fundamental types (PTX ISA section 5.2). */
public enum PtxType {
    PRED(0),
    B8(1),
    U8(1),
    S8(1),
    B16(2),
    U16(2),
    S16(2),
    F16(2),
    BF16(2),
    B32(4),
    U32(4),
    S32(4),
    F32(4),
    F16X2(4),
    BF16X2(4),
    TF32(4),
    U16X2(4),
    S16X2(4),
    B64(8),
    U64(8),
    S64(8),
    F64(8),
    B128(16);

    private final int bytes;
    private final String id;

    PtxType(int bytes) {
        this.bytes = bytes;
        this.id = name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Size in memory; 0 for predicates, which have none. */
    public int bytes() {
        return bytes;
    }

    /** The name in PTX without the dot: {@code u32}. */
    public String id() {
        return id;
    }

    public boolean isSigned() {
        return this == S8 || this == S16 || this == S32 || this == S64;
    }

    public boolean isInteger() {
        return switch (this) {
            case B8, U8, S8, B16, U16, S16, B32, U32, S32, B64, U64, S64 -> true;
            default -> false;
        };
    }

    /** Whether it is bits that any register of the size may hold. */
    public boolean isUntyped() {
        return this == B8 || this == B16 || this == B32 || this == B64 || this == B128;
    }

    /** The type of that name, with or without the leading dot; null if there is none. */
    public static @Nullable PtxType of(String name) {
        return switch (name.startsWith(".") ? name.substring(1) : name) {
            case "pred" -> PRED;
            case "b8" -> B8;
            case "u8" -> U8;
            case "s8" -> S8;
            case "b16" -> B16;
            case "u16" -> U16;
            case "s16" -> S16;
            case "f16" -> F16;
            case "bf16" -> BF16;
            case "b32" -> B32;
            case "u32" -> U32;
            case "s32" -> S32;
            case "f32" -> F32;
            case "f16x2" -> F16X2;
            case "bf16x2" -> BF16X2;
            case "tf32" -> TF32;
            case "u16x2" -> U16X2;
            case "s16x2" -> S16X2;
            case "b64" -> B64;
            case "u64" -> U64;
            case "s64" -> S64;
            case "f64" -> F64;
            case "b128" -> B128;
            default -> null;
        };
    }
}
