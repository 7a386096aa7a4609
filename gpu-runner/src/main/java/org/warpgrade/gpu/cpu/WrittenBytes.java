package org.warpgrade.gpu.cpu;

import java.util.Arrays;

/** Which bytes of a memory were written: one byte for each, 1 where it was. Most accesses are of 4 bytes, done at once. */
final class WrittenBytes {

    private static final int WORD = 0x01010101;

    private WrittenBytes() {}

    /** Whether all of them were written. */
    static boolean areWritten(byte[] shadow, int offset, int bytes) {
        if (bytes == Integer.BYTES) {
            return Bytes.getInt(shadow, offset) == WORD;
        }
        for (int i = offset; i < offset + bytes; i++) {
            if (shadow[i] == 0) {
                return false;
            }
        }
        return true;
    }

    static void mark(byte[] shadow, int offset, int bytes) {
        if (bytes == Integer.BYTES) {
            Bytes.putInt(shadow, offset, WORD);
        } else {
            Arrays.fill(shadow, offset, offset + bytes, (byte) 1);
        }
    }
}
