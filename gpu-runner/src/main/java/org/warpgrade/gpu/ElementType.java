package org.warpgrade.gpu;

/** The element types that buffers and scalars are made of. */
public enum ElementType {
    U8(1),
    I32(4),
    U32(4),
    I64(8),
    F16(2),
    BF16(2),
    F32(4),
    F64(8);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Size of one element in bytes, which is also its alignment. */
    public int bytes() {
        return bytes;
    }
}
