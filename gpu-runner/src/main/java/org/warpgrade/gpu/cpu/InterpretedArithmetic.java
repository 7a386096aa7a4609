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
    /** Operands of the instruction at work: arrays, and where lane 0 is in each. */
    private final long[][] rows = new long[4][];

    private final int[] starts = new int[4];
    /** Operands that are no registers. */
    private final long[][] others = new long[4][Frame.LANES];

    private final long[] results = new long[Frame.LANES];

    private final PerInstruction<Meanings.Meaning> meanings =
            new PerInstruction<>(instruction -> switch (instruction.op()) {
                case Op.Compute op -> Meanings.of(op.meaning(), op.ftz(), op.sat());
                case Op.Compare op -> Meanings.of(op.comparison(), op.ftz(), false);
                default -> throw new IllegalStateException("computes nothing: " + instruction);
            });

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

    /** Makes a source the operand at a place; only the bits of the given lanes mean anything. */
    private void operand(int place, Source source, int lanes) {
        if (source instanceof Source.Register(int index)) {
            rows[place] = at.frame().registers;
            starts[place] = index * Frame.LANES;
        } else {
            values.row(source, at.warp(), at.frame(), lanes, others[place]);
            noOperand(place);
        }
    }

    private void noOperand(int place) {
        rows[place] = others[place];
        starts[place] = 0;
    }

    /** The bits of a lane's operand. */
    private long operand(int place, int lane) {
        return rows[place][starts[place] + lane];
    }

    private void operands(List<Source> sources, int lanes) {
        for (int i = 0; i < rows.length; i++) {
            if (i < sources.size()) {
                operand(i, sources.get(i), lanes);
            } else {
                noOperand(i);
            }
        }
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

    /** The meaning of the instruction at work, applied to the operands. */
    private void apply(int register, int lanes) {
        Frame frame = at.frame();
        boolean kept = register >= 0;
        meanings.at(frame.function, at.instructionIndex())
                .apply(rows, starts, kept ? frame.registers : results, kept ? register * Frame.LANES : 0, lanes);
    }

    void compute(Op.Compute op, int lanes) {
        operands(op.sources(), lanes);
        if (nans == null) {
            apply(op.d(), lanes);
            return;
        }
        apply(-1, lanes);
        for (int rest = lanes; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            at.lane = lane;
            long[] operands = {operand(0, lane), operand(1, lane), operand(2, lane), operand(3, lane)};
            results[lane] = nans.trace(op, Arrays.copyOf(operands, op.sources().size()), results[lane], at);
        }
        scatter(op.d(), results, lanes);
    }

    void copy(Op.Copy op, int lanes) {
        values.row(op.a(), at.warp(), at.frame(), lanes, results);
        scatter(op.d(), results, lanes);
    }

    void select(Op.Select op, int lanes) {
        operand(0, op.a(), lanes);
        operand(1, op.b(), lanes);
        operand(2, op.p(), lanes);
        for (int lane = 0; lane < Frame.LANES; lane++) {
            results[lane] = operand(2, lane) != 0 ? operand(0, lane) : operand(1, lane);
        }
        scatter(op.d(), results, lanes);
    }

    void compare(Op.Compare op, int lanes) {
        operand(0, op.a(), lanes);
        operand(1, op.b(), lanes);
        noOperand(2);
        noOperand(3);
        if (op.combine() == Op.Combine.NONE && op.value() == null && op.q() < 0) {
            apply(op.d(), lanes);
            return;
        }
        if (op.c() != null) {
            operand(2, op.c(), lanes);
        }
        long[] negated = others[3];
        apply(-1, lanes);
        for (int rest = lanes; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            boolean holds = results[lane] != 0;
            boolean other = op.c() != null && operand(2, lane) != 0;
            boolean d = combine(op.combine(), other, holds);
            results[lane] = op.value() == null ? d ? 1 : 0 : d ? op.truth() & 0xFFFFFFFFL : 0;
            negated[lane] = combine(op.combine(), other, !holds) ? 1 : 0;
        }
        scatter(op.d(), results, lanes);
        if (op.value() == null) {
            scatter(op.q(), negated, lanes);
        }
    }

    void convertAddress(Op.ConvertAddress op, int lanes) {
        long base = op.toGeneric() ? Windows.of(op.space(), host) : -Windows.of(op.space(), host);
        operand(0, op.a(), lanes);
        for (int lane = 0; lane < Frame.LANES; lane++) {
            results[lane] = operand(0, lane) + base;
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
