package org.warpgrade.gpu.cpu;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.ptx.PtxType;
import org.warpgrade.gpu.ptx.isa.FloatMath;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.Op.MatrixSize;
import org.warpgrade.gpu.ptx.typed.Source;

/**
 * Warp-wide matrix instructions (PTX ISA 9.7.14).
 *
 * <p>Precision: products of halves, bfloat16 and tf32 are exact in single precision; they are added to C one by one in
 * the order of k, each sum rounded to nearest single, and a half result is rounded once at the end. The ISA asks for "at
 * least single precision" in an unspecified order (for half accumulators at least half), so hardware differs in the last
 * bits. Doubles are a chain of fused multiply-adds. Integers wrap, or are clamped at the end with {@code .satfinite}.
 */
final class MatrixOperations {

    /**
     * What a row or column in memory must be aligned to for {@code wmma}, unless it is shorter. The programming guide asks for strides that are
     * multiples of 16 bytes. The 32 bytes that it asks of the first address are not insisted on: padded tiles in shared
     * memory often miss them.
     */
    private static final int ROW_ALIGNMENT = 16;

    private static final int WHOLE = -1;

    private final WarpExchange.Lanes lanes;
    private final int present;

    /** @param present the lanes that take part; those missing count as zeros, and there is a finding */
    MatrixOperations(WarpExchange.Lanes lanes, int present) {
        this.lanes = lanes;
        this.present = present;
    }

    void perform(Op op) {
        if (present != WHOLE) {
            lanes.report(
                    FindingKind.INVALID_MASK,
                    Integer.numberOfTrailingZeros(present),
                    "a matrix instruction needs all 32 lanes of the warp, but only " + Integer.bitCount(present)
                            + " take part: its result is undefined");
        }
        switch (op) {
            case Op.MatrixLoad load -> loadMatrices(load);
            case Op.FragmentLoad load -> loadFragment(load);
            case Op.FragmentStore store -> storeFragment(store);
            case Op.MatrixMultiply multiply -> multiply(multiply);
            default -> throw new IllegalStateException("not a matrix instruction: " + op);
        }
    }

    private boolean isPresent(int lane) {
        return (present & 1 << lane) != 0;
    }

    // ------------------------------------------------------------------ ldmatrix

    /** Lanes 8i to 8i+7 name the rows of matrix i; lane l receives a pair of row l/4, or of column l/4. */
    private void loadMatrices(Op.MatrixLoad op) {
        int[][] received = new int[op.d().size()][Frame.LANES];
        for (int matrix = 0; matrix < received.length; matrix++) {
            short[] elements = new short[64];
            for (int row = 0; row < 8; row++) {
                int lane = matrix * 8 + row;
                if (isPresent(lane)) {
                    long address = lanes.value(op.base(), lane) + op.offset();
                    lanes.requireAligned(op.space(), address, 16, false, lane);
                    for (int half = 0; half < 2; half++) {
                        long bits = lanes.load(op.space(), address + 8 * half, 8, lane);
                        for (int i = 0; i < 4; i++) {
                            elements[row * 8 + half * 4 + i] = (short) (bits >>> 16 * i);
                        }
                    }
                }
            }
            for (int lane = 0; lane < Frame.LANES; lane++) {
                int line = lane >> 2;
                int first = (lane & 3) * 2;
                int low = op.transposed() ? first * 8 + line : line * 8 + first;
                int high = op.transposed() ? low + 8 : low + 1;
                received[matrix][lane] = elements[low] & 0xFFFF | elements[high] << 16;
            }
        }
        for (int matrix = 0; matrix < received.length; matrix++) {
            for (int lane = 0; lane < Frame.LANES; lane++) {
                if (isPresent(lane)) {
                    lanes.set(op.d().get(matrix), lane, received[matrix][lane] & 0xFFFFFFFFL);
                }
            }
        }
    }

    // ------------------------------------------------------------------ wmma.load, wmma.store

    private void loadFragment(Op.FragmentLoad op) {
        int per = MatrixSize.perRegister(op.type());
        int registers = op.d().size();
        Fragment fragment = new Fragment.Opaque(op.size(), per, registers);
        long[][] loaded = new long[registers][Frame.LANES];
        for (int lane = 0; lane < Frame.LANES; lane++) {
            if (isPresent(lane)) {
                Place place = new Place(
                        op.space(), op.size(), op.type(), op.rowMajor(), op.base(), op.offset(), op.stride(), lane);
                for (int register = 0; register < registers; register++) {
                    for (int element = 0; element < per; element++) {
                        long address = place.of(
                                fragment.row(lane, register, element), fragment.column(lane, register, element), false);
                        long bits = lanes.load(op.space(), address, op.type().bytes(), lane);
                        loaded[register][lane] |=
                                bits << element * 8 * op.type().bytes();
                    }
                }
            }
        }
        for (int register = 0; register < registers; register++) {
            for (int lane = 0; lane < Frame.LANES; lane++) {
                if (isPresent(lane)) {
                    lanes.set(op.d().get(register), lane, loaded[register][lane]);
                }
            }
        }
    }

    private void storeFragment(Op.FragmentStore op) {
        int per = MatrixSize.perRegister(op.type());
        int registers = op.values().size();
        Fragment fragment = new Fragment.Opaque(op.size(), per, registers);
        for (int lane = 0; lane < Frame.LANES; lane++) {
            if (isPresent(lane)) {
                Place place = new Place(
                        op.space(), op.size(), op.type(), op.rowMajor(), op.base(), op.offset(), op.stride(), lane);
                for (int register = 0; register < registers; register++) {
                    long bits = lanes.value(op.values().get(register), lane);
                    for (int element = 0; element < per; element++) {
                        long address = place.of(
                                fragment.row(lane, register, element), fragment.column(lane, register, element), true);
                        lanes.store(
                                op.space(),
                                address,
                                op.type().bytes(),
                                bits >>> element * 8 * op.type().bytes(),
                                lane);
                    }
                }
            }
        }
    }

    /** A matrix in memory as one lane addresses it. */
    private final class Place {

        private final Op.Space space;
        private final boolean rowMajor;
        private final int bytes;
        private final int alignment;
        private final long base;
        private final long stride;
        private final int lane;

        Place(
                Op.Space space,
                MatrixSize size,
                PtxType type,
                boolean rowMajor,
                Source base,
                long offset,
                @Nullable Source stride,
                int lane) {
            this.space = space;
            this.rowMajor = rowMajor;
            this.bytes = type.bytes();
            this.alignment = Math.min(ROW_ALIGNMENT, bytes * (rowMajor ? size.columns() : size.rows()));
            this.base = lanes.value(base, lane) + offset;
            this.stride =
                    stride != null ? lanes.value(stride, lane) & 0xFFFFFFFFL : rowMajor ? size.columns() : size.rows();
            this.lane = lane;
        }

        long of(int row, int column, boolean write) {
            long line = base + (rowMajor ? row : column) * stride * bytes;
            lanes.requireAligned(space, line, alignment, write, lane);
            return line + (long) (rowMajor ? column : row) * bytes;
        }
    }

    // ------------------------------------------------------------------ mma.sync, wmma.mma

    private static Fragment operandA(Op.MatrixMultiply op) {
        int per = MatrixSize.perRegister(op.aType());
        return op.opaque()
                ? new Fragment.Opaque(op.shape().a(), per, op.a().size())
                : new Fragment.Rows(op.shape().m(), per);
    }

    private static Fragment operandB(Op.MatrixMultiply op) {
        int per = MatrixSize.perRegister(op.bType());
        return op.opaque() ? new Fragment.Opaque(op.shape().b(), per, op.b().size()) : new Fragment.Columns(per);
    }

    private static Fragment accumulator(Op.MatrixMultiply op, PtxType type, int registers) {
        int per = MatrixSize.perRegister(type);
        if (op.opaque()) {
            return new Fragment.Opaque(op.shape().c(), per, registers);
        }
        return per == 2 ? new Fragment.Rows(op.shape().m(), 2) : new Fragment.Pairs();
    }

    private void multiply(Op.MatrixMultiply op) {
        int m = op.shape().m();
        int n = op.shape().n();
        int k = op.shape().k();
        Fragment c = accumulator(op, op.cType(), op.c().size());
        Fragment d = accumulator(op, op.dType(), op.d().size());
        long[] a = gather(op.a(), op.aType(), operandA(op), op.shape().a());
        long[] b = gather(op.b(), op.bType(), operandB(op), op.shape().b());
        long[] sums = gather(op.c(), op.cType(), c, op.shape().c());
        switch (op.aType()) {
            case F64 -> doubles(a, b, sums, m, n, k);
            case S8, U8 -> integers(a, b, sums, m, n, k, op.saturate());
            default -> floats(op, a, b, sums, m, n, k);
        }
        scatter(op.d(), op.dType(), d, n, sums);
    }

    /** The elements of an operand row by row, as bits; integers sign- or zero-extended. */
    private long[] gather(List<Source> sources, PtxType type, Fragment fragment, MatrixSize size) {
        long[] matrix = new long[size.rows() * size.columns()];
        int per = MatrixSize.perRegister(type);
        int bits = 8 * type.bytes();
        for (int register = 0; register < sources.size(); register++) {
            for (int lane = 0; lane < Frame.LANES; lane++) {
                if (!isPresent(lane)) {
                    continue;
                }
                long word = lanes.value(sources.get(register), lane);
                for (int element = 0; element < per; element++) {
                    int at = fragment.row(lane, register, element) * size.columns()
                            + fragment.column(lane, register, element);
                    long narrow = word << 64 - bits - element * bits;
                    matrix[at] = type.isSigned() ? narrow >> 64 - bits : narrow >>> 64 - bits;
                }
            }
        }
        return matrix;
    }

    private void scatter(List<Integer> registers, PtxType type, Fragment fragment, int columns, long[] matrix) {
        int per = MatrixSize.perRegister(type);
        int bits = 8 * type.bytes();
        long mask = bits == 64 ? -1 : (1L << bits) - 1;
        for (int register = 0; register < registers.size(); register++) {
            for (int lane = 0; lane < Frame.LANES; lane++) {
                if (!isPresent(lane)) {
                    continue;
                }
                long word = 0;
                for (int element = 0; element < per; element++) {
                    int at = fragment.row(lane, register, element) * columns + fragment.column(lane, register, element);
                    word |= (matrix[at] & mask) << element * bits;
                }
                lanes.set(registers.get(register), lane, word);
            }
        }
    }

    private static void floats(Op.MatrixMultiply op, long[] aBits, long[] bBits, long[] sums, int m, int n, int k) {
        float[] a = floats(aBits, op.aType());
        float[] b = floats(bBits, op.bType());
        float[] row = new float[n];
        boolean half = op.dType() == PtxType.F16;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                row[j] = value(sums[i * n + j], op.cType());
            }
            for (int q = 0; q < k; q++) {
                float left = a[i * k + q];
                for (int j = 0; j < n; j++) {
                    row[j] += left * b[q * n + j];
                }
            }
            for (int j = 0; j < n; j++) {
                sums[i * n + j] = half ? halfBits(row[j]) : FloatMath.bits_f32(row[j]);
            }
        }
    }

    /** As {@code cvt.rn.f16.f32} makes it: the one NaN of the hardware. */
    private static int halfBits(float value) {
        return value == value ? Float.floatToFloat16(value) & 0xFFFF : 0x7FFF;
    }

    private static float[] floats(long[] bits, PtxType type) {
        float[] values = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            values[i] = value(bits[i], type);
        }
        return values;
    }

    private static float value(long bits, PtxType type) {
        return switch (type) {
            case F16 -> Float.float16ToFloat((short) bits);
            case BF16 -> Float.intBitsToFloat((int) bits << 16);
            // tf32 has ten bits of fraction; the hardware does not look at the others.
            case TF32 -> Float.intBitsToFloat((int) bits & 0xFFFFE000);
            default -> Float.intBitsToFloat((int) bits);
        };
    }

    private static void doubles(long[] a, long[] b, long[] sums, int m, int n, int k) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = Double.longBitsToDouble(sums[i * n + j]);
                for (int q = 0; q < k; q++) {
                    sum = Math.fma(Double.longBitsToDouble(a[i * k + q]), Double.longBitsToDouble(b[q * n + j]), sum);
                }
                sums[i * n + j] = Double.doubleToRawLongBits(sum);
            }
        }
    }

    private static void integers(long[] a, long[] b, long[] sums, int m, int n, int k, boolean saturate) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                long sum = sums[i * n + j];
                for (int q = 0; q < k; q++) {
                    sum += a[i * k + q] * b[q * n + j];
                }
                sums[i * n + j] = saturate ? Math.clamp(sum, Integer.MIN_VALUE, Integer.MAX_VALUE) : sum;
            }
        }
    }
}
