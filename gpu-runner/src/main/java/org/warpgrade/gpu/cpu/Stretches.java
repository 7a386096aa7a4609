package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.isa.PtxMath.MethodRef;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;
import org.warpgrade.gpu.ptx.typed.Source;
import org.warpgrade.gpu.ptx.typed.SpecialRegister;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

/** Finds the stretches of the functions that one interpreter runs, and makes their steps. Serves one thread. */
final class Stretches {

    /** Instructions below which preparing does not pay. */
    private static final int SHORTEST = 3;

    private static final int LONGEST = 256;
    private static final int OPERANDS = 4;

    private final LaneValues values;
    private final LaneAtWork at;
    private final InterpretedMemory memory;
    private final LaunchCount count;
    private final Map<TypedFunction, @Nullable Stretch[]> found = new IdentityHashMap<>();
    private final Map<TypedFunction, BitSet> leaders = new IdentityHashMap<>();
    private @Nullable TypedFunction last;
    private @Nullable Stretch[] ofLast = {};

    private final long[][] rows = new long[OPERANDS][];
    private final long[] scratch = new long[Frame.LANES];

    Stretches(LaneValues values, LaneAtWork at, InterpretedMemory memory, LaunchCount count) {
        this.values = values;
        this.at = at;
        this.memory = memory;
        this.count = count;
    }

    /** The stretch that begins at an instruction, {@link Stretch#NONE} if there is none. */
    Stretch at(TypedFunction function, int pc) {
        if (function != last) {
            ofLast = found.computeIfAbsent(function, f -> new Stretch[f.code().size()]);
            last = function;
        }
        Stretch known = ofLast[pc];
        if (known == null) {
            known = make(function, pc);
            ofLast[pc] = known;
        }
        return known;
    }

    private Stretch make(TypedFunction function, int begin) {
        BitSet begins = leaders.computeIfAbsent(function, Stretches::leadersOf);
        List<Instruction> code = function.code();
        List<Stretch.Step> steps = new ArrayList<>();
        Bases bases = new Bases();
        for (int pc = begin; pc < code.size() && steps.size() < LONGEST; pc++) {
            if (pc > begin && begins.get(pc) || code.get(pc).guard() >= 0) {
                break;
            }
            Stretch.Step step = step(function, pc, code.get(pc), bases);
            if (step == null) {
                break;
            }
            steps.add(step);
            bases.changed(code.get(pc));
        }
        if (steps.size() < SHORTEST) {
            return Stretch.NONE;
        }
        Stretch stretch = new Stretch(function, begin, steps.toArray(Stretch.Step[]::new));
        count.add(stretch);
        return stretch;
    }

    /** Where lanes may come from elsewhere. */
    private static BitSet leadersOf(TypedFunction function) {
        BitSet begins = new BitSet();
        for (int pc = 0; pc < function.code().size(); pc++) {
            Liveness.targets(function.code().get(pc)).forEach(begins::set);
        }
        return begins;
    }

    private Stretch.@Nullable Step step(TypedFunction function, int pc, Instruction instruction, Bases bases) {
        return switch (instruction.op()) {
            case Op.Compute op -> compute(op.meaning(), op.ftz(), op.sat(), op.sources(), op.d());
            case Op.Compare op
            when op.combine() == Op.Combine.NONE && op.value() == null && op.q() < 0 ->
                compute(op.comparison(), op.ftz(), false, List.of(op.a(), op.b()), op.d());
            case Op.Copy(int d, Source a) when isSteady(a) && d >= 0 -> copy(a, d);
            case Op.Select op
            when isSteady(op.a()) && isSteady(op.b()) && isSteady(op.p()) && op.d() >= 0 -> select(op);
            case Op.ConvertAddress op when isSteady(op.a()) && op.d() >= 0 -> convert(op);
            case Op.Load op when op.space() == Op.Space.PARAM_IN -> parameter(pc, function, op);
            case Op.Load op when isPlain(op.space(), op.order()) -> load(pc, function, op, bases);
            case Op.Store op when isPlain(op.space(), op.order()) -> store(pc, function, op, bases);
            default -> null;
        };
    }

    private static boolean isSteady(Source source) {
        return source instanceof Source.Register
                || source instanceof Source.Constant
                || source instanceof Source.Special(SpecialRegister which) && which.isSteady();
    }

    private static boolean isPlain(Op.Space space, Op.Order order) {
        return (space == Op.Space.GLOBAL || space == Op.Space.SHARED) && !order.isStrong();
    }

    // ------------------------------------------------------------------ arithmetic

    /** An operand: a row of the frame's registers, a row that stays as it is, or one that is asked for anew. */
    private record Operand(
            int start, long @Nullable [] row, @Nullable Source special) {

        static Operand of(Source source) {
            return switch (source) {
                case Source.Register(int index) -> new Operand(index * Frame.LANES, null, null);
                case Source.Constant(long bits) -> {
                    long[] row = new long[Frame.LANES];
                    Arrays.fill(row, bits);
                    yield new Operand(0, row, null);
                }
                default -> new Operand(0, new long[Frame.LANES], source);
            };
        }
    }

    private long[] row(Operand operand, Warp warp, Frame frame) {
        long[] row = operand.row;
        if (row == null) {
            return frame.registers;
        }
        if (operand.special != null) {
            values.row(operand.special, warp, frame, -1, row);
        }
        return row;
    }

    private Stretch.@Nullable Step compute(MethodRef method, boolean ftz, boolean sat, List<Source> sources, int d) {
        if (!sources.stream().allMatch(Stretches::isSteady) || sources.size() > OPERANDS || d < 0) {
            return null;
        }
        Meanings.Meaning meaning = Meanings.of(method, ftz, sat);
        Operand[] operands = new Operand[OPERANDS];
        int[] starts = new int[OPERANDS];
        for (int i = 0; i < OPERANDS; i++) {
            operands[i] = i < sources.size() ? Operand.of(sources.get(i)) : new Operand(0, scratch, null);
            starts[i] = operands[i].start;
        }
        int result = d * Frame.LANES;
        return (warp, group) -> {
            Frame frame = group.frame;
            for (int i = 0; i < OPERANDS; i++) {
                rows[i] = row(operands[i], warp, frame);
            }
            meaning.apply(rows, starts, frame.registers, result, -1);
        };
    }

    private Stretch.Step copy(Source source, int d) {
        Operand from = Operand.of(source);
        int result = d * Frame.LANES;
        return (warp, group) ->
                System.arraycopy(row(from, warp, group.frame), from.start, group.frame.registers, result, Frame.LANES);
    }

    private Stretch.Step select(Op.Select op) {
        Operand a = Operand.of(op.a());
        Operand b = Operand.of(op.b());
        Operand p = Operand.of(op.p());
        int result = op.d() * Frame.LANES;
        return (warp, group) -> {
            long[] registers = group.frame.registers;
            long[] chosen = row(a, warp, group.frame);
            long[] other = row(b, warp, group.frame);
            long[] decides = row(p, warp, group.frame);
            for (int lane = 0; lane < Frame.LANES; lane++) {
                registers[result + lane] =
                        decides[p.start + lane] != 0 ? chosen[a.start + lane] : other[b.start + lane];
            }
        };
    }

    private Stretch.Step convert(Op.ConvertAddress op) {
        long base = op.toGeneric() ? Windows.of(op.space(), false) : -Windows.of(op.space(), false);
        Operand from = Operand.of(op.a());
        int result = op.d() * Frame.LANES;
        return (warp, group) -> {
            long[] registers = group.frame.registers;
            long[] row = row(from, warp, group.frame);
            for (int lane = 0; lane < Frame.LANES; lane++) {
                registers[result + lane] = row[from.start + lane] + base;
            }
        };
    }

    // ------------------------------------------------------------------ memory

    /** A parameter of the kernel: the same for all lanes. */
    private Stretch.@Nullable Step parameter(int pc, TypedFunction function, Op.Load op) {
        int size = op.type().bytes();
        if (!(op.base() instanceof Source.Constant(long begin))
                || op.d().size() != 1
                || op.d().getFirst() < 0) {
            return null;
        }
        long offset = begin + op.offset();
        int register = op.d().getFirst();
        boolean wide = function.registers().get(register) == RegisterKind.LONG;
        return (warp, group) -> {
            Frame frame = group.frame;
            if (frame.inStride != 0 || offset < 0 || offset > frame.in.length - size) {
                group.pc = pc;
                at.at(warp, group);
                lanes(() -> memory.load(op));
                return;
            }
            long bits = Bytes.get(frame.in, (int) offset, size);
            long value = InterpretedMemory.extended(bits, op.type(), wide);
            Arrays.fill(frame.registers, register * Frame.LANES, (register + 1) * Frame.LANES, value);
        };
    }

    /** Does something for each lane. */
    private void lanes(Runnable ofLane) {
        for (int lane = 0; lane < Frame.LANES; lane++) {
            at.lane = lane;
            ofLane.run();
        }
    }

    private Stretch.Step load(int pc, TypedFunction function, Op.Load op, Bases bases) {
        int bytes = op.type().bytes() * op.d().size();
        LaunchCount.Access access = count.access(
                function, pc, op.space(), true, bytes, bases.like(op.space(), op.base(), op.offset(), bytes));
        SharedSpan span = bases.span(op.space(), op.base());
        bases.used(op.space(), op.base(), op.offset(), bytes, access);
        Stretch.Step usual = (warp, group) -> {
            group.pc = pc;
            at.at(warp, group);
            count.counts(access, memory.addresses(op.space(), op.base(), op.offset(), -1));
            if (!memory.loadWarp(op)) {
                lanes(() -> memory.load(op));
            }
        };
        boolean isWord = op.type().bytes() == Integer.BYTES
                && op.d().size() == 1
                && op.d().getFirst() >= 0;
        if (span == null || !isWord || op.type().isSigned()) {
            return usual;
        }
        return sharedWord(op, access, span, usual);
    }

    /** A load of a word of shared memory: where its lanes' places are is known from the first access off the same register. */
    private Stretch.Step sharedWord(Op.Load op, LaunchCount.Access access, SharedSpan span, Stretch.Step otherwise) {
        boolean first = span.isNew();
        int base = ((Source.Register) op.base()).index() * Frame.LANES;
        int result = op.d().getFirst() * Frame.LANES;
        int offset = (int) op.offset();
        return (warp, group) -> {
            long[] registers = group.frame.registers;
            byte[] data = warp.block.shared;
            if (first) {
                span.look(registers, base);
            }
            if (memory.isHost() || !span.holds(op.offset(), Integer.BYTES, data.length)) {
                otherwise.run(warp, group);
                return;
            }
            if (access.isLikeAnother()) {
                count.countsAlike(access);
            } else {
                at.at(warp, group);
                count.counts(access, memory.addresses(op.space(), op.base(), op.offset(), -1));
            }
            for (int lane = 0; lane < Frame.LANES; lane++) {
                int place = (int) registers[base + lane] + offset;
                registers[result + lane] = Bytes.getInt(data, place) & 0xFFFFFFFFL;
            }
        };
    }

    private Stretch.Step store(int pc, TypedFunction function, Op.Store op, Bases bases) {
        int bytes = op.type().bytes() * op.values().size();
        LaunchCount.Access access = count.access(
                function, pc, op.space(), false, bytes, bases.like(op.space(), op.base(), op.offset(), bytes));
        bases.used(op.space(), op.base(), op.offset(), bytes, access);
        return (warp, group) -> {
            group.pc = pc;
            at.at(warp, group);
            count.counts(access, memory.addresses(op.space(), op.base(), op.offset(), -1));
            if (!memory.storeWarp(op)) {
                lanes(() -> memory.store(op));
            }
        };
    }

    /** Shared accesses of a stretch by the register that they go out from, as long as it holds the same. */
    private static final class Bases {

        private record Known(long offset, int bytes, LaunchCount.Access access) {}

        private final Map<Integer, Known> known = new HashMap<>();
        private final Map<Integer, SharedSpan> spans = new HashMap<>();

        /** Where accesses through an address of shared memory are; null if it is no register. */
        @Nullable
        SharedSpan span(Op.Space space, Source base) {
            return space == Op.Space.SHARED && base instanceof Source.Register(int register)
                    ? spans.computeIfAbsent(register, _ -> new SharedSpan())
                    : null;
        }

        /** An access before whose banks are those of this one, all moved alike; null if there is none. */
        LaunchCount.@Nullable Access like(Op.Space space, Source base, long offset, int bytes) {
            Known before = space == Op.Space.SHARED && base instanceof Source.Register(int register)
                    ? known.get(register)
                    : null;
            return before != null && before.bytes == bytes && (before.offset - offset) % Integer.BYTES == 0
                    ? before.access
                    : null;
        }

        void used(Op.Space space, Source base, long offset, int bytes, LaunchCount.Access access) {
            if (space == Op.Space.SHARED && base instanceof Source.Register(int register)) {
                known.put(register, new Known(offset, bytes, access));
            }
        }

        void changed(Instruction instruction) {
            DataFlow.defines(instruction, register -> {
                known.remove(register);
                spans.remove(register);
            });
        }
    }
}
