package org.warpgrade.gpu.ptx.isa;

import java.math.BigInteger;

/** A PTX integer type in tests: how a register holds it, and what number the register means. */
record IntegerKind(String name) {

    static final IntegerKind[] ALL = {
        new IntegerKind("u16"),
        new IntegerKind("s16"),
        new IntegerKind("u32"),
        new IntegerKind("s32"),
        new IntegerKind("u64"),
        new IntegerKind("s64"),
    };

    static final IntegerKind[] ALL_AND_BYTES = {
        new IntegerKind("u8"), new IntegerKind("s8"), ALL[0], ALL[1], ALL[2], ALL[3], ALL[4], ALL[5],
    };

    int bits() {
        return Integer.parseInt(name.substring(1));
    }

    boolean signed() {
        return name.startsWith("s");
    }

    /** What a helper takes: an int, or a long for 64 bits. Bits above the type's are left as they are. */
    Object register(long bits) {
        return bits() == 64 ? (Object) bits : (Object) (int) bits;
    }

    /** The number that a register's low bits mean. */
    BigInteger number(long bits) {
        BigInteger low = BigInteger.valueOf(bits).mod(BigInteger.ONE.shiftLeft(bits()));
        return signed() && low.testBit(bits() - 1) ? low.subtract(BigInteger.ONE.shiftLeft(bits())) : low;
    }

    BigInteger least() {
        return signed() ? BigInteger.ONE.shiftLeft(bits() - 1).negate() : BigInteger.ZERO;
    }

    BigInteger greatest() {
        return BigInteger.ONE.shiftLeft(signed() ? bits() - 1 : bits()).subtract(BigInteger.ONE);
    }

    /** What a helper returns for a number that wraps: 16 bits with a zero upper half, 8 bits extended by sign. */
    Object result(BigInteger number) {
        if (bits() == 8) {
            return number(number.longValue()).intValue();
        }
        return bits() == 16 ? (Object) (number.intValue() & 0xFFFF) : register(number.longValue());
    }

    @Override
    public String toString() {
        return name;
    }
}
