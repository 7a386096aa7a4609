package org.warpgrade.gpu.cpu;

import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.ptx.typed.Op;

/** Finds and words the races of one launch: accesses to a word that nothing orders. */
final class Races {

    private final RunContext run;
    private final KernelLaunch launch;
    private final WatchedPlaces places;
    private final HappensBefore order;
    private final RaceShadow.Order ordered = this::isOrdered;

    Races(RunContext run, KernelLaunch launch, WatchedPlaces places, HappensBefore order) {
        this.run = run;
        this.launch = launch;
        this.places = places;
        this.order = order;
    }

    /** An ordinary read at a moment of the watch's clock. */
    void read(AccessSite site, RaceShadow shadow, int offset, int bytes, long clock) {
        long write = shadow.read(offset, bytes, stamp(site, clock), site, ordered);
        if (write != 0) {
            race(site, shadow, write, "reads", "wrote");
        }
        long atomic = shadow.atomicBefore(offset, bytes, false, site, ordered);
        if (atomic != 0) {
            atomicRace(site, shadow, atomic, Mix.READ_AFTER_ATOMIC);
        }
    }

    /** An ordinary read that cannot race. */
    void soundRead(AccessSite site, RaceShadow shadow, int offset, int bytes, long clock) {
        shadow.soundRead(offset, bytes, stamp(site, clock), site.pc());
    }

    /** Who is remembered of those that have read at this moment, the site's thread being the last. */
    SettledReads.Readers readers(AccessSite site, RaceShadow shadow, int offset, int bytes, long clock) {
        return shadow.readers(offset, bytes, stamp(site, clock));
    }

    /** An ordinary write; {@code sameValue} if the memory holds the same before and after. */
    void write(AccessSite site, RaceShadow shadow, int offset, int bytes, boolean sameValue, long clock) {
        long other = shadow.write(offset, bytes, stamp(site, clock), site.pc(), sameValue, site, ordered);
        if (other != 0) {
            race(site, shadow, other, "writes", "used");
        }
        long atomic = shadow.atomicBefore(offset, bytes, true, site, ordered);
        if (atomic != 0) {
            atomicRace(site, shadow, atomic, Mix.WRITE_AFTER_ATOMIC);
        }
    }

    void atomic(AccessSite site, RaceShadow shadow, int offset, int bytes, long clock) {
        long write = shadow.atomic(offset, bytes, stamp(site, clock), site, ordered);
        if (write != 0) {
            atomicRace(site, shadow, write, Mix.ATOMIC_AFTER_WRITE);
        }
        long read = shadow.readBeforeAtomic(offset, bytes, site, ordered);
        if (read != 0) {
            atomicRace(site, shadow, read, Mix.ATOMIC_AFTER_READ);
        }
    }

    /** A write that is in order with all that came before it, whoever did that. */
    void orderedWrite(AccessSite site, RaceShadow shadow, int offset, int bytes, int place, long clock) {
        shadow.write(offset, bytes, stamp(site, clock), place, true, site, ordered);
    }

    /** The site's access at a moment, as shadows remember it. */
    static long stamp(AccessSite site, long clock) {
        return RaceShadow.stamp(clock, site.block(), site.thread());
    }

    private boolean isOrdered(long earlier, AccessSite site) {
        int thread = RaceShadow.thread(earlier);
        long time = RaceShadow.time(earlier);
        long block = RaceShadow.block(earlier);
        boolean inBlock = block == (site.block() & RaceShadow.BLOCK_MASK)
                && (thread == site.thread()
                        || site.blockMeetings().knows(site.thread(), thread, time)
                        || thread >> 5 == site.thread() >> 5
                                && site.warpMeetings().knows(site.thread() & 31, thread & 31, time));
        return inBlock || order.isOrdered(block, thread, time, site);
    }

    // ------------------------------------------------------------------ words

    private void race(AccessSite site, RaceShadow shadow, long other, String does, String did) {
        String line = places.lineOf(shadow.racePc());
        int offset = shadow.raceOffset();
        String message = shadow.kind() == FindingKind.SHARED_RACE
                ? does + " offset " + offset + " of shared memory, which thread "
                        + launch.threadIndex(RaceShadow.thread(other)) + " " + did + line
                        + " without a barrier in between: is a __syncthreads() missing?"
                : does + " " + shadow.name() + " + " + offset + " bytes, which thread "
                        + launch.threadIndex(RaceShadow.thread(other)) + whichBlock(other, site) + " " + did + line
                        + " without synchronisation in between: the result depends on which comes first";
        site.report(shadow.kind(), message);
    }

    /** In which order an atomic and an ordinary access came that nothing orders. */
    private enum Mix {
        ATOMIC_AFTER_WRITE("updates", "wrote"),
        ATOMIC_AFTER_READ("updates", "read"),
        READ_AFTER_ATOMIC("reads", "updated atomically"),
        WRITE_AFTER_ATOMIC("writes", "updated atomically");

        private final String does;
        private final String did;

        Mix(String does, String did) {
            this.does = does;
            this.did = did;
        }
    }

    /**
     * An ordinary write beside atomics loses updates: an error. A glance before a {@code atomicMax}, the first guess of a
     * compare-and-swap loop and an unlock by an ordinary store are races to the letter and do no harm: a warning.
     */
    private void atomicRace(AccessSite site, RaceShadow shadow, long other, Mix mix) {
        int otherPlace = shadow.racePc();
        boolean reads = mix == Mix.ATOMIC_AFTER_READ || mix == Mix.READ_AFTER_ATOMIC;
        int atomicPlace = mix == Mix.WRITE_AFTER_ATOMIC ? otherPlace : site.pc();
        boolean harmless = reads || isLock(atomicPlace);
        Finding finding = site.finding(
                shadow.kind(),
                mix.does + " " + shadow.name() + " + " + shadow.raceOffset() + " bytes, which thread "
                        + launch.threadIndex(RaceShadow.thread(other)) + whichBlock(other, site) + " " + mix.did
                        + places.lineOf(otherPlace) + " without synchronisation in between");
        run.findings().add(finding.withSeverity(harmless ? Severity.WARNING : Severity.ERROR));
    }

    private boolean isLock(int place) {
        return places.instructionAt(place).op() instanceof Op.Atomic atomic
                && (atomic.op() == Op.AtomicOp.CAS || atomic.op() == Op.AtomicOp.EXCH);
    }

    private String whichBlock(long other, AccessSite site) {
        return RaceShadow.block(other) == (site.block() & RaceShadow.BLOCK_MASK)
                ? " of the same block"
                : " of block " + launch.blockIndex(RaceShadow.block(other));
    }
}
