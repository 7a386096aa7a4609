package org.warpgrade.gpu.cpu;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.typed.AddressMap;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.Source;

/** What a lane computes from its own registers alone. */
final class InterpretedArithmetic {

    private final LaneValues values;
    private final LaneAtWork at;
    private final boolean host;
    private final @Nullable NanOrigins nans;
    /** Operands of the instruction at work, lane by lane. */
    private final long[][] rows = new long[4][Frame.LANES];

    private final long[] results = new long[Frame.LANES];

    /** @param nans who follows NaNs, null if nobody asks */
    InterpretedArithmetic(LaneValues values, LaneAtWork at, boolean host, @Nullable NanOrigins nans) {
        this.values = values;
        this.at = at;
        this.host = host;
        this.nans = nans;
    }

    private long value(Source source) {
        return values.of(source, at.warp(), at.frame(), at.lane);
    }

    private void set(int register, long bits) {
        at.frame().set(register, at.lane, bits);
    }

    // ------------------------------------------------------------------ all lanes at once: what kernels mostly do

    /** An operand's bits in all lanes; only those of the given lanes mean anything. */
    private long[] gather(int place, Source source, int lanes) {
        long[] row = rows[place];
        switch (source) {
            case Source.Register(int index) ->
                System.arraycopy(at.frame().registers, index * Frame.LANES, row, 0, Frame.LANES);
            case Source.Constant(long bits) -> Arrays.fill(row, bits);
            default -> {
                for (int rest = lanes; rest != 0; rest &= rest - 1) {
                    int lane = Integer.numberOfTrailingZeros(rest);
                    row[lane] = values.of(source, at.warp(), at.frame(), lane);
                }
            }
        }
        return row;
    }

    private void scatter(int register, long[] row, int lanes) {
        if (register < 0) {
            return;
        }
        long[] registers = at.frame().registers;
        int base = register * Frame.LANES;
        if (lanes == -1) {
            System.arraycopy(row, 0, registers, base, Frame.LANES);
            return;
        }
        for (int rest = lanes; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            registers[base + lane] = row[lane];
        }
    }

    void compute(Op.Compute op, int lanes) {
        List<Source> sources = op.sources();
        int arity = sources.size();
        for (int i = 0; i < arity; i++) {
            gather(i, sources.get(i), lanes);
        }
        Meanings.Meaning meaning = Meanings.of(op.meaning(), op.ftz(), op.sat());
        for (int rest = lanes; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            long result = meaning.apply(rows[0][lane], rows[1][lane], rows[2][lane], rows[3][lane]);
            if (nans != null) {
                at.lane = lane;
                long[] operands = {rows[0][lane], rows[1][lane], rows[2][lane], rows[3][lane]};
                result = nans.trace(op, Arrays.copyOf(operands, arity), result, at);
            }
            results[lane] = result;
        }
        scatter(op.d(), results, lanes);
    }

    void copy(Op.Copy op, int lanes) {
        scatter(op.d(), gather(0, op.a(), lanes), lanes);
    }

    void select(Op.Select op, int lanes) {
        long[] a = gather(0, op.a(), lanes);
        long[] b = gather(1, op.b(), lanes);
        long[] p = gather(2, op.p(), lanes);
        for (int lane = 0; lane < Frame.LANES; lane++) {
            results[lane] = p[lane] != 0 ? a[lane] : b[lane];
        }
        scatter(op.d(), results, lanes);
    }

    void compare(Op.Compare op, int lanes) {
        Meanings.Meaning meaning = Meanings.of(op.comparison(), op.ftz(), false);
        long[] a = gather(0, op.a(), lanes);
        long[] b = gather(1, op.b(), lanes);
        long[] c = op.c() == null ? rows[2] : gather(2, op.c(), lanes);
        long[] negated = rows[3];
        for (int rest = lanes; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            boolean holds = meaning.apply(a[lane], b[lane], 0, 0) != 0;
            boolean d = combine(op.combine(), c[lane] != 0, holds);
            results[lane] = op.value() == null ? d ? 1 : 0 : d ? op.truth() & 0xFFFFFFFFL : 0;
            negated[lane] = combine(op.combine(), c[lane] != 0, !holds) ? 1 : 0;
        }
        scatter(op.d(), results, lanes);
        if (op.value() == null) {
            scatter(op.q(), negated, lanes);
        }
    }

    void convertAddress(Op.ConvertAddress op, int lanes) {
        long base = op.toGeneric() ? Windows.of(op.space(), host) : -Windows.of(op.space(), host);
        long[] address = gather(0, op.a(), lanes);
        for (int lane = 0; lane < Frame.LANES; lane++) {
            results[lane] = address[lane] + base;
        }
        scatter(op.d(), results, lanes);
    }

    // ------------------------------------------------------------------ lane by lane

    void pack(Op.Pack op) {
        int bits = op.partBits();
        long mask = bits == 64 ? -1 : (1L << bits) - 1;
        long packed = 0;
        for (int i = 0; i < op.parts().size(); i++) {
            packed |= (value(op.parts().get(i)) & mask) << i * bits;
        }
        set(op.d(), packed);
    }

    void unpack(Op.Unpack op) {
        int bits = op.partBits();
        long whole = value(op.a());
        long mask = bits == 64 ? -1 : (1L << bits) - 1;
        for (int i = 0; i < op.parts().size(); i++) {
            set(op.parts().get(i), whole >>> i * bits & mask);
        }
    }

    void compareHalves(Op.CompareHalves op) {
        Meanings.Meaning meaning = Meanings.of(op.comparison(), op.ftz(), false);
        long a = value(op.a());
        long b = value(op.b());
        boolean low = meaning.apply(a & 0xFFFF, b & 0xFFFF, 0, 0) != 0;
        boolean high = meaning.apply(a >>> 16 & 0xFFFF, b >>> 16 & 0xFFFF, 0, 0) != 0;
        low = combine(op.combine(), op.c(), low);
        high = combine(op.combine(), op.c(), high);
        if (op.truth() == 0) {
            set(op.d(), low ? 1 : 0);
            set(op.q(), high ? 1 : 0);
        } else {
            set(op.d(), (low ? op.truth() : 0) | (high ? (long) op.truth() << 16 : 0));
        }
    }

    private boolean combine(Op.Combine combine, @Nullable Source c, boolean holds) {
        return combine(combine, c != null && value(c) != 0, holds);
    }

    private static boolean combine(Op.Combine combine, boolean other, boolean holds) {
        return switch (combine) {
            case NONE -> holds;
            case AND -> holds & other;
            case OR -> holds | other;
            case XOR -> holds ^ other;
        };
    }

    void carry(Op.Carry op) {
        long[] v = new long[4];
        for (int i = 0; i < op.sources().size(); i++) {
            v[i] = value(op.sources().get(i));
        }
        long result = Meanings.of(op.value(), false, false).apply(v[0], v[1], v[2], v[3]);
        if (op.carry() != null) {
            set(op.flag(), Meanings.of(op.carry(), false, false).apply(v[0], v[1], v[2], v[3]));
        }
        set(op.d(), result);
    }

    void isSpace(Op.IsSpace op) {
        set(op.d(), AddressMap.windowOf(value(op.a())) == Windows.of(op.space(), host) ? 1 : 0);
    }
}
