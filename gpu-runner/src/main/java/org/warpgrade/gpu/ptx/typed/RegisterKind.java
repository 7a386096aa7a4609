package org.warpgrade.gpu.ptx.typed;

import org.warpgrade.gpu.ptx.PtxType;

/** How a register's value is held on the JVM. */
public enum RegisterKind {
    BOOLEAN,
    /** 16- and 32-bit values; 16-bit ones keep their upper bits zero. */
    INT,
    LONG,
    FLOAT,
    DOUBLE;

    /** Whether it has 64 bits, and so two of the JVM's locals. */
    public boolean isWide() {
        return this == LONG || this == DOUBLE;
    }

    public static RegisterKind of(PtxType type) {
        return switch (type) {
            case PRED -> BOOLEAN;
            case F32 -> FLOAT;
            case F64 -> DOUBLE;
            case B64, U64, S64 -> LONG;
            case B128 -> throw new IllegalArgumentException("128-bit registers");
            default -> INT;
        };
    }

    public static RegisterKind of(Class<?> javaType) {
        if (javaType == boolean.class) {
            return BOOLEAN;
        }
        if (javaType == int.class) {
            return INT;
        }
        if (javaType == long.class) {
            return LONG;
        }
        if (javaType == float.class) {
            return FLOAT;
        }
        if (javaType == double.class) {
            return DOUBLE;
        }
        throw new IllegalArgumentException("no register holds a " + javaType);
    }
}
