package org.warpgrade.gpu.ptx.typed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.PtxType;

/**
 * Keeps the arguments and results of functions that became part of their callers in registers instead of memory, where
 * caller and callee access each in one way only.
 */
final class ArgumentRegisters {

    private static final int UNKNOWN = 0;
    private static final int MEMORY = -1;

    private final List<Instruction> code;
    private final List<RegisterKind> registers;
    /** For each byte of the area how it is accessed: the offset of its access plus one, or {@link #MEMORY}. */
    private final int[] accessOf;
    /** The kind of each access that begins at a byte. */
    private final @Nullable RegisterKind[] kinds;

    private final Map<Integer, Integer> registerAt = new HashMap<>();

    ArgumentRegisters(
            List<Instruction> code, List<RegisterKind> registers, int area, Map<String, LinkedKernel.Body> bodies) {
        this.code = code;
        this.registers = registers;
        this.accessOf = new int[area];
        this.kinds = new RegisterKind[area];
        bodies.values().forEach(body -> stayInMemory(body.parameters(), body.result()));
    }

    private void stayInMemory(Collection<Op.Slot> slots, Op.@Nullable Slot result) {
        Stream.concat(slots.stream(), Stream.ofNullable(result)).forEach(slot -> spoil(slot.offset(), slot.bytes()));
    }

    private void spoil(int from, int bytes) {
        for (int at = Math.max(0, from); at < Math.min(accessOf.length, from + bytes); at++) {
            int before = accessOf[at];
            accessOf[at] = MEMORY;
            if (before > UNKNOWN) {
                RegisterKind kind = kinds[before - 1];
                spoil(before - 1, kind.isWide() ? 8 : 4);
            }
        }
    }

    /** The code with such loads and stores replaced by copies; the registers are added to the list. */
    List<Instruction> replaced() {
        for (Instruction instruction : code) {
            switch (instruction.op()) {
                case Op.Load load
                when load.space() == Op.Space.PARAM_OUT ->
                    note(
                            load.base(),
                            load.offset(),
                            load.type().bytes(),
                            load.d().size(),
                            kindOf(load));
                case Op.Store store
                when store.space() == Op.Space.PARAM_OUT ->
                    note(
                            store.base(),
                            store.offset(),
                            store.type().bytes(),
                            store.values().size(),
                            kindOf(store));
                case Op.Call call -> stayInMemory(call.arguments(), call.result());
                default -> {}
            }
        }
        List<Instruction> replaced = new ArrayList<>(code.size());
        for (Instruction instruction : code) {
            replaced.add(new Instruction(
                    replaced(instruction.op()), instruction.guard(), instruction.guardNegated(), instruction.at()));
        }
        return replaced;
    }

    private @Nullable RegisterKind kindOf(Op.Load load) {
        int d = load.d().getFirst();
        if (d < 0) {
            return null;
        }
        return load.type().isSigned() ? registers.get(d) : narrow(registers.get(d), load.type());
    }

    /** A copy between a word and a double word extends by zeros, or cuts, as such a load or store does. */
    private static RegisterKind narrow(RegisterKind kind, PtxType type) {
        return kind == RegisterKind.LONG && type.bytes() == 4 ? RegisterKind.INT : kind;
    }

    private @Nullable RegisterKind kindOf(Op.Store store) {
        return switch (store.values().getFirst()) {
            case Source.Register(int index) -> narrow(registers.get(index), store.type());
            case Source.Constant _ ->
                switch (store.type()) {
                    case F32 -> RegisterKind.FLOAT;
                    case F64 -> RegisterKind.DOUBLE;
                    default -> store.type().bytes() == 8 ? RegisterKind.LONG : RegisterKind.INT;
                };
            default -> null;
        };
    }

    private void note(Source base, long offset, int bytes, int elements, @Nullable RegisterKind kind) {
        if (!(base instanceof Source.Constant(long constant))) {
            spoil(0, accessOf.length);
            return;
        }
        int from = (int) (constant + offset);
        if (from < 0 || from + bytes * elements > accessOf.length) {
            throw new UnsupportedPtxException("an argument outside of its parameter", null);
        }
        if (elements > 1 || kind == null || bytes != bytesOf(kind)) {
            spoil(from, bytes * elements);
            return;
        }
        for (int at = from; at < from + bytes; at++) {
            if (accessOf[at] != UNKNOWN && accessOf[at] != from + 1) {
                spoil(from, bytes);
                return;
            }
        }
        if (accessOf[from] != UNKNOWN && bytesOf(java.util.Objects.requireNonNull(kinds[from])) != bytes) {
            spoil(from, 8);
            return;
        }
        java.util.Arrays.fill(accessOf, from, from + bytes, from + 1);
        RegisterKind before = kinds[from];
        kinds[from] = before == null || before == kind ? kind : integer(kind);
    }

    /** What is a float here and bits there is bits. */
    private static RegisterKind integer(RegisterKind kind) {
        return bytesOf(kind) == 8 ? RegisterKind.LONG : RegisterKind.INT;
    }

    private static int bytesOf(RegisterKind kind) {
        return switch (kind) {
            case BOOLEAN -> 1;
            case INT, FLOAT -> 4;
            case LONG, DOUBLE -> 8;
        };
    }

    private Op replaced(Op op) {
        return switch (op) {
            case Op.Load load
            when load.space() == Op.Space.PARAM_OUT -> {
                int register = registerOf(load.base(), load.offset());
                yield register < 0 ? op : new Op.Copy(load.d().getFirst(), new Source.Register(register));
            }
            case Op.Store store
            when store.space() == Op.Space.PARAM_OUT -> {
                int register = registerOf(store.base(), store.offset());
                yield register < 0 ? op : new Op.Copy(register, store.values().getFirst());
            }
            default -> op;
        };
    }

    private int registerOf(Source base, long offset) {
        if (!(base instanceof Source.Constant(long constant))) {
            return -1;
        }
        int from = (int) (constant + offset);
        if (accessOf[from] != from + 1) {
            return -1;
        }
        return registerAt.computeIfAbsent(from, at -> {
            registers.add(java.util.Objects.requireNonNull(kinds[at]));
            return registers.size() - 1;
        });
    }
}
