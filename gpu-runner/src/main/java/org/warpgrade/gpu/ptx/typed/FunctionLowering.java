package org.warpgrade.gpu.ptx.typed;

import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.ptx.Operand;
import org.warpgrade.gpu.ptx.PtxFunction;
import org.warpgrade.gpu.ptx.PtxFunction.RegisterBank;
import org.warpgrade.gpu.ptx.PtxInstruction;
import org.warpgrade.gpu.ptx.PtxType;
import org.warpgrade.gpu.ptx.PtxVariable;
import org.warpgrade.gpu.ptx.StateSpace;

/**
 * Turns one parsed function into typed code: names to numbers here, instructions to operations in {@link
 * InstructionTable}.
 */
final class FunctionLowering {

    /** A variable's place: the space, and its offset or address there. */
    record Place(Op.Space space, long offset) {}

    private final ModuleLayout layout;
    private final PtxFunction function;
    private final SharedLayout shared;
    private final Map<String, Integer> registers = new HashMap<>();
    private final List<RegisterKind> kinds = new ArrayList<>();
    private final Map<String, Place> places = new HashMap<>();
    private final List<Op.Slot> parameterSlots = new ArrayList<>();
    private int parameterBytes;
    private int outgoingBytes;
    private int returnBytes;
    private int localBytes;
    private int carryFlag = -1;

    /** Beyond what any device gives to a thread or block; whoever launches it looks. */
    private static final int MOST_BYTES = 1 << 30;

    /** What the parameters of all calls in a function may take together, as much as a thread has of local memory. */
    private static final int MOST_PARAMETER_BYTES = 256 << 10;

    FunctionLowering(ModuleLayout layout, PtxFunction function, SharedLayout shared) {
        this.layout = layout;
        this.function = function;
        this.shared = shared;
    }

    TypedFunction lower() {
        declareRegisters();
        placeVariables();
        List<Instruction> code = new ArrayList<>(function.instructions().size() + 1);
        InstructionTable table = new InstructionTable(this);
        for (PtxInstruction written : function.instructions()) {
            code.add(lowered(written, table));
        }
        SourceLocation last = code.isEmpty() ? function.at() : code.getLast().at();
        code.add(new Instruction(new Op.Return(), -1, false, last));
        return new TypedFunction(
                function.name(),
                function.kernel(),
                new ConstantRegisters(code, kinds.size()).propagate(),
                List.copyOf(kinds),
                List.copyOf(parameterSlots),
                parameterBytes,
                outgoingBytes,
                returnBytes,
                localBytes,
                shared.staticBytes(),
                shared.dynamic(),
                function.maxThreads(),
                function.at());
    }

    /** What the table has no words for is an instruction with other operands than it can have: text of an asm statement. */
    private Instruction lowered(PtxInstruction written, InstructionTable table) {
        try {
            int guard = written.guard() == null ? -1 : register(written.guard(), written);
            Op op = table.lower(written);
            if (isMisfit(op) || guard >= 0 && !isPredicate(guard)) {
                throw misused(written);
            }
            return new Instruction(op, guard, written.guardNegated(), written.at());
        } catch (IndexOutOfBoundsException
                | IllegalArgumentException
                | IllegalStateException
                | ClassCastException
                | NoSuchElementException e) {
            throw misused(written);
        }
    }

    /**
     * Whether a register would have to hold more than its bits or something else than it is for, a predicate is a number or
     * the other way round, or a register of floating-point numbers is loaded or stored as signed or unsigned integers
     * (PTX ISA 9.4, Type Checking of Operands).
     */
    private boolean isMisfit(Op op) {
        return switch (op) {
            case Op.Load load -> load.d().stream().anyMatch(d -> isMisfit(load.type(), d));
            case Op.Store store ->
                store.values().stream()
                        .anyMatch(value ->
                                value instanceof Source.Register(int register) && isMisfit(store.type(), register));
            case Op.Copy(int d, Source.Register(int a)) ->
                isNarrow(d) != isNarrow(a) || isPredicate(d) != isPredicate(a);
            case Op.Atomic atomic -> atomic.type().bytes() == Long.BYTES && isNarrow(atomic.d());
            case Op.Compute compute ->
                isMisfit(compute.meaning().type(), compute.sources())
                        || isMisfit(compute.meaning().type().returnType(), compute.d());
            case Op.Compare compare ->
                isMisfit(compare.comparison().type(), List.of(compare.a(), compare.b()))
                        || isMisfit(compare.value() == null ? boolean.class : int.class, compare.d())
                        || isMisfit(boolean.class, compare.q())
                        || isMisfit(boolean.class, compare.c());
            case Op.CompareHalves compare -> isMisfit(boolean.class, compare.c());
            case Op.Select select ->
                isMisfit(boolean.class, select.p())
                        || isPredicate(select.a())
                        || isPredicate(select.b())
                        || isOtherWidth(select.d(), select.a())
                        || isOtherWidth(select.d(), select.b());
            case Op.Vote vote ->
                isMisfit(boolean.class, vote.predicate())
                        || isMisfit(vote.mode() == Op.VoteMode.BALLOT ? int.class : boolean.class, vote.d());
            case Op.Barrier barrier ->
                isMisfit(boolean.class, barrier.predicate())
                        || isMisfit(barrier.mode() == Op.BarrierMode.RED_POPC ? int.class : boolean.class, barrier.d());
            case Op.Shuffle shuffle -> isMisfit(int.class, shuffle.d()) || isMisfit(boolean.class, shuffle.p());
            case Op.Match match -> isMisfit(int.class, match.d()) || isMisfit(boolean.class, match.p());
            case Op.Elect elect -> isMisfit(int.class, elect.d()) || isMisfit(boolean.class, elect.p());
            case Op.Reduce reduce -> isMisfit(int.class, reduce.d()) || isMisfit(int.class, reduce.a());
            case Op.ActiveMask active -> isMisfit(int.class, active.d());
            case Op.IsSpace space -> isMisfit(boolean.class, space.d());
            default -> false;
        };
    }

    private boolean isMisfit(PtxType type, int register) {
        boolean floating = register >= 0
                && (kinds.get(register) == RegisterKind.FLOAT || kinds.get(register) == RegisterKind.DOUBLE);
        return type.bytes() == Long.BYTES && isNarrow(register) || floating && type.isInteger() && !type.isUntyped();
    }

    private boolean isMisfit(MethodType helper, List<Source> sources) {
        for (int i = 0; i < helper.parameterCount(); i++) {
            if (isMisfit(helper.parameterType(i), sources.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether an operand is a register that has not all bits of a helper's parameter, or a predicate where that is none. */
    private boolean isMisfit(Class<?> type, @Nullable Source source) {
        return switch (source) {
            case Source.Register(int register) -> isMisfit(type, register);
            case Source.Complement(Source inner) -> type != boolean.class || isMisfit(type, inner);
            case null, default -> false;
        };
    }

    private boolean isMisfit(Class<?> type, int register) {
        RegisterKind kind = RegisterKind.of(type);
        return register >= 0
                && (kind.isWide() && isNarrow(register) || (kind == RegisterKind.BOOLEAN) != isPredicate(register));
    }

    private boolean isOtherWidth(int register, Source source) {
        return register >= 0 && source instanceof Source.Register(int other) && isNarrow(register) != isNarrow(other);
    }

    private boolean isPredicate(Source source) {
        return source instanceof Source.Register(int register) && isPredicate(register);
    }

    private boolean isPredicate(int register) {
        return kinds.get(register) == RegisterKind.BOOLEAN;
    }

    private boolean isNarrow(Source source) {
        return source instanceof Source.Register(int register) && isNarrow(register);
    }

    private boolean isNarrow(int register) {
        return register >= 0 && !kinds.get(register).isWide();
    }

    static UnsupportedPtxException misused(PtxInstruction written) {
        return new UnsupportedPtxException(
                "the PTX instruction " + written.opcode() + " cannot have these operands", written.at());
    }

    private void declareRegisters() {
        for (RegisterBank bank : function.registers()) {
            RegisterKind kind = RegisterKind.of(bank.type());
            if (bank.count() < 0) {
                declare(bank.prefix(), kind);
            } else {
                for (int i = 0; i < bank.count(); i++) {
                    declare(bank.prefix() + i, kind);
                }
            }
        }
    }

    private int declare(String name, RegisterKind kind) {
        registers.put(name, kinds.size());
        kinds.add(kind);
        return kinds.size() - 1;
    }

    private void placeVariables() {
        int in = 0;
        for (PtxVariable parameter : function.parameters()) {
            in = align(in, parameter.align());
            places.put(parameter.name(), new Place(Op.Space.PARAM_IN, in));
            parameterSlots.add(new Op.Slot(in, after(0, parameter)));
            in = after(in, parameter);
        }
        parameterBytes = in;
        for (PtxVariable result : function.returns()) {
            places.put(result.name(), new Place(Op.Space.PARAM_RETURN, 0));
            returnBytes = after(0, result);
        }
        for (PtxVariable variable : function.variables()) {
            switch (variable.space()) {
                case LOCAL -> {
                    localBytes = align(localBytes, variable.align());
                    places.put(variable.name(), new Place(Op.Space.LOCAL, localBytes));
                    localBytes = after(localBytes, variable);
                }
                case PARAM -> {
                    outgoingBytes = align(outgoingBytes, Math.max(variable.align(), 8));
                    places.put(variable.name(), new Place(Op.Space.PARAM_OUT, outgoingBytes));
                    outgoingBytes = after(outgoingBytes, variable);
                }
                case SHARED, GLOBAL, CONST, GENERIC -> {}
            }
        }
        localBytes = align(localBytes, 16);
        int most = Math.max(Math.max(parameterBytes, returnBytes), outgoingBytes);
        if (most > MOST_PARAMETER_BYTES) {
            throw new UnsupportedPtxException(
                    "the parameters in " + function.name() + " take " + most + " bytes or more; at most "
                            + MOST_PARAMETER_BYTES + " are given",
                    function.at());
        }
    }

    /** Where what follows a variable may begin; no variable is so large that this overflows. */
    static int after(int offset, PtxVariable variable) {
        return (int) Math.min(MOST_BYTES, offset + Math.min(MOST_BYTES, variable.bytes()));
    }

    /** The next place with that alignment, a power of two; as far away as {@link #after} goes at most. */
    static int align(int offset, int alignment) {
        return (int) Math.min(MOST_BYTES, (long) offset + alignment - 1 & -(long) alignment);
    }

    // ------------------------------------------------------------------ what the instruction table asks

    int register(String name, PtxInstruction in) {
        Integer index = registers.get(name);
        if (index == null) {
            throw new UnsupportedPtxException("unknown register " + name + " in " + in, in.at());
        }
        return index;
    }

    /** A destination: a register index, or -1 for {@code _}. */
    int destination(Operand operand, PtxInstruction in) {
        return switch (operand) {
            case Operand.Name(String name) -> register(name, in);
            case Operand.Sink _ -> -1;
            default -> throw new UnsupportedPtxException("destination of " + in, in.at());
        };
    }

    RegisterKind kind(int register) {
        return kinds.get(register);
    }

    int carryFlag() {
        if (carryFlag < 0) {
            carryFlag = declare("%cc", RegisterKind.INT);
        }
        return carryFlag;
    }

    Source source(Operand operand, PtxInstruction in) {
        return switch (operand) {
            case Operand.Int(long value) -> new Source.Constant(value);
            case Operand.FloatBits(int bits) -> new Source.Constant(bits & 0xFFFFFFFFL);
            case Operand.DoubleBits(long bits) -> new Source.Constant(bits);
            case Operand.Not(Operand inner) -> new Source.Complement(source(inner, in));
            case Operand.Name(String name) -> named(name, 0, in);
            case Operand.NamePlus(String name, long offset) -> named(name, offset, in);
            default -> throw new UnsupportedPtxException("operand " + operand + " of " + in, in.at());
        };
    }

    private Source named(String name, long offset, PtxInstruction in) {
        Integer register = registers.get(name);
        if (register != null) {
            return new Source.Register(register);
        }
        if (name.startsWith("%")) {
            SpecialRegister special = SpecialRegister.of(name);
            if (special != null) {
                return new Source.Special(special);
            }
            throw new UnsupportedPtxException("special register " + name + " is not supported", in.at());
        }
        if (name.equals("WARP_SZ")) {
            return new Source.Constant(32);
        }
        Place place = place(name, in);
        return switch (place.space()) {
            case LOCAL -> new Source.LocalAddress(place.offset() + offset);
            default -> new Source.Constant(place.offset() + offset);
        };
    }

    /** Where a variable lies; offsets in windows for all spaces but global and const, which are generic addresses. */
    Place place(String name, PtxInstruction in) {
        Place place = places.get(name);
        if (place != null) {
            return place;
        }
        Long address = layout.address(name);
        if (address != null) {
            return new Place(Op.Space.GLOBAL, address);
        }
        Integer offset = shared.offset(name);
        if (offset != null) {
            return new Place(Op.Space.SHARED, offset);
        }
        throw new UnsupportedPtxException("unknown symbol " + name + " in " + in, in.at());
    }

    @Nullable
    Place placeOrNull(String name) {
        return places.get(name);
    }

    boolean isRegister(String name) {
        return registers.containsKey(name);
    }

    @Nullable
    Integer label(String name) {
        return function.labels().get(name);
    }

    List<Integer> branchTargets(String name, PtxInstruction in) {
        List<String> names = function.branchTargets().get(name);
        if (names == null) {
            throw new UnsupportedPtxException("unknown branch targets " + name, in.at());
        }
        List<Integer> targets = new ArrayList<>();
        for (String target : names) {
            Integer pc = function.labels().get(target);
            if (pc == null) {
                throw new UnsupportedPtxException(
                        "unknown label " + target + " among the branch targets " + name, in.at());
            }
            targets.add(pc);
        }
        return targets;
    }

    Op.@Nullable Slot outgoingSlot(String name) {
        for (PtxVariable variable : function.variables()) {
            if (variable.name().equals(name) && variable.space() == StateSpace.PARAM) {
                return new Op.Slot((int) places.get(name).offset(), after(0, variable));
            }
        }
        return null;
    }

    boolean isFunction(String name) {
        return layout.module().functions().containsKey(name);
    }
}
