package org.warpgrade.gpu.cpu;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

/**
 * The sanitizers of one launch: reads of memory that nobody wrote, races in shared and global memory, writes to inputs, and
 * who wrote what. Both executors tell it of every access; it orders them by a clock that advances with every
 * synchronisation. Serves one JVM thread.
 */
final class Watch {

    /** Memory larger than this is watched page by page, as it is touched: its whole shadow would be eight times as large. */
    private static final int LARGEST = 32 << 20;

    private static final int PAGE_BITS = 12;
    private static final int MOST_PAGES = LARGEST >> PAGE_BITS;

    private final RunContext run;
    private final KernelLaunch launch;
    private final boolean sanitize;
    private final boolean trackWriters;
    private final HappensBefore order = new HappensBefore();
    private final WatchedPlaces places;
    private final Races races;
    long clock = 1;

    Watch(RunContext run, KernelLaunch launch) {
        this.run = run;
        this.launch = launch;
        this.sanitize = run.settings().sanitize();
        this.trackWriters = run.settings().trackWriters();
        this.places = new WatchedPlaces(launch.kernel());
        this.races = new Races(run, launch, places, order);
    }

    /** Whether the settings ask for anything that only a watch can tell. */
    static boolean isNeeded(RunSettings settings) {
        return settings.sanitize() || settings.trackWriters();
    }

    /** Advances the clock: what comes now is later than what was. */
    long tick() {
        return ++clock;
    }

    /** An instruction of the launch as a number: in the kernel it is its index. */
    int placeOf(TypedFunction function, int pc) {
        return places.placeOf(function, pc);
    }

    // ------------------------------------------------------------------ synchronisation without barriers

    /** Shared memory has addresses of its own in every block. */
    private static long sharedLocation(AccessSite site, int offset) {
        return Long.MIN_VALUE | site.block() << 20 | offset;
    }

    void fence(AccessSite site, boolean blockOnly) {
        if (sanitize) {
            order.fence(site, blockOnly, tick());
        }
    }

    private void releaseAndAcquire(AccessSite site, long location) {
        order.release(site, location, tick());
        order.acquire(site, location, tick());
    }

    // ------------------------------------------------------------------ global memory

    void globalRead(AccessSite site, Allocation allocation, int offset, int bytes) {
        if (sanitize && !allocation.isPristine()) {
            watchGlobalRead(site, allocation, offset, bytes);
        }
    }

    private void watchGlobalRead(AccessSite site, Allocation allocation, int offset, int bytes) {
        if (!allocation.isWritten(offset, bytes)) {
            site.report(
                    FindingKind.UNINITIALISED_READ,
                    "reads " + bytes + " bytes at offset " + offset + " of " + allocation.name()
                            + " that nobody has written");
        }
        RaceShadow shadow = shadow(site, allocation, offset);
        if (shadow == null) {
            return;
        }
        if (site.isStrong()) {
            order.acquire(site, allocation.base() + offset, tick());
        } else {
            races.read(site, shadow, offset, bytes, clock);
        }
    }

    void globalWrite(AccessSite site, Allocation allocation, int offset, int bytes, long value) {
        noteWriter(site, allocation, offset, bytes);
        if (!sanitize) {
            return;
        }
        boolean sameValue = bytes <= 8
                && allocation.isWritten(offset, bytes)
                && Bytes.get(allocation.data(), offset, bytes) == (bytes == 8 ? value : value & (1L << bytes * 8) - 1);
        allocation.markWritten(offset, bytes);
        RaceShadow shadow = shadow(site, allocation, offset);
        if (shadow == null) {
            return;
        }
        if (site.isStrong()) {
            order.release(site, allocation.base() + offset, tick());
        } else {
            races.write(site, shadow, offset, bytes, sameValue, clock);
        }
    }

    void globalAtomic(AccessSite site, Allocation allocation, int offset, int bytes, boolean readsOld) {
        noteWriter(site, allocation, offset, bytes);
        if (!sanitize) {
            return;
        }
        if (readsOld && !allocation.isWritten(offset, bytes)) {
            site.report(
                    FindingKind.UNINITIALISED_READ,
                    "adds to " + bytes + " bytes at offset " + offset + " of " + allocation.name()
                            + " that nobody has written");
        }
        allocation.markWritten(offset, bytes);
        RaceShadow shadow = shadow(site, allocation, offset);
        if (shadow != null) {
            races.atomic(site, shadow, offset, bytes, clock);
        }
        releaseAndAcquire(site, allocation.base() + offset);
    }

    private void noteWriter(AccessSite site, Allocation allocation, int offset, int bytes) {
        if (allocation.isReadOnly()) {
            allocation.noLongerPristine();
            run.noteReadOnlyWrite(
                    allocation, site.finding(FindingKind.WRITE_TO_READ_ONLY, DeviceMemory.writesToInput(allocation)));
        }
        long[] writers = allocation.writers();
        if (trackWriters && writers != null) {
            long code = WriterCode.of(launch.index(), site.block(), site.thread());
            for (int word = offset >> 2; word <= offset + bytes - 1 >> 2; word++) {
                writers[word] = code;
            }
        }
    }

    private @Nullable RaceShadow shadow(AccessSite site, Allocation allocation, int offset) {
        RaceShadow shadow = allocation.size() > LARGEST
                ? allocation.racePage(offset, PAGE_BITS, MOST_PAGES)
                : allocation.raceShadow();
        if (shadow == null) {
            site.report(
                    FindingKind.MEMORY_BUDGET,
                    "touches more than " + (LARGEST >> 20) + " MiB of " + allocation.name()
                            + " here and there, which is more than the sanitizers can watch");
        } else {
            shadow.enter(launch.index());
        }
        return shadow;
    }

    // ------------------------------------------------------------------ shared memory

    /** The sanitizer's view of a block's shared memory. */
    static final class SharedShadow {
        final byte[] written;
        final RaceShadow races;
        final SettledReads settled;
        final CopiesUnderWay copies;

        SharedShadow(int bytes) {
            this.written = new byte[bytes];
            this.races = RaceShadow.ofShared(bytes);
            this.settled = new SettledReads(bytes);
            this.copies = new CopiesUnderWay(bytes);
        }

        void begin() {
            Arrays.fill(written, (byte) 0);
            races.clear();
            settled.clear();
            copies.clear();
        }

        /** Whether nobody in the block races by reading, and no copy is under way. */
        private boolean isSound(int offset, int bytes, MeetingTimes ofBlock) {
            return copies.at(offset, bytes) == null && races.isSound(offset, bytes, ofBlock);
        }

        private void markWritten(int offset, int bytes) {
            WrittenBytes.mark(written, offset, bytes);
            settled.unsettle(offset, bytes);
        }
    }

    void sharedRead(AccessSite site, SharedShadow shadow, int offset, int bytes) {
        if (sanitize && (site.isStrong() || !shadow.settled.cover(offset, bytes, clock, site.thread()))) {
            watchSharedRead(site, shadow, offset, bytes);
        }
    }

    private void watchSharedRead(AccessSite site, SharedShadow shadow, int offset, int bytes) {
        if (bytes == 4 && !site.isStrong() && !shadow.copies.any()) {
            SettledReads.Readers readers =
                    shadow.races.plainRead(offset, Races.stamp(site, clock), site.pc(), site.blockMeetings());
            if (readers != null) {
                shadow.settled.settleWord(offset, clock, site.thread(), readers);
                return;
            }
        }
        if (!site.isStrong() && shadow.settled.areSound(offset, bytes, clock)) {
            races.soundRead(site, shadow.races, offset, bytes, clock);
            settle(site, shadow, offset, bytes);
            return;
        }
        boolean written = WrittenBytes.areWritten(shadow.written, offset, bytes);
        if (!written) {
            site.report(
                    FindingKind.UNINITIALISED_READ,
                    "reads " + bytes + " bytes at offset " + offset + " of shared memory that nobody has written");
        }
        checkCopies(site, shadow, offset, bytes, "reads");
        if (site.isStrong()) {
            order.acquire(site, sharedLocation(site, offset), tick());
            return;
        }
        races.read(site, shadow.races, offset, bytes, clock);
        if (written && shadow.isSound(offset, bytes, site.blockMeetings())) {
            settle(site, shadow, offset, bytes);
        }
    }

    /** A sound read was noted; of less than a word, it says nothing of the others. */
    private void settle(AccessSite site, SharedShadow shadow, int offset, int bytes) {
        if (bytes >= 4) {
            SettledReads.Readers readers = races.readers(site, shadow.races, offset, bytes, clock);
            shadow.settled.settle(offset, bytes, clock, site.thread(), readers);
        }
    }

    void sharedWrite(AccessSite site, SharedShadow shadow, byte[] data, int offset, int bytes, long value) {
        if (!sanitize) {
            return;
        }
        if (bytes == 4
                && !site.isStrong()
                && !shadow.copies.any()
                && shadow.races.plainWrite(offset, Races.stamp(site, clock), site.pc(), site.blockMeetings())) {
            shadow.settled.unsettleWord(offset);
            return;
        }
        boolean sameValue = bytes <= 8
                && WrittenBytes.areWritten(shadow.written, offset, bytes)
                && Bytes.get(data, offset, bytes) == (bytes == 8 ? value : value & (1L << bytes * 8) - 1);
        shadow.markWritten(offset, bytes);
        checkCopies(site, shadow, offset, bytes, "writes");
        if (site.isStrong()) {
            order.release(site, sharedLocation(site, offset), tick());
        } else {
            races.write(site, shadow.races, offset, bytes, sameValue, clock);
        }
    }

    void sharedAtomic(AccessSite site, SharedShadow shadow, int offset, int bytes, boolean readsOld) {
        if (sanitize) {
            sharedUpdate(site, shadow, offset, bytes, readsOld);
            releaseAndAcquire(site, sharedLocation(site, offset));
        }
    }

    private void sharedUpdate(AccessSite site, SharedShadow shadow, int offset, int bytes, boolean readsOld) {
        if (readsOld && !WrittenBytes.areWritten(shadow.written, offset, bytes)) {
            site.report(
                    FindingKind.UNINITIALISED_READ,
                    "adds to " + bytes + " bytes at offset " + offset + " of shared memory that nobody has written");
        }
        shadow.markWritten(offset, bytes);
        races.atomic(site, shadow.races, offset, bytes, clock);
    }

    // ------------------------------------------------------------------ asynchronous copies and barrier objects

    private void checkCopies(AccessSite site, SharedShadow shadow, int offset, int bytes, String does) {
        CopiesUnderWay.Copy copy = shadow.copies.at(offset, bytes);
        if (copy != null) {
            site.report(
                    FindingKind.SHARED_RACE,
                    does + " offset " + offset + " of shared memory, which an asynchronous copy of thread "
                            + launch.threadIndex(copy.thread()) + places.lineOf(copy.place())
                            + " may still be writing: wait for the copy first, for example with"
                            + " __pipeline_wait_prior(0)");
        }
    }

    /** An asynchronous copy writes shared memory from now until its thread waits for it. */
    void asyncCopy(AccessSite site, SharedShadow shadow, int offset, int bytes) {
        if (!sanitize) {
            return;
        }
        races.write(site, shadow.races, offset, bytes, false, clock);
        shadow.markWritten(offset, bytes);
        shadow.copies.begin(site.thread(), site.pc(), offset, bytes);
    }

    void asyncGroup(AccessSite site, SharedShadow shadow, Op.GroupMode mode, int remaining) {
        if (!sanitize) {
            return;
        }
        switch (mode) {
            case COMMIT -> shadow.copies.commit(site.thread());
            case WAIT -> delivered(site, shadow, shadow.copies.waitFor(site.thread(), remaining));
            case WAIT_ALL -> delivered(site, shadow, shadow.copies.waitForAll(site.thread()));
        }
    }

    /** What copies have brought counts as written by their thread now: others need a barrier from here. */
    private void delivered(AccessSite site, SharedShadow shadow, List<CopiesUnderWay.Copy> done) {
        for (CopiesUnderWay.Copy copy : done) {
            shadow.markWritten(copy.offset(), copy.bytes());
            races.orderedWrite(site, shadow.races, copy.offset(), copy.bytes(), copy.place(), clock);
        }
    }

    /** An action on an {@code mbarrier}: arrivals release, a completed wait acquires, both without a fence. */
    void barrierObject(AccessSite site, SharedShadow shadow, int offset, Op.BarrierObjectMode mode, long result) {
        if (!sanitize) {
            return;
        }
        switch (mode) {
            case INIT, INVALIDATE -> {
                shadow.markWritten(offset, 8);
                races.orderedWrite(site, shadow.races, offset, 8, site.pc(), clock);
            }
            case ARRIVE, ARRIVE_DROP, ARRIVE_BY_COPIES, ARRIVE_BY_COPIES_COUNTED -> {
                sharedUpdate(site, shadow, offset, 8, true);
                if (mode == Op.BarrierObjectMode.ARRIVE_BY_COPIES
                        || mode == Op.BarrierObjectMode.ARRIVE_BY_COPIES_COUNTED) {
                    delivered(site, shadow, shadow.copies.waitForAll(site.thread()));
                }
                order.fence(site, true, tick());
                order.release(site, sharedLocation(site, offset), tick());
            }
            case TEST_STATE, TEST_PARITY -> {
                if (result != 0) {
                    order.acquire(site, sharedLocation(site, offset), tick());
                }
            }
        }
    }

    // ------------------------------------------------------------------ local memory

    /**
     * A read of the thread's own memory.
     *
     * @param written per byte 1 where the thread has written
     * @param base where the thread's memory begins in {@code written}
     * @param offset in {@code written}
     */
    void localRead(AccessSite site, byte[] written, int base, int offset, int bytes) {
        if (!sanitize) {
            return;
        }
        int missing = 0;
        for (int i = offset; i < offset + bytes; i++) {
            missing += 1 - written[i];
        }
        if (missing > 0 && !places.isHarmlessCopy(site.pc(), missing < bytes)) {
            site.report(
                    FindingKind.UNINITIALISED_READ,
                    "reads " + bytes + " bytes at offset " + (offset - base)
                            + " of the thread's local memory that it has not written: is a local array or variable"
                            + " not initialised?");
        }
    }

    void localWrite(byte[] written, int offset, int bytes) {
        WrittenBytes.mark(written, offset, bytes);
    }
}
