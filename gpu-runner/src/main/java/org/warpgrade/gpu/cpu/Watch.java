package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

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
    private final HappensBefore order = new HappensBefore();
    private final List<TypedFunction> functions = new ArrayList<>();
    private final Map<TypedFunction, MereCopies> copies = new IdentityHashMap<>();
    private long clock = 1;

    Watch(RunContext run, KernelLaunch launch) {
        this.run = run;
        this.launch = launch;
        this.sanitize = run.settings().sanitize();
        this.trackWriters = run.settings().trackWriters();
        functions.add(launch.kernel());
    }

    /** Whether the settings ask for anything that only a watch can tell. */
    static boolean isNeeded(RunSettings settings) {
        return settings.sanitize() || settings.trackWriters();
    }

    /** Advances the clock: what comes now is later than what was. */
    long tick() {
        return ++clock;
    }

    // ------------------------------------------------------------------ places

    private static final int PLACE_BITS = 20;

    /** An instruction of the launch as a number: in the kernel it is its index. */
    int placeOf(TypedFunction function, int pc) {
        for (int i = 0; i < functions.size(); i++) {
            if (functions.get(i) == function) {
                return i << PLACE_BITS | pc;
            }
        }
        functions.add(function);
        return functions.size() - 1 << PLACE_BITS | pc;
    }

    private String lineOf(int place) {
        SourceLocation at = instructionAt(place).at();
        return at == null ? "" : " at line " + at.line();
    }

    private Instruction instructionAt(int place) {
        return functions.get(place >>> PLACE_BITS).code().get(place & (1 << PLACE_BITS) - 1);
    }

    private MereCopies copiesAt(int place) {
        return copies.computeIfAbsent(functions.get(place >>> PLACE_BITS), MereCopies::new);
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
            order.acquire(site, allocation.base() + offset, tick());
            return;
        }
        long stamp = RaceShadow.stamp(clock, site.block(), site.thread());
        for (int word = offset >> 2; word <= offset + bytes - 1 >> 2; word++) {
            long other = shadow.read(word, stamp, site.pc(), earlier -> isOrdered(earlier, site));
            if (other != 0) {
                globalRace(site, allocation, word, other, shadow.racePc(), "reads", "wrote");
            }
            long atomic = shadow.atomicBeforeRead(word, earlier -> isOrdered(earlier, site));
            if (atomic != 0) {
                atomicRace(
                        FindingKind.GLOBAL_RACE, site, allocation.name(), word, atomic, shadow.racePc(),
                        Mix.READ_AFTER_ATOMIC);
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
            order.release(site, allocation.base() + offset, tick());
            return;
        }
        long stamp = RaceShadow.stamp(clock, site.block(), site.thread());
        for (int word = offset >> 2; word <= offset + bytes - 1 >> 2; word++) {
            long other = shadow.write(
                    word, stamp, site.pc(), sameValue || bytes < 4, earlier -> isOrdered(earlier, site));
            if (other != 0) {
                globalRace(site, allocation, word, other, shadow.racePc(), "writes", "used");
            }
            long atomic = shadow.atomicBeforeWrite(word, earlier -> isOrdered(earlier, site));
            if (atomic != 0) {
                atomicRace(
                        FindingKind.GLOBAL_RACE, site, allocation.name(), word, atomic, shadow.racePc(),
                        Mix.WRITE_AFTER_ATOMIC);
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
        RaceShadow shadow = shadow(allocation);
        if (shadow != null) {
            long other = shadow.atomic(
                    offset >> 2,
                    RaceShadow.stamp(clock, site.block(), site.thread()),
                    site.pc(),
                    earlier -> isOrdered(earlier, site));
            if (other != 0) {
                atomicRace(
                        FindingKind.GLOBAL_RACE, site, allocation.name(), offset >> 2, other, shadow.racePc(),
                        Mix.ATOMIC_AFTER_WRITE);
            }
            long read = shadow.readBefore(offset >> 2, earlier -> isOrdered(earlier, site));
            if (read != 0) {
                atomicRace(
                        FindingKind.GLOBAL_RACE, site, allocation.name(), offset >> 2, read, shadow.racePc(),
                        Mix.ATOMIC_AFTER_READ);
            }
        }
        releaseAndAcquire(site, allocation.base() + offset);
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
        int thread = RaceShadow.thread(earlier);
        long time = RaceShadow.time(earlier);
        long block = RaceShadow.block(earlier);
        boolean inBlock = block == (site.block() & RaceShadow.BLOCK_MASK)
                && (thread == site.thread()
                        || time < site.barrierTime()
                        || thread >> 5 == site.thread() >> 5 && time < site.warpTime());
        return inBlock || order.isOrdered(block, thread, time, site);
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
    private void atomicRace(
            FindingKind kind, AccessSite site, String memory, int word, long other, int otherPc, Mix mix) {
        boolean reads = mix == Mix.ATOMIC_AFTER_READ || mix == Mix.READ_AFTER_ATOMIC;
        int atomicPlace = mix == Mix.WRITE_AFTER_ATOMIC ? otherPc : site.pc();
        boolean harmless = reads || isLock(atomicPlace);
        Finding finding = site.finding(
                kind,
                mix.does + " " + memory + " + " + word * 4 + " bytes, which thread "
                        + launch.threadIndex(RaceShadow.thread(other)) + whichBlock(other, site) + " " + mix.did
                        + lineOf(otherPc) + " without synchronisation in between");
        run.findings().add(finding.withSeverity(harmless ? Severity.WARNING : Severity.ERROR));
    }

    private boolean isLock(int place) {
        return instructionAt(place).op() instanceof Op.Atomic atomic
                && (atomic.op() == Op.AtomicOp.CAS || atomic.op() == Op.AtomicOp.EXCH);
    }

    private String whichBlock(long other, AccessSite site) {
        return RaceShadow.block(other) == (site.block() & RaceShadow.BLOCK_MASK)
                ? " of the same block"
                : " of block " + launch.blockIndex(RaceShadow.block(other));
    }

    private void globalRace(
            AccessSite site,
            Allocation allocation,
            int word,
            long other,
            int otherPc,
            String does,
            String did) {
        site.report(
                FindingKind.GLOBAL_RACE,
                does + " " + allocation.name() + " + " + word * 4 + " bytes, which thread "
                        + launch.threadIndex(RaceShadow.thread(other)) + whichBlock(other, site) + " " + did + lineOf(otherPc)
                        + " without synchronisation in between: the result depends on which comes first");
    }

    // ------------------------------------------------------------------ shared memory

    /** The sanitizer's view of a block's shared memory. */
    static final class SharedShadow {
        final byte[] written;
        final RaceShadow races;
        final CopiesUnderWay copies;

        SharedShadow(int bytes) {
            this.written = new byte[bytes];
            this.races = new RaceShadow(bytes);
            this.copies = new CopiesUnderWay(bytes);
        }

        void begin() {
            Arrays.fill(written, (byte) 0);
            races.clear();
            copies.clear();
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
        checkCopies(site, shadow, offset, bytes, "reads");
        if (site.isStrong()) {
            order.acquire(site, sharedLocation(site, offset), tick());
            return;
        }
        long stamp = RaceShadow.stamp(clock, site.block(), site.thread());
        for (int word = offset >> 2; word <= offset + bytes - 1 >> 2; word++) {
            long other = shadow.races.read(word, stamp, site.pc(), earlier -> isOrdered(earlier, site));
            if (other != 0) {
                sharedRace(site, word, other, shadow.races.racePc(), "reads", "wrote");
            }
            long atomic = shadow.races.atomicBeforeRead(word, earlier -> isOrdered(earlier, site));
            if (atomic != 0) {
                atomicRace(
                        FindingKind.SHARED_RACE, site, "shared memory", word, atomic, shadow.races.racePc(),
                        Mix.READ_AFTER_ATOMIC);
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
        checkCopies(site, shadow, offset, bytes, "writes");
        if (site.isStrong()) {
            order.release(site, sharedLocation(site, offset), tick());
            return;
        }
        long stamp = RaceShadow.stamp(clock, site.block(), site.thread());
        for (int word = offset >> 2; word <= offset + bytes - 1 >> 2; word++) {
            long other = shadow.races.write(
                    word, stamp, site.pc(), sameValue || bytes < 4, earlier -> isOrdered(earlier, site));
            if (other != 0) {
                sharedRace(site, word, other, shadow.races.racePc(), "writes", "used");
            }
            long atomic = shadow.races.atomicBeforeWrite(word, earlier -> isOrdered(earlier, site));
            if (atomic != 0) {
                atomicRace(
                        FindingKind.SHARED_RACE, site, "shared memory", word, atomic, shadow.races.racePc(),
                        Mix.WRITE_AFTER_ATOMIC);
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
        long other = shadow.races.atomic(
                offset >> 2,
                RaceShadow.stamp(clock, site.block(), site.thread()),
                site.pc(),
                earlier -> isOrdered(earlier, site));
        if (other != 0) {
            atomicRace(
                    FindingKind.SHARED_RACE, site, "shared memory", offset >> 2, other, shadow.races.racePc(),
                    Mix.ATOMIC_AFTER_WRITE);
        }
        long read = shadow.races.readBefore(offset >> 2, earlier -> isOrdered(earlier, site));
        if (read != 0) {
            atomicRace(
                    FindingKind.SHARED_RACE, site, "shared memory", offset >> 2, read, shadow.races.racePc(),
                    Mix.ATOMIC_AFTER_READ);
        }
        releaseAndAcquire(site, sharedLocation(site, offset));
    }

    // ------------------------------------------------------------------ asynchronous copies and barrier objects

    private void checkCopies(AccessSite site, SharedShadow shadow, int offset, int bytes, String does) {
        CopiesUnderWay.Copy copy = shadow.copies.at(offset, bytes);
        if (copy != null) {
            site.report(
                    FindingKind.SHARED_RACE,
                    does + " offset " + offset + " of shared memory, which an asynchronous copy of thread "
                            + launch.threadIndex(copy.thread()) + lineOf(copy.place())
                            + " may still be writing: wait for the copy first, for example with"
                            + " __pipeline_wait_prior(0)");
        }
    }

    /** An asynchronous copy writes shared memory from now until its thread waits for it. */
    void asyncCopy(AccessSite site, SharedShadow shadow, int offset, int bytes) {
        if (!sanitize) {
            return;
        }
        long stamp = RaceShadow.stamp(clock, site.block(), site.thread());
        for (int word = offset >> 2; word <= offset + bytes - 1 >> 2; word++) {
            long other = shadow.races.write(word, stamp, site.pc(), false, earlier -> isOrdered(earlier, site));
            if (other != 0) {
                sharedRace(site, word, other, shadow.races.racePc(), "writes", "used");
            }
        }
        Arrays.fill(shadow.written, offset, offset + bytes, (byte) 1);
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
        long stamp = RaceShadow.stamp(clock, site.block(), site.thread());
        for (CopiesUnderWay.Copy copy : done) {
            for (int word = copy.offset() >> 2; word <= copy.offset() + copy.bytes() - 1 >> 2; word++) {
                shadow.races.write(word, stamp, copy.place(), true, _ -> true);
            }
        }
    }

    /** An action on an {@code mbarrier}: arrivals release, a completed wait acquires, both without a fence. */
    void barrierObject(
            AccessSite site, SharedShadow shadow, int offset, Op.BarrierObjectMode mode, long result) {
        if (!sanitize) {
            return;
        }
        switch (mode) {
            case INIT, INVALIDATE -> {
                Arrays.fill(shadow.written, offset, offset + 8, (byte) 1);
                long stamp = RaceShadow.stamp(clock, site.block(), site.thread());
                for (int word = offset >> 2; word < (offset >> 2) + 2; word++) {
                    shadow.races.write(word, stamp, site.pc(), false, _ -> true);
                }
            }
            case ARRIVE, ARRIVE_DROP, ARRIVE_BY_COPIES, ARRIVE_BY_COPIES_COUNTED -> {
                sharedAtomic(site, shadow, offset, 8, true);
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

    private void sharedRace(
            AccessSite site, int word, long other, int otherPc, String does, String did) {
        site.report(
                FindingKind.SHARED_RACE,
                does + " offset " + word * 4 + " of shared memory, which thread "
                        + launch.threadIndex(RaceShadow.thread(other)) + " " + did + lineOf(otherPc)
                        + " without a barrier in between: is a __syncthreads() missing?");
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
        if (missing > 0 && !isHarmlessCopy(site.pc(), missing < bytes)) {
            site.report(
                    FindingKind.UNINITIALISED_READ,
                    "reads " + bytes + " bytes at offset " + (offset - base)
                            + " of the thread's local memory that it has not written: is a local array or variable"
                            + " not initialised?");
        }
    }

    private boolean isHarmlessCopy(int place, boolean partly) {
        MereCopies ofFunction = copiesAt(place);
        int pc = place & (1 << PLACE_BITS) - 1;
        return ofFunction.staysInThread(pc) || partly && ofFunction.isCopy(pc);
    }

    void localWrite(byte[] written, int offset, int bytes) {
        for (int i = offset; i < offset + bytes; i++) {
            written[i] = 1;
        }
    }
}
