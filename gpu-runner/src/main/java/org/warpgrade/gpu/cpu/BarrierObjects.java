package org.warpgrade.gpu.cpu;

import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.host.ProgramFault;
import org.warpgrade.gpu.ptx.typed.Op.BarrierObjectMode;

/**
 * {@code mbarrier} objects (PTX ISA 9.7.13.15): 8 opaque bytes, here arrivals still awaited in this phase (bits 0-19),
 * arrivals that complete a phase (20-39), an initialised mark (40) and the parity of the phase (63).
 */
final class BarrierObjects {

    private static final long COUNT = (1 << 20) - 1;
    private static final long INITIALISED = 1L << 40;
    private static final long PARITY = 1L << 63;

    private BarrierObjects() {}

    /** Carries out one action on the object; the result is what the instruction's destination receives. */
    static long apply(BarrierObjectMode mode, byte[] data, int offset, long a) {
        long old = Bytes.getLong(data, offset);
        if (mode == BarrierObjectMode.INIT) {
            requireCount(a);
            Bytes.putLong(data, offset, INITIALISED | a << 20 | a);
            return 0;
        }
        if ((old & INITIALISED) == 0 || (old & ~(PARITY | INITIALISED | COUNT << 20 | COUNT)) != 0) {
            throw new ProgramFault(
                    FindingKind.API_MISUSE, "uses an mbarrier that is not initialised: mbarrier.init must come first");
        }
        return switch (mode) {
            case INIT -> 0;
            case INVALIDATE -> {
                Bytes.putLong(data, offset, 0);
                yield 0;
            }
            case ARRIVE, ARRIVE_BY_COPIES_COUNTED -> {
                Bytes.putLong(data, offset, arrive(old, a));
                yield old;
            }
            case ARRIVE_DROP -> {
                Bytes.putLong(data, offset, arrive(old - (a << 20), a));
                yield old;
            }
            // One arrival more is expected, and the copies, which are done at once here, make it.
            case ARRIVE_BY_COPIES -> 0;
            case TEST_STATE -> (old ^ a) < 0 ? 1 : 0;
            case TEST_PARITY -> old >>> 63 != (a & 1) ? 1 : 0;
        };
    }

    private static long arrive(long state, long count) {
        requireCount(count);
        long pending = state & COUNT;
        if (count > pending) {
            throw new ProgramFault(
                    FindingKind.API_MISUSE,
                    count + " arrivals at an mbarrier that expects only " + pending + " more in this phase");
        }
        long left = state - count;
        return (left & COUNT) != 0 ? left : (left ^ PARITY) | left >>> 20 & COUNT;
    }

    private static void requireCount(long count) {
        if (count < 1 || count > COUNT) {
            throw new ProgramFault(
                    FindingKind.API_MISUSE, "an mbarrier for " + count + " arrivals: it takes 1 to " + COUNT);
        }
    }
}
