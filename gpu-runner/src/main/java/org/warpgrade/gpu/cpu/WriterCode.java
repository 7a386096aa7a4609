package org.warpgrade.gpu.cpu;

/** Who wrote a word, packed in a long: launch + 1 (20 bits), linear block (34 bits), linear thread (10 bits). 0 is nobody. */
final class WriterCode {

    private WriterCode() {}

    static long of(int launch, long block, int thread) {
        return (long) (launch + 1) << 44 | (block & 0x3FFFFFFFFL) << 10 | thread;
    }

    static int launch(long code) {
        return (int) (code >>> 44) - 1;
    }

    static long block(long code) {
        return code >>> 10 & 0x3FFFFFFFFL;
    }

    static int thread(long code) {
        return (int) (code & 0x3FF);
    }
}
