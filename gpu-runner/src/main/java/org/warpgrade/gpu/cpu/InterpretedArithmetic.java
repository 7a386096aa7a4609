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

    void compute(Op.Compute op) {
        List<Source> sources = op.sources();
        int arity = sources.size();
        long a = value(sources.get(0));
        long b = arity > 1 ? value(sources.get(1)) : 0;
        long c = arity > 2 ? value(sources.get(2)) : 0;
        long d = arity > 3 ? value(sources.get(3)) : 0;
        long result = Meanings.of(op.meaning(), op.ftz(), op.sat()).apply(a, b, c, d);
        if (nans != null) {
            result = nans.trace(op, Arrays.copyOf(new long[] {a, b, c, d}, arity), result, at);
        }
        set(op.d(), result);
    }

    void copy(Op.Copy op) {
        set(op.d(), value(op.a()));
    }

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

    void select(Op.Select op) {
        set(op.d(), value(value(op.p()) != 0 ? op.a() : op.b()));
    }

    void compare(Op.Compare op) {
        Meanings.Meaning meaning = Meanings.of(op.comparison(), op.ftz(), false);
        long holds = meaning.apply(value(op.a()), value(op.b()), 0, 0);
        boolean d = combine(op, holds != 0);
        if (op.value() == null) {
            boolean q = combine(op, holds == 0);
            set(op.d(), d ? 1 : 0);
            set(op.q(), q ? 1 : 0);
        } else {
            set(op.d(), d ? op.truth() & 0xFFFFFFFFL : 0);
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

    private boolean combine(Op.Compare op, boolean holds) {
        return combine(op.combine(), op.c(), holds);
    }

    private boolean combine(Op.Combine combine, @Nullable Source c, boolean holds) {
        boolean other = c != null && value(c) != 0;
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

    void convertAddress(Op.ConvertAddress op) {
        long base = Windows.of(op.space(), host);
        long address = value(op.a());
        set(op.d(), op.toGeneric() ? address + base : address - base);
    }
}
