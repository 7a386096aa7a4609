package org.warpgrade.gpu.cpu;

/**
 * Accesses of neighbouring threads to neighbouring places. Where addresses go up by the same step from lane to lane, one
 * test before a lane loop tells that all of its accesses are in bounds and aligned; the loop then indexes the allocation's
 * bytes by the lane, as a loop over an array does. Called by generated code.
 */
public final class Rows {

    /** Stands for "not all of them are": no origin that lanes could be added to. */
    public static final int NONE = Integer.MIN_VALUE;

    private Rows() {}

    /** Whether a 32-bit register is neither negative nor wraps around in any lane, so that it may be widened. */
    public static boolean fits(int ofFirst, int step, int from, int to) {
        long ofLast = ofFirst + (long) step * (to - 1 - from);
        return ofFirst >= 0 && ofLast >= 0 && ofLast <= Integer.MAX_VALUE;
    }

    /**
     * The offset in an allocation that the addresses of lane 0 would have; {@link #NONE} if some lane would be out of bounds
     * or misaligned.
     *
     * @param data the allocation's bytes
     * @param begin where they begin
     * @param ofFirst the address of lane {@code from}
     * @param step bytes from one lane's address to the next lane's
     * @param to one more than the last lane
     * @param least the first byte accessed from the address
     * @param most one more than the last byte accessed
     * @param align what all places are multiples of, a power of two
     */
    public static int origin(
            byte[] data, long begin, long ofFirst, int step, int from, int to, int least, int most, int align) {
        long first = ofFirst - begin;
        long last = first + (long) step * (to - 1 - from);
        long origin = first - (long) step * from;
        boolean inside = first >= -(long) least
                && last >= -(long) least
                && first <= (long) data.length - most
                && last <= (long) data.length - most;
        return inside && (first & align - 1) == 0 && origin == (int) origin ? (int) origin : NONE;
    }

    public static int getByte(byte[] data, int offset) {
        return data[offset] & 0xFF;
    }

    public static int getShort(byte[] data, int offset) {
        return Bytes.getShort(data, offset);
    }

    public static int getInt(byte[] data, int offset) {
        return Bytes.getInt(data, offset);
    }

    public static long getLong(byte[] data, int offset) {
        return Bytes.getLong(data, offset);
    }

    public static void putByte(byte[] data, int offset, int value) {
        data[offset] = (byte) value;
    }

    public static void putShort(byte[] data, int offset, int value) {
        Bytes.putShort(data, offset, value);
    }

    public static void putInt(byte[] data, int offset, int value) {
        Bytes.putInt(data, offset, value);
    }

    public static void putLong(byte[] data, int offset, long value) {
        Bytes.putLong(data, offset, value);
    }
}
