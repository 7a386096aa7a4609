package org.warpgrade.gpu.ptx.typed;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.PtxType;
import org.warpgrade.gpu.ptx.isa.PtxMath.MethodRef;

/**
 * One typed instruction. Register destinations are indices; -1 stands for a result nobody wants. Parameter memory
 * appears in three areas: what a function was given, what it hands to callees, and what it returns.
 */
public sealed interface Op {

    /** Where an access goes. */
    enum Space {
        GENERIC,
        GLOBAL,
        SHARED,
        LOCAL,
        CONST,
        /** The parameters the function or kernel was given. */
        PARAM_IN,
        /** Call arguments and results in the frame of the caller. */
        PARAM_OUT,
        /** The return value under construction. */
        PARAM_RETURN
    }

    /** Caching and ordering of an access, as far as it matters here. */
    enum Order {
        WEAK,
        /** {@code .cg}, {@code .cv} of a load: weak, but not from a cache, so that people wait with it for other threads. */
        UNCACHED,
        /** {@code .volatile}, {@code .relaxed}, {@code .acquire}: other threads may be waiting for it. */
        STRONG,
        /** {@code .release}, {@code .acq_rel} for the threads of the block: as if a fence came before it. */
        RELEASE_TO_BLOCK,
        /** The same for more threads than those of the block. */
        RELEASE;

        /** Whether other threads may be waiting for it. */
        public boolean isStrong() {
            return this != WEAK && this != UNCACHED;
        }

        /** Whether what the thread did before is known to who sees it. */
        public boolean releases() {
            return this == RELEASE || this == RELEASE_TO_BLOCK;
        }
    }

    /** {@code d = meaning(a, b, c)}, subnormal inputs and results flushed if {@code ftz}, then clamped if {@code sat}. */
    record Compute(MethodRef meaning, int d, List<Source> sources, boolean ftz, boolean sat) implements Op {}

    /** {@code d = a}, bit for bit. */
    record Copy(int d, Source a) implements Op {}

    /** {@code d = {a0, a1, …}}, the first in the lowest bits. */
    record Pack(int d, List<Source> parts, int partBits) implements Op {}

    /** {@code {d0, d1, …} = a}. */
    record Unpack(List<Integer> parts, Source a, int partBits) implements Op {}

    /** Loads one element or a vector of them. */
    record Load(Space space, List<Integer> d, PtxType type, Source base, long offset, Order order) implements Op {}

    /** Stores one element or a vector of them. */
    record Store(Space space, List<Source> values, PtxType type, Source base, long offset, Order order) implements Op {}

    /** The boolean that may be combined with a comparison. */
    enum Combine {
        NONE,
        AND,
        OR,
        XOR
    }

    /** {@code d = (a cmp b) op c, q = !(a cmp b) op c}; {@code value} for set, whose result is a mask or 1.0. */
    record Compare(
            MethodRef comparison,
            int d,
            int q,
            Source a,
            Source b,
            Combine combine,
            @Nullable Source c,
            boolean ftz,
            @Nullable PtxType value)
            implements Op {

        /** What {@code set} puts into {@code d} where the comparison holds: 1.0, or all bits (PTX ISA 9.7.5.1). */
        public int truth() {
            return switch (value) {
                case F32 -> 0x3F800000;
                case F16 -> 0x3C00;
                case BF16 -> 0x3F80;
                case U16, S16 -> 0xFFFF;
                case null, default -> -1;
            };
        }
    }

    /**
     * Both halves of a packed pair compared: {@code d} from the low ones, {@code q} from the high ones.
     *
     * @param truth what {@code set} puts into a half of {@code d} where the comparison holds; 0 for {@code setp}
     */
    record CompareHalves(
            MethodRef comparison,
            int d,
            int q,
            Source a,
            Source b,
            Combine combine,
            @Nullable Source c,
            boolean ftz,
            int truth)
            implements Op {}

    /** {@code d = p ? a : b}. */
    record Select(int d, Source a, Source b, Source p) implements Op {}

    /**
     * Extended-precision arithmetic: {@code d = value(sources)}, {@code flag = carry(sources)}. The sources end with the
     * flag register, or with 0 where the instruction starts a chain.
     */
    record Carry(MethodRef value, @Nullable MethodRef carry, int d, List<Source> sources, int flag) implements Op {}

    record Branch(int target) implements Op {}

    /** {@code brx.idx}. */
    record BranchTable(Source index, List<Integer> targets) implements Op {}

    /**
     * A call; argument and result areas are offsets in the caller's outgoing area.
     *
     * @param name the callee's symbol, null for an indirect call
     * @param pointer the callee's address, null for a direct call
     * @param arguments where each argument lies, in order
     * @param result where the result goes, null if none
     */
    record Call(
            @Nullable String name,
            @Nullable Source pointer,
            List<Slot> arguments,
            @Nullable Slot result) implements Op {}

    /** A piece of parameter memory. */
    record Slot(int offset, int bytes) {}

    /**
     * Where a function begins that was made part of its caller or is called by compiled code: its local variables, at
     * {@code offset} from those of the code it is part of, hold nothing yet.
     */
    record Enter(int offset, int bytes) implements Op {}

    record Return() implements Op {}

    record Exit() implements Op {}

    record Trap() implements Op {}

    /** What a barrier does besides waiting. */
    enum BarrierMode {
        SYNC,
        ARRIVE,
        RED_POPC,
        RED_AND,
        RED_OR
    }

    record Barrier(
            BarrierMode mode,
            Source id,
            @Nullable Source threads,
            @Nullable Source predicate,
            int d) implements Op {}

    /** {@code bar.warp.sync}. */
    record WarpBarrier(Source mask) implements Op {}

    enum ShuffleMode {
        UP,
        DOWN,
        BFLY,
        IDX
    }

    record Shuffle(ShuffleMode mode, int d, int p, Source a, Source b, Source c, Source mask) implements Op {}

    enum VoteMode {
        ALL,
        ANY,
        UNI,
        BALLOT
    }

    record Vote(VoteMode mode, int d, Source predicate, Source mask) implements Op {}

    record Match(boolean all, boolean wide, int d, int p, Source a, Source mask) implements Op {}

    /** {@code redux.sync}: the meaning is the two-operand helper. */
    record Reduce(MethodRef meaning, int d, Source a, Source mask) implements Op {}

    /** {@code elect.sync}: {@code d} is the lane elected, {@code p} whether it is this one. */
    record Elect(int d, int p, Source mask) implements Op {}

    record ActiveMask(int d) implements Op {}

    enum AtomicOp {
        ADD,
        MIN,
        MAX,
        INC,
        DEC,
        AND,
        OR,
        XOR,
        EXCH,
        CAS
    }

    /** {@code d = [address]; [address] = op([address], b, c)}; d is -1 for {@code red}. */
    record Atomic(
            Space space,
            AtomicOp op,
            PtxType type,
            int d,
            Source base,
            long offset,
            Source b,
            @Nullable Source c,
            Order order)
            implements Op {}

    /** {@code membar}, {@code fence}. */
    record Fence(boolean blockOnly) implements Op {}

    /** Hints without effect on results: {@code nanosleep}, {@code prefetch}, {@code cp.async.commit_group} … */
    record Hint(String what) implements Op {}

    /** {@code cp.async}: {@code bytes} to shared memory, zero-filled beyond {@code sourceBytes}. */
    record AsyncCopy(
            Source to,
            long toOffset,
            Source from,
            long fromOffset,
            int bytes,
            @Nullable Source sourceBytes) implements Op {}

    /** What happens to the groups of asynchronous copies of a thread. */
    enum GroupMode {
        /** {@code cp.async.commit_group}: the copies since the last one form a group. */
        COMMIT,
        /** {@code cp.async.wait_group N}: waits until at most N groups are under way. */
        WAIT,
        /** {@code cp.async.wait_all}: waits for every copy, grouped or not. */
        WAIT_ALL
    }

    /** @param remaining groups that may still be under way after a wait */
    record AsyncGroup(GroupMode mode, int remaining) implements Op {}

    /** What is done to an {@code mbarrier} object in shared memory. */
    enum BarrierObjectMode {
        /** {@code init}: {@code a} arrivals complete a phase. */
        INIT,
        INVALIDATE,
        /** {@code arrive}: {@code a} arrivals at once; the result is the state before. */
        ARRIVE,
        /** {@code arrive_drop}: the phases to come expect {@code a} arrivals less. */
        ARRIVE_DROP,
        /** {@code test_wait}, {@code try_wait}: whether the phase of state {@code a} is complete. */
        TEST_STATE,
        /** The same for the phase of parity {@code a}. */
        TEST_PARITY,
        /** {@code cp.async.mbarrier.arrive}: the thread's copies bring an arrival of their own with them. */
        ARRIVE_BY_COPIES,
        /** {@code cp.async.mbarrier.arrive.noinc}: the thread's copies make one of the expected arrivals. */
        ARRIVE_BY_COPIES_COUNTED
    }

    /** {@code mbarrier}: a barrier as an object of 8 bytes in shared memory. */
    record BarrierObject(BarrierObjectMode mode, Space space, int d, Source base, long offset, Source a)
            implements Op {}

    /** {@code isspacep}. */
    record IsSpace(Space space, int d, Source a) implements Op {}

    /** Generic to window address and back, for the windows that are not identical with generic addresses. */
    record ConvertAddress(Space space, boolean toGeneric, int d, Source a) implements Op {}

    /** {@code ldmatrix}: {@code d.size()} 8x8 matrices of 16-bit elements. */
    record MatrixLoad(Space space, List<Integer> d, boolean transposed, Source base, long offset) implements Op {}

    /**
     * {@code wmma.load}: a matrix from memory into a fragment.
     *
     * @param rowMajor whether rows, not columns, lie together in memory
     * @param stride elements from one row or column to the next, null if they touch
     */
    record FragmentLoad(
            Space space,
            MatrixSize size,
            PtxType type,
            boolean rowMajor,
            List<Integer> d,
            Source base,
            long offset,
            @Nullable Source stride)
            implements Op {}

    /** {@code wmma.store}: a fragment to memory, laid out as in {@link FragmentLoad}. */
    record FragmentStore(
            Space space,
            MatrixSize size,
            PtxType type,
            boolean rowMajor,
            List<Source> values,
            Source base,
            long offset,
            @Nullable Source stride)
            implements Op {}

    /** Rows and columns of a matrix that a warp holds together. */
    record MatrixSize(int rows, int columns) {

        /** Elements in a register: two halves in 32 bits, four bytes, one of anything wider. */
        public static int perRegister(PtxType type) {
            return switch (type) {
                case F16, BF16 -> 2;
                case S8, U8 -> 4;
                default -> 1;
            };
        }

        /** Whether that many registers in 32 lanes hold the matrix so many times over: once, or at least once. */
        boolean fits(int registers, PtxType type, boolean repeated) {
            int slots = registers * perRegister(type) * 32;
            int elements = rows * columns;
            return repeated ? slots >= elements && slots % elements == 0 : slots == elements;
        }
    }

    /** The sizes of {@code D = A*B + C}: A is m by k, B is k by n, C and D are m by n. */
    record MatrixShape(int m, int n, int k) {

        public MatrixSize a() {
            return new MatrixSize(m, k);
        }

        public MatrixSize b() {
            return new MatrixSize(k, n);
        }

        public MatrixSize c() {
            return new MatrixSize(m, n);
        }
    }

    /**
     * {@code mma.sync} and {@code wmma.mma}.
     *
     * @param opaque whether the operands are fragments of {@code wmma}, whose layout nobody may know
     * @param saturate {@code .satfinite}
     */
    record MatrixMultiply(
            MatrixShape shape,
            boolean opaque,
            PtxType dType,
            PtxType aType,
            PtxType bType,
            PtxType cType,
            boolean saturate,
            List<Integer> d,
            List<Source> a,
            List<Source> b,
            List<Source> c)
            implements Op {}
}
