package org.warpgrade.gpu.cpu;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What the accesses of one warp instruction cost, from the addresses of its lanes. Rules are those of sm_70 and later:
 * global memory is moved in sectors of 32 bytes; shared memory has 32 banks of 4 bytes, of which a wavefront reads or
 * writes one word each. An instance is reused and serves one thread.
 */
final class MemoryPattern {

    static final int SECTOR_BITS = 5;

    private static final int BANKS = 32;
    private static final int[] EVERY_LANE = IntStream.range(0, Frame.LANES).toArray();

    private final long[] addresses = new long[Frame.LANES];
    private final int[] lanes = new int[Frame.LANES];
    /** A line of a fragment is 64 bytes at most, and lies across one word more if nobody aligned it. */
    private final long[] pieces = new long[Frame.LANES * 17];

    private final int[] perBank = new int[BANKS];
    private final long[] wordOfBank = new long[BANKS];
    /** How many of the pieces the last question left, each another one. */
    private int distinct;

    private int count;

    void clear() {
        count = 0;
    }

    /** One more lane that takes part. */
    void add(int lane, long address) {
        lanes[count] = lane;
        addresses[count] = address;
        count++;
    }

    /** All lanes that take part, each at its address plus the offset. */
    void take(long[] byLane, long offset, int taking) {
        count = 0;
        if (taking == -1) {
            count = Frame.LANES;
            System.arraycopy(EVERY_LANE, 0, lanes, 0, Frame.LANES);
            System.arraycopy(byLane, 0, addresses, 0, Frame.LANES);
            if (offset != 0) {
                for (int lane = 0; lane < Frame.LANES; lane++) {
                    addresses[lane] += offset;
                }
            }
            return;
        }
        for (int rest = taking; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            add(lane, byLane[lane] + offset);
        }
    }

    int count() {
        return count;
    }

    long address(int index) {
        return addresses[index];
    }

    /** How many sectors or words the last question was about, each counted once. */
    int pieces() {
        return distinct;
    }

    long piece(int index) {
        return pieces[index];
    }

    /** Distinct sectors that the accesses of so many bytes touch. */
    int sectors(int bytes) {
        if (isWithoutGaps(bytes)) {
            long first = addresses[0] >>> SECTOR_BITS;
            distinct = (int) ((addresses[count - 1] + bytes - 1 >>> SECTOR_BITS) - first) + 1;
            for (int i = 0; i < distinct; i++) {
                pieces[i] = first + i;
            }
            return distinct;
        }
        int n = 0;
        for (int i = 0; i < count; i++) {
            long last = addresses[i] + bytes - 1 >>> SECTOR_BITS;
            for (long sector = addresses[i] >>> SECTOR_BITS; sector <= last; sector++) {
                if (n == 0 || sector != pieces[n - 1]) {
                    pieces[n++] = sector;
                }
            }
        }
        return distinct(n);
    }

    /** Whether the lanes' bytes lie side by side, or are the same for all: what most accesses are. */
    private boolean isWithoutGaps(int bytes) {
        if (count == 0) {
            return false;
        }
        long step = count == 1 ? 0 : addresses[1] - addresses[0];
        long differences = 0;
        for (int i = 1; i < count; i++) {
            differences |= addresses[i] - addresses[i - 1] ^ step;
        }
        return differences == 0 && (step == bytes || step == 0);
    }

    /** As {@link #sectors} for local memory, where the words of the lanes of a warp lie side by side. */
    int localSectors(int bytes) {
        int n = 0;
        for (int i = 0; i < count; i++) {
            long last = addresses[i] + bytes - 1 >>> 2;
            for (long word = addresses[i] >>> 2; word <= last; word++) {
                pieces[n++] = word * 4 + (lanes[i] >> 3);
            }
        }
        return distinct(n);
    }

    /**
     * Wavefronts of a shared access: accesses of 8 bytes go by half warps, of 16 bytes by quarter warps; in each, lanes that
     * want different words of one bank take turns, and lanes that want the same word share it.
     */
    int wavefronts(int bytes) {
        int parts = idealWavefronts(bytes);
        int lanesPerPart = Frame.LANES / parts;
        int wavefronts = 0;
        for (int part = 0; part < parts; part++) {
            wavefronts += turns(part * lanesPerPart, (part + 1) * lanesPerPart, bytes);
        }
        return wavefronts;
    }

    /** Wavefronts without any conflict if all parts of the warp take part; what is more is bank conflicts. */
    int conflictFree(int bytes) {
        if (count == Frame.LANES) {
            return idealWavefronts(bytes);
        }
        int lanesPerPart = Frame.LANES / idealWavefronts(bytes);
        int parts = 0;
        for (int i = 0; i < count; i++) {
            parts |= 1 << lanes[i] / lanesPerPart;
        }
        return Integer.bitCount(parts);
    }

    private static int idealWavefronts(int bytes) {
        return bytes <= 4 ? 1 : bytes <= 8 ? 2 : 4;
    }

    private int turns(int firstLane, int endLane, int bytes) {
        int n = words(firstLane, endLane, bytes);
        if (n == 0) {
            return 0;
        }
        if (isOneWord(n) || isOneRow(n) || !collides(n)) {
            return 1;
        }
        int words = distinct(n);
        Arrays.fill(perBank, 0);
        int most = 0;
        for (int i = 0; i < words; i++) {
            most = Math.max(most, ++perBank[(int) (pieces[i] & BANKS - 1)]);
        }
        return most;
    }

    /** The words that some of the lanes want, lane by lane; how many. */
    private int words(int firstLane, int endLane, int bytes) {
        if (count == Frame.LANES && bytes == Integer.BYTES) {
            for (int i = 0; i < Frame.LANES; i++) {
                pieces[i] = addresses[i] >>> 2;
            }
            return Frame.LANES;
        }
        int n = 0;
        for (int i = 0; i < count; i++) {
            if (lanes[i] >= firstLane && lanes[i] < endLane) {
                long last = addresses[i] + bytes - 1 >>> 2;
                for (long word = addresses[i] >>> 2; word <= last; word++) {
                    pieces[n++] = word;
                }
            }
        }
        return n;
    }

    private boolean isOneWord(int n) {
        long differences = 0;
        for (int i = 0; i < n; i++) {
            differences |= pieces[i] ^ pieces[0];
        }
        return differences == 0;
    }

    /** Whether the pieces are words side by side, no more than there are banks. */
    private boolean isOneRow(int n) {
        long differences = 0;
        for (int i = 0; i < n; i++) {
            differences |= pieces[i] - pieces[0] ^ i;
        }
        return differences == 0 && n <= BANKS;
    }

    /** Whether two different words are in one bank. */
    private boolean collides(int n) {
        int used = 0;
        for (int i = 0; i < n; i++) {
            int bank = (int) (pieces[i] & BANKS - 1);
            if ((used & 1 << bank) == 0) {
                used |= 1 << bank;
                wordOfBank[bank] = pieces[i];
            } else if (wordOfBank[bank] != pieces[i]) {
                return true;
            }
        }
        return false;
    }

    /** Lanes beyond the first at an address, summed over the addresses. */
    int sameAddress() {
        System.arraycopy(addresses, 0, pieces, 0, count);
        return count - distinct(count);
    }

    /** Sorts the first pieces and leaves each value once in front. */
    private int distinct(int n) {
        if (!isSorted(n)) {
            Arrays.sort(pieces, 0, n);
        }
        int kept = 0;
        for (int i = 0; i < n; i++) {
            if (kept == 0 || pieces[i] != pieces[kept - 1]) {
                pieces[kept++] = pieces[i];
            }
        }
        distinct = kept;
        return kept;
    }

    /** Most are: lanes access memory in their order. */
    private boolean isSorted(int n) {
        for (int i = 1; i < n; i++) {
            if (pieces[i - 1] > pieces[i]) {
                return false;
            }
        }
        return true;
    }
}
