package org.warpgrade.gpu.cpu;

/**
 * Rows of spilled registers whose value goes up by the same step from lane to lane; called by generated code where lanes begin
 * and end to go abreast. {@code row} is where lane 0 is in the array.
 */
public final class Abreast {

    private Abreast() {}

    /** Whether the register has its step in all lanes from {@code from} to before {@code to}. */
    public static boolean hasStep(int[] values, int row, int from, int to, int step) {
        int origin = values[row + from] - step * from;
        int different = 0;
        for (int lane = from; lane < to; lane++) {
            different |= values[row + lane] - step * lane - origin;
        }
        return different == 0;
    }

    /** The same of 64 bits. */
    public static boolean hasStep(long[] values, int row, int from, int to, long step) {
        long origin = values[row + from] - step * from;
        long different = 0;
        for (int lane = from; lane < to; lane++) {
            different |= values[row + lane] - step * lane - origin;
        }
        return different == 0;
    }

    /** Whether the register is the same in all lanes, bit for bit. */
    public static boolean isSame(float[] values, int row, int from, int to) {
        int first = Float.floatToRawIntBits(values[row + from]);
        int different = 0;
        for (int lane = from; lane < to; lane++) {
            different |= Float.floatToRawIntBits(values[row + lane]) ^ first;
        }
        return different == 0;
    }

    /** The same of 64 bits. */
    public static boolean isSame(double[] values, int row, int from, int to) {
        long first = Double.doubleToRawLongBits(values[row + from]);
        long different = 0;
        for (int lane = from; lane < to; lane++) {
            different |= Double.doubleToRawLongBits(values[row + lane]) ^ first;
        }
        return different == 0;
    }

    /** Whether a register does not wrap around between the first lane and the last. */
    public static boolean goesStraight(int ofFirst, int step, int from, int to, boolean unsigned) {
        long first = unsigned ? ofFirst & 0xFFFF_FFFFL : ofFirst;
        long last = first + (long) step * (to - 1 - from);
        return unsigned ? last >= 0 && last <= 0xFFFF_FFFFL : last == (int) last;
    }

    /**
     * 0 if an access is in bounds and aligned.
     *
     * @param place of its first byte
     * @param length the bytes that there are
     * @param bytes that it accesses, a power of two
     */
    public static int outside(long place, int length, int bytes) {
        return (int) ((place | length - bytes - place) >>> 63 | place & bytes - 1);
    }

    /** Every two lanes whose numbers differ in the one bit {@code distance} get one another's values, in another row. */
    static void swap(float[] values, int sent, int received, int lanes, int distance) {
        switch (distance) {
            case 1 -> {
                for (int lane = 0; lane < lanes; lane += 2) {
                    float a = values[sent + lane];
                    float b = values[sent + lane + 1];
                    values[received + lane] = b;
                    values[received + lane + 1] = a;
                }
            }
            case 2 -> {
                for (int lane = 0; lane < lanes; lane += 4) {
                    float a = values[sent + lane];
                    float b = values[sent + lane + 1];
                    float c = values[sent + lane + 2];
                    float d = values[sent + lane + 3];
                    values[received + lane] = c;
                    values[received + lane + 1] = d;
                    values[received + lane + 2] = a;
                    values[received + lane + 3] = b;
                }
            }
            case 4, 8 -> {
                for (int group = 0; group < lanes; group += 2 * distance) {
                    for (int lane = group; lane < group + distance; lane++) {
                        values[received + lane] = values[sent + lane + distance];
                        values[received + lane + distance] = values[sent + lane];
                    }
                }
            }
            default -> {
                for (int lane = 0; lane < lanes; lane += 2 * distance) {
                    System.arraycopy(values, sent + lane + distance, values, received + lane, distance);
                    System.arraycopy(values, sent + lane, values, received + lane + distance, distance);
                }
            }
        }
    }

    /** Gives the register its value in each lane. */
    public static void fill(int[] values, int row, int from, int to, int ofFirst, int step) {
        for (int lane = from; lane < to; lane++) {
            values[row + lane] = ofFirst + step * (lane - from);
        }
    }

    /** The same of 64 bits. */
    public static void fill(long[] values, int row, int from, int to, long ofFirst, long step) {
        for (int lane = from; lane < to; lane++) {
            values[row + lane] = ofFirst + step * (lane - from);
        }
    }

    /** Gives the register the same value in each lane. */
    public static void fill(float[] values, int row, int from, int to, float value) {
        java.util.Arrays.fill(values, row + from, row + to, value);
    }

    /** The same of 64 bits. */
    public static void fill(double[] values, int row, int from, int to, double value) {
        java.util.Arrays.fill(values, row + from, row + to, value);
    }
}
