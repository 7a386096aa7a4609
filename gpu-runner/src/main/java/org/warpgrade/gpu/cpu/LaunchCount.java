package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Counters;
import org.warpgrade.gpu.LaunchCounters;
import org.warpgrade.gpu.LineCounters;
import org.warpgrade.gpu.Metric;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.ptx.typed.AddressMap;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.Source;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

/** Counts what the warps of one launch do, instruction by instruction. Serves one thread. */
final class LaunchCount implements WarpObserver {

    private static final int METRICS = Metric.values().length;

    /** Sectors of one allocation: read before any write of this launch, and written. */
    private record Touched(BitSet read, BitSet written) {

        private static final Touched NOTHING = new Touched(new BitSet(), new BitSet());

        /** Sectors side by side. */
        private void touch(int from, int to, boolean reads, boolean writes) {
            if (reads) {
                int known = written.nextSetBit(from);
                if (known < 0 || known >= to) {
                    read.set(from, to);
                } else {
                    for (int sector = from; sector < to; sector++) {
                        read.set(sector, read.get(sector) || !written.get(sector));
                    }
                }
            }
            if (writes) {
                written.set(from, to);
            }
        }
    }

    /** @param counts by {@link Metric#ordinal} */
    private record Tally(double[] counts, OperationCount operation) {}

    private final String sourceFile;
    private final DeviceMemory memory;
    private @Nullable LaneValues values;
    private final PerInstruction<Tally> tallies =
            new PerInstruction<>(instruction -> new Tally(new double[METRICS], OperationCount.of(instruction.op())));
    private final List<Stretch> stretches = new ArrayList<>();
    private final Map<TypedFunction, BitSet> read = new IdentityHashMap<>();
    private final Map<Allocation, Touched> touched = new IdentityHashMap<>();
    private final MemoryPattern global = new MemoryPattern();
    private final MemoryPattern shared = new MemoryPattern();
    private final MemoryPattern local = new MemoryPattern();
    private final long[] addresses = new long[Frame.LANES];
    private Allocation lastTouched = Allocation.NONE;
    private Touched lastSectors = Touched.NOTHING;

    /** @param sourceFile lines of other files are told as line 0 */
    LaunchCount(String sourceFile, DeviceMemory memory) {
        this.sourceFile = sourceFile;
        this.memory = memory;
    }

    @Override
    public void readsWith(LaneValues reader) {
        this.values = reader;
    }

    // ------------------------------------------------------------------ stretches

    /** A stretch whose executions count. */
    void add(Stretch stretch) {
        stretches.add(stretch);
    }

    /** An access to memory in a stretch, and what was last found out about it. */
    static final class Access {
        private final double[] tally;
        private final Op.Space space;
        private final boolean load;
        private final int bytes;
        private final @Nullable Access like;
        private int wavefronts;
        private int conflictFree;

        /** Whether what is asked about its banks is known from an access before it. */
        boolean isLikeAnother() {
            return like != null;
        }

        private Access(double[] tally, Op.Space space, boolean load, int bytes, @Nullable Access like) {
            this.tally = tally;
            this.space = space;
            this.load = load;
            this.bytes = bytes;
            this.like = like;
        }
    }

    /** @param like an access before it whose banks are those of this one, all moved alike; null if there is none */
    Access access(TypedFunction function, int pc, Op.Space space, boolean load, int bytes, @Nullable Access like) {
        return new Access(tallies.at(function, pc).counts, space, load, bytes, like);
    }

    /** A whole warp makes an access that is like another one before it. */
    void countsAlike(Access access) {
        Access like = Objects.requireNonNull(access.like);
        access.wavefronts = like.wavefronts;
        access.conflictFree = like.conflictFree;
        shared(access.tally, access.load, access.wavefronts, access.conflictFree);
    }

    /** A whole warp makes an access; that it executes the instruction is counted with the stretch. */
    void counts(Access access, long[] byLane) {
        if (access.space == Op.Space.GLOBAL) {
            global.take(byLane, 0, -1);
            if (access.load) {
                globalLoad(access.tally, access.bytes);
            } else {
                globalStore(access.tally, access.bytes);
            }
            return;
        }
        if (access.isLikeAnother()) {
            countsAlike(access);
            return;
        }
        shared.take(byLane, 0, -1);
        access.wavefronts = shared.wavefronts(access.bytes);
        access.conflictFree = shared.conflictFree(access.bytes);
        shared(access.tally, access.load, access.wavefronts, access.conflictFree);
    }

    /** Adds what the stretches have executed, once. */
    private void fold() {
        for (Stretch stretch : stretches) {
            long times = stretch.takeExecutions();
            for (int pc = stretch.begin(); pc < stretch.begin() + stretch.length(); pc++) {
                Tally tally = tallies.at(stretch.function(), pc);
                tally.counts[Metric.INSTRUCTIONS.ordinal()] += times;
                tally.counts[Metric.THREAD_INSTRUCTIONS.ordinal()] += (double) times * Frame.LANES;
                Op op = stretch.function().code().get(pc).op();
                if (!(op instanceof Op.Load) && !(op instanceof Op.Store)) {
                    arithmetic(tally.counts, tally.operation, (double) times * Frame.LANES);
                }
            }
        }
    }

    // ------------------------------------------------------------------ single instructions

    @Override
    public void executes(Warp warp, LaneGroup group, Instruction instruction, int passing) {
        Tally known = tallies.at(group.frame.function, group.pc);
        double[] tally = known.counts;
        tally[Metric.INSTRUCTIONS.ordinal()]++;
        tally[Metric.THREAD_INSTRUCTIONS.ordinal()] += Integer.bitCount(group.lanes);
        switch (instruction.op()) { // asked in this order, so the usual ones stand first
            case Op.Compute _, Op.Copy _, Op.Compare _ -> arithmetic(tally, known.operation, Integer.bitCount(passing));
            case Op.Load load -> load(tally, warp, group.frame, passing, load);
            case Op.Store store -> store(tally, warp, group.frame, passing, store);
            case Op.Branch _ -> branch(tally, instruction, passing == 0 || passing == group.lanes);
            case Op.BranchTable table -> branchTable(tally, warp, group, passing, table);
            case Op.Atomic atomic -> atomic(tally, warp, group.frame, passing, atomic);
            case Op.AsyncCopy copy -> asyncCopy(tally, warp, group.frame, passing, copy);
            case Op.MatrixLoad load -> matrixLoad(tally, warp, group.frame, passing, load);
            case Op.FragmentLoad load -> {
                gatherFragment(warp, group.frame, passing, load.space(), MatrixLines.of(load));
                load(tally, MatrixLines.of(load).lineBytes());
            }
            case Op.FragmentStore store -> {
                gatherFragment(warp, group.frame, passing, store.space(), MatrixLines.of(store));
                store(tally, MatrixLines.of(store).lineBytes());
            }
            case Op.Barrier _ -> tally[Metric.BARRIERS.ordinal()]++;
            case Op.Shuffle _, Op.Vote _, Op.Match _, Op.Reduce _, Op.Elect _, Op.WarpBarrier _ ->
                tally[Metric.EXCHANGES.ordinal()]++;
            default -> arithmetic(tally, known.operation, Integer.bitCount(passing));
        }
    }

    private static void arithmetic(double[] tally, OperationCount count, double lanes) {
        if (count.kind() != null) {
            tally[count.kind().ordinal()] += lanes;
        }
        if (count.flops() != null) {
            tally[count.flops().ordinal()] += lanes * count.operations();
        }
    }

    private static void branch(double[] tally, Instruction instruction, boolean uniform) {
        if (instruction.guard() >= 0) {
            tally[Metric.BRANCHES.ordinal()]++;
            tally[(uniform ? Metric.BRANCHES_UNIFORM : Metric.BRANCHES_DIVERGENT).ordinal()]++;
        }
    }

    private void branchTable(double[] tally, Warp warp, LaneGroup group, int passing, Op.BranchTable table) {
        boolean uniform = passing == 0 || passing == group.lanes;
        if (passing != 0) {
            long first = value(table.index(), warp, group.frame, Integer.numberOfTrailingZeros(passing));
            for (int rest = passing; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                uniform &= value(table.index(), warp, group.frame, lane) == first;
            }
        }
        tally[Metric.BRANCHES.ordinal()]++;
        tally[(uniform ? Metric.BRANCHES_UNIFORM : Metric.BRANCHES_DIVERGENT).ordinal()]++;
    }

    // ------------------------------------------------------------------ memory

    private void load(double[] tally, Warp warp, Frame frame, int lanes, Op.Load op) {
        gather(op.space(), op.base(), op.offset(), warp, frame, lanes);
        load(tally, op.type().bytes() * op.d().size());
    }

    private void load(double[] tally, int bytes) {
        globalLoad(tally, bytes);
        local(tally, Metric.LOCAL_LOAD_REQUESTS, Metric.LOCAL_LOAD_SECTORS, bytes);
        shared(tally, true, bytes);
    }

    private void globalLoad(double[] tally, int bytes) {
        if (global.count() > 0) {
            tally[Metric.GLOBAL_LOAD_REQUESTS.ordinal()]++;
            tally[Metric.GLOBAL_LOAD_SECTORS.ordinal()] += global.sectors(bytes);
            tally[Metric.GLOBAL_LOAD_BYTES.ordinal()] += (double) bytes * global.count();
            touch(true, false);
        }
    }

    private void store(double[] tally, Warp warp, Frame frame, int lanes, Op.Store op) {
        gather(op.space(), op.base(), op.offset(), warp, frame, lanes);
        store(tally, op.type().bytes() * op.values().size());
    }

    private void store(double[] tally, int bytes) {
        globalStore(tally, bytes);
        local(tally, Metric.LOCAL_STORE_REQUESTS, Metric.LOCAL_STORE_SECTORS, bytes);
        shared(tally, false, bytes);
    }

    private void globalStore(double[] tally, int bytes) {
        if (global.count() > 0) {
            tally[Metric.GLOBAL_STORE_REQUESTS.ordinal()]++;
            tally[Metric.GLOBAL_STORE_SECTORS.ordinal()] += global.sectors(bytes);
            tally[Metric.GLOBAL_STORE_BYTES.ordinal()] += (double) bytes * global.count();
            touch(false, true);
        }
    }

    private void atomic(double[] tally, Warp warp, Frame frame, int lanes, Op.Atomic op) {
        int bytes = op.type().bytes();
        gather(op.space(), op.base(), op.offset(), warp, frame, lanes);
        if (global.count() > 0) {
            boolean red = op.d() < 0 || !isRead(frame.function, op.d());
            tally[(red ? Metric.GLOBAL_RED_REQUESTS : Metric.GLOBAL_ATOM_REQUESTS).ordinal()]++;
            tally[(red ? Metric.GLOBAL_RED_SECTORS : Metric.GLOBAL_ATOM_SECTORS).ordinal()] += global.sectors(bytes);
            tally[Metric.GLOBAL_ATOMIC_BYTES.ordinal()] += (double) bytes * global.count();
            touch(true, true);
            tally[Metric.ATOMIC_CONFLICTS.ordinal()] += global.sameAddress();
        }
        if (shared.count() > 0) {
            tally[Metric.SHARED_ATOMICS.ordinal()]++;
            tally[Metric.ATOMIC_CONFLICTS.ordinal()] += shared.sameAddress();
        }
    }

    /** An atomic operation whose result nobody reads becomes a reduction in SASS. */
    private boolean isRead(TypedFunction function, int register) {
        return read.computeIfAbsent(function, f -> {
                    BitSet registers = new BitSet();
                    f.code().forEach(instruction -> DataFlow.uses(instruction, registers::set));
                    return registers;
                })
                .get(register);
    }

    /** {@code cp.async} is a load from global memory that stores to shared memory. */
    private void asyncCopy(double[] tally, Warp warp, Frame frame, int lanes, Op.AsyncCopy op) {
        gather(Op.Space.GLOBAL, op.from(), op.fromOffset(), warp, frame, lanes);
        globalLoad(tally, op.bytes());
        gather(Op.Space.SHARED, op.to(), op.toOffset(), warp, frame, lanes);
        shared(tally, false, op.bytes());
    }

    /** {@code ldmatrix}: eight lanes give the rows of each 8x8 matrix, 16 bytes each; a matrix is one wavefront. */
    private void matrixLoad(double[] tally, Warp warp, Frame frame, int lanes, Op.MatrixLoad op) {
        int wavefronts = 0;
        int conflictFree = 0;
        for (int matrix = 0; matrix < op.d().size(); matrix++) {
            gather(op.space(), op.base(), op.offset(), warp, frame, lanes & 0xFF << 8 * matrix);
            wavefronts += shared.wavefronts(16);
            conflictFree += shared.conflictFree(16);
        }
        shared(tally, true, wavefronts, conflictFree);
    }

    private void local(double[] tally, Metric requests, Metric sectors, int bytes) {
        if (local.count() > 0) {
            tally[requests.ordinal()]++;
            tally[sectors.ordinal()] += local.localSectors(bytes);
        }
    }

    private void shared(double[] tally, boolean load, int bytes) {
        if (shared.count() > 0) {
            shared(tally, load, shared.wavefronts(bytes), shared.conflictFree(bytes));
        }
    }

    /**
     * @param wavefronts how many one access needs
     * @param conflictFree how many it would need without bank conflicts
     */
    private static void shared(double[] tally, boolean load, int wavefronts, int conflictFree) {
        tally[(load ? Metric.SHARED_LOADS : Metric.SHARED_STORES).ordinal()]++;
        tally[(load ? Metric.SHARED_LOAD_WAVEFRONTS : Metric.SHARED_STORE_WAVEFRONTS).ordinal()] += wavefronts;
        tally[(load ? Metric.SHARED_LOAD_CONFLICTS : Metric.SHARED_STORE_CONFLICTS).ordinal()] +=
                wavefronts - conflictFree;
    }

    /** Sorts the lanes' addresses by what they point to; parameters and constants have caches of their own. */
    private void gather(Op.Space space, Source base, long offset, Warp warp, Frame frame, int lanes) {
        clear();
        values().row(base, warp, frame, lanes, addresses);
        switch (space) {
            case GLOBAL -> global.take(addresses, offset, lanes);
            case SHARED -> shared.take(addresses, offset, lanes);
            case LOCAL -> local.take(addresses, offset, lanes);
            default -> {
                for (int rest = lanes; rest != 0; rest &= rest - 1) {
                    int lane = Integer.numberOfTrailingZeros(rest);
                    place(space, lane, addresses[lane] + offset);
                }
            }
        }
    }

    private LaneValues values() {
        return Objects.requireNonNull(values);
    }

    private long value(Source source, Warp warp, Frame frame, int lane) {
        return values().of(source, warp, frame, lane);
    }

    /**
     * A matrix that {@code wmma} moves: which lane moves what is nobody's business, so each line of the matrix counts as one
     * access of its length.
     */
    private record MatrixLines(
            Source base, long offset, @Nullable Source stride, int lines, int lineBytes, int elementBytes) {

        static MatrixLines of(Op.FragmentLoad op) {
            return of(
                    op.base(),
                    op.offset(),
                    op.stride(),
                    op.size(),
                    op.rowMajor(),
                    op.type().bytes());
        }

        static MatrixLines of(Op.FragmentStore op) {
            return of(
                    op.base(),
                    op.offset(),
                    op.stride(),
                    op.size(),
                    op.rowMajor(),
                    op.type().bytes());
        }

        private static MatrixLines of(
                Source base, long offset, @Nullable Source stride, Op.MatrixSize size, boolean rowMajor, int bytes) {
            int lines = rowMajor ? size.rows() : size.columns();
            int length = rowMajor ? size.columns() : size.rows();
            return new MatrixLines(base, offset, stride, lines, length * bytes, bytes);
        }
    }

    private void gatherFragment(Warp warp, Frame frame, int lanes, Op.Space space, MatrixLines fragment) {
        clear();
        if (lanes == 0) {
            return;
        }
        int leader = Integer.numberOfTrailingZeros(lanes);
        long address = value(fragment.base, warp, frame, leader) + fragment.offset;
        Source stride = fragment.stride;
        long step = stride == null ? fragment.lineBytes : value(stride, warp, frame, leader) * fragment.elementBytes;
        for (int line = 0; line < fragment.lines; line++) {
            place(space, line, address + line * step);
        }
    }

    private void clear() {
        global.clear();
        shared.clear();
        local.clear();
    }

    private void place(Op.Space space, int lane, long address) {
        switch (space) {
            case GLOBAL -> global.add(lane, address);
            case SHARED -> shared.add(lane, address);
            case LOCAL -> local.add(lane, address);
            case GENERIC -> generic(lane, address);
            case CONST, PARAM_IN, PARAM_OUT, PARAM_RETURN -> {}
        }
    }

    private void generic(int lane, long address) {
        long window = AddressMap.windowOf(address);
        if (window == AddressMap.GLOBAL) {
            global.add(lane, address);
        } else if (window == AddressMap.SHARED) {
            shared.add(lane, address - AddressMap.SHARED);
        } else if (window == AddressMap.LOCAL) {
            local.add(lane, address - AddressMap.LOCAL);
        }
    }

    /** The sectors that {@link MemoryPattern#sectors} has just found; an access out of bounds will end the launch. */
    private void touch(boolean reads, boolean writes) {
        int pieces = global.pieces();
        for (int i = 0; i < pieces; i++) {
            long first = global.piece(i) << MemoryPattern.SECTOR_BITS;
            if (first < lastTouched.base() || first - lastTouched.base() >= lastTouched.size()) {
                lastTouched = memory.find(first);
                lastSectors = lastTouched == Allocation.NONE
                        ? Touched.NOTHING
                        : touched.computeIfAbsent(lastTouched, _ -> new Touched(new BitSet(), new BitSet()));
            }
            int sector = (int) (first - lastTouched.base() >> MemoryPattern.SECTOR_BITS);
            if (sector < 0 || lastTouched == Allocation.NONE) {
                continue;
            }
            int end = sector + 1;
            while (i + 1 < pieces
                    && global.piece(i + 1) == global.piece(i) + 1
                    && (long) end << MemoryPattern.SECTOR_BITS < lastTouched.size()) {
                i++;
                end++;
            }
            lastSectors.touch(sector, end, reads, writes);
        }
    }

    // ------------------------------------------------------------------ results

    /** What was counted, scaled from the blocks that were looked at to all. */
    LaunchCounters result(long countedBlocks, long blocks) {
        fold();
        double factor = countedBlocks == 0 ? 0 : (double) blocks / countedBlocks;
        Map<Integer, double[]> byLine = new TreeMap<>();
        double[] all = new double[METRICS];
        tallies.forEach((instruction, counted) -> {
            double[] tally = counted.counts;
            double[] line = byLine.computeIfAbsent(line(instruction.at()), _ -> new double[METRICS]);
            for (int i = 0; i < METRICS; i++) {
                line[i] += tally[i] * factor;
                all[i] += tally[i] * factor;
            }
        });
        all[Metric.COMPULSORY_READ_BYTES.ordinal()] = compulsory(factor, false);
        all[Metric.COMPULSORY_WRITE_BYTES.ordinal()] = compulsory(factor, true);
        List<LineCounters> lines = new ArrayList<>();
        byLine.forEach((line, tally) -> lines.add(new LineCounters(line, counters(tally))));
        return new LaunchCounters(counters(all), lines, countedBlocks, blocks);
    }

    private int line(@Nullable SourceLocation at) {
        return at != null && at.file().equals(sourceFile) ? at.line() : 0;
    }

    /** Blocks that were not looked at touch as many sectors again, but never more than there are. */
    private double compulsory(double factor, boolean written) {
        double bytes = 0;
        for (Map.Entry<Allocation, Touched> entry : touched.entrySet()) {
            BitSet sectors = written ? entry.getValue().written : entry.getValue().read;
            double most = entry.getKey().size() + (1 << MemoryPattern.SECTOR_BITS) - 1 >> MemoryPattern.SECTOR_BITS;
            bytes += Math.min(sectors.cardinality() * factor, most) * (1 << MemoryPattern.SECTOR_BITS);
        }
        return bytes;
    }

    private static Counters counters(double[] tally) {
        Map<Metric, Double> sums = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            if (!metric.isRatio()) {
                sums.put(metric, tally[metric.ordinal()]);
            }
        }
        return Counters.of(sums);
    }
}
