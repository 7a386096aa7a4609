package org.warpgrade.gpu;

/** What unwritten memory holds. Two patterns, so that a result that depends on one shows. */
public enum Poison {
    /** Every 32-bit word {@code 0x7FA5A5A5}, a signalling NaN as a float and far out of range as an int. */
    SIGNALLING_NAN(0x7FA5A5A5),
    /** Every byte {@code 0xCD}: -4.3e8 as a float. */
    CD_BYTES(0xCDCDCDCD);

    private final int word;

    Poison(int word) {
        this.word = word;
    }

    /** The 32-bit word, repeated over the memory little-endian. */
    public int word() {
        return word;
    }

    /** The byte at the given offset from a 4-aligned address. */
    public byte byteAt(long offset) {
        return (byte) (word >>> (8 * (int) (offset & 3)));
    }
}
