package org.warpgrade.gpu.cpu;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.SourceLocation;

/**
 * The sanitizers of one launch: reads of memory that nobody wrote, races in shared and global memory, writes to inputs, and
 * who wrote what. Both executors tell it of every access; it orders them by a clock that advances with every
 * synchronisation. Serves one JVM thread.
 */
final class Watch {

    /** Memory larger than this is not watched for races: its shadow would be six times as large. */
    private static final int LARGEST = 32 << 20;

    private final RunContext run;
    private final KernelLaunch launch;
    private final boolean sanitize;
    private final boolean trackWriters;
    private final BlockSynchronisation blocks = new BlockSynchronisation();
    private long clock = 1;

    Watch(RunContext run, KernelLaunch launch) {
        this.run = run;
        this.launch = launch;
        this.sanitize = run.settings().sanitize();
        this.trackWriters = run.settings().trackWriters();
    }

    /** Whether the settings ask for anything that only a watch can tell. */
    static boolean isNeeded(RunSettings settings) {
        return settings.sanitize() || settings.trackWriters();
    }

    /** Advances the clock: what comes now is later than what was. */
    long tick() {
        return ++clock;
    }

    // ------------------------------------------------------------------ global memory

    void globalRead(AccessSite site, Allocation allocation, int offset, int bytes) {
        if (!sanitize) {
            return;
        }
        if (!allocation.isWritten(offset, bytes)) {
            site.report(
                    FindingKind.UNINITIALISED_READ,
                    "reads " + bytes + " bytes at offset " + offset + " of " + allocation.name()
                            + " that nobody has written");
        }
        RaceShadow shadow = shadow(allocation);
        if (shadow == null) {
            return;
        }
        if (site.isStrong()) {
            blocks.acquire(site.block(), allocation.base() + offset, tick());
            return;
        }
        long stamp = RaceShadow.stamp(clock, site.block(), site.thread());
        for (int word = offset >> 2; word <= offset + bytes - 1 >> 2; word++) {
            long other = shadow.read(word, stamp, site.pc(), earlier -> isOrdered(earlier, site));
            if (other != 0) {
                globalRace(site, allocation, word, other, shadow.racePc(), "reads", "wrote");
            }
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
        RaceShadow shadow = shadow(allocation);
        if (shadow == null) {
            return;
        }
        if (site.isStrong()) {
            blocks.release(site.block(), allocation.base() + offset, tick());
            return;
        }
        long stamp = RaceShadow.stamp(clock, site.block(), site.thread());
        for (int word = offset >> 2; word <= offset + bytes - 1 >> 2; word++) {
            long other = shadow.write(
                    word, stamp, site.pc(), sameValue || bytes < 4, earlier -> isOrdered(earlier, site));
            if (other != 0) {
                globalRace(site, allocation, word, other, shadow.racePc(), "writes", "used");
            }
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
        long location = allocation.base() + offset;
        blocks.release(site.block(), location, tick());
        blocks.acquire(site.block(), location, tick());
    }

    /** A fence by a thread of the block. */
    void fence(long block) {
        blocks.fence(block, tick());
    }

    private void noteWriter(AccessSite site, Allocation allocation, int offset, int bytes) {
        if (allocation.isReadOnly()) {
            run.noteReadOnlyWrite(allocation, site.finding(
                    FindingKind.WRITE_TO_READ_ONLY, DeviceMemory.writesToInput(allocation)));
        }
        long[] writers = allocation.writers();
        if (trackWriters && writers != null) {
            long code = WriterCode.of(launch.index(), site.block(), site.thread());
            for (int word = offset >> 2; word <= offset + bytes - 1 >> 2; word++) {
                writers[word] = code;
            }
        }
    }

    private @Nullable RaceShadow shadow(Allocation allocation) {
        RaceShadow shadow = allocation.raceShadow(LARGEST);
        if (shadow != null) {
            shadow.enter(launch.index());
        }
        return shadow;
    }

    private boolean isOrdered(long earlier, AccessSite site) {
        long time = RaceShadow.time(earlier);
        long block = RaceShadow.block(earlier);
        if (block != site.block()) {
            return blocks.isOrdered(block, time, site.block());
        }
        return isOrderedInBlock(earlier, site);
    }

    private static boolean isOrderedInBlock(long earlier, AccessSite site) {
        int thread = RaceShadow.thread(earlier);
        long time = RaceShadow.time(earlier);
        return thread == site.thread()
                || time < site.barrierTime()
                || thread >> 5 == site.thread() >> 5 && time < site.warpTime();
    }

    private void globalRace(
            AccessSite site,
            Allocation allocation,
            int word,
            long other,
            int otherPc,
            String does,
            String did) {
        boolean sameBlock = RaceShadow.block(other) == site.block();
        site.report(
                FindingKind.GLOBAL_RACE,
                does + " " + allocation.name() + " + " + word * 4 + " bytes, which thread "
                        + launch.threadIndex(RaceShadow.thread(other)) + " of "
                        + (sameBlock ? "the same block" : "block " + launch.blockIndex(RaceShadow.block(other))) + " "
                        + did + lineOf(otherPc)
                        + " without synchronisation in between: the result depends on which comes first");
    }

    // ------------------------------------------------------------------ shared memory

    /** The sanitizer's view of a block's shared memory. */
    static final class SharedShadow {
        final byte[] written;
        final RaceShadow races;

        SharedShadow(int bytes) {
            this.written = new byte[bytes];
            this.races = new RaceShadow(bytes);
        }

        void begin() {
            java.util.Arrays.fill(written, (byte) 0);
            races.clear();
        }
    }

    void sharedRead(AccessSite site, SharedShadow shadow, int offset, int bytes) {
        if (!sanitize) {
            return;
        }
        for (int i = offset; i < offset + bytes; i++) {
            if (shadow.written[i] == 0) {
                site.report(
                        FindingKind.UNINITIALISED_READ,
                        "reads " + bytes + " bytes at offset " + offset
                                + " of shared memory that nobody has written");
                break;
            }
        }
        if (site.isStrong()) {
            return;
        }
        long stamp = RaceShadow.stamp(clock, 0, site.thread());
        for (int word = offset >> 2; word <= offset + bytes - 1 >> 2; word++) {
            long other = shadow.races.read(word, stamp, site.pc(), earlier -> isOrderedInBlock(earlier, site));
            if (other != 0) {
                sharedRace(site, word, other, shadow.races.racePc(), "reads", "wrote");
            }
        }
    }

    void sharedWrite(AccessSite site, SharedShadow shadow, byte[] data, int offset, int bytes, long value) {
        if (!sanitize) {
            return;
        }
        boolean sameValue = bytes <= 8
                && Bytes.get(data, offset, bytes) == (bytes == 8 ? value : value & (1L << bytes * 8) - 1);
        for (int i = offset; i < offset + bytes; i++) {
            sameValue &= shadow.written[i] != 0;
            shadow.written[i] = 1;
        }
        if (site.isStrong()) {
            return;
        }
        long stamp = RaceShadow.stamp(clock, 0, site.thread());
        for (int word = offset >> 2; word <= offset + bytes - 1 >> 2; word++) {
            long other = shadow.races.write(
                    word, stamp, site.pc(), sameValue || bytes < 4, earlier -> isOrderedInBlock(earlier, site));
            if (other != 0) {
                sharedRace(site, word, other, shadow.races.racePc(), "writes", "used");
            }
        }
    }

    void sharedAtomic(AccessSite site, SharedShadow shadow, int offset, int bytes, boolean readsOld) {
        if (!sanitize) {
            return;
        }
        for (int i = offset; i < offset + bytes; i++) {
            if (readsOld && shadow.written[i] == 0) {
                site.report(
                        FindingKind.UNINITIALISED_READ,
                        "adds to " + bytes + " bytes at offset " + offset
                                + " of shared memory that nobody has written");
                readsOld = false;
            }
            shadow.written[i] = 1;
        }
    }

    private void sharedRace(
            AccessSite site, int word, long other, int otherPc, String does, String did) {
        site.report(
                FindingKind.SHARED_RACE,
                does + " offset " + word * 4 + " of shared memory, which thread "
                        + launch.threadIndex(RaceShadow.thread(other)) + " " + did + lineOf(otherPc)
                        + " without a barrier in between: is a __syncthreads() missing?");
    }

    private String lineOf(int pc) {
        SourceLocation at = launch.kernel().code().get(pc).at();
        return at == null ? "" : " at line " + at.line();
    }
}
