package org.warpgrade.gpu.ptx.typed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.PtxFunction;
import org.warpgrade.gpu.ptx.typed.LinkedKernel.Body;
import org.warpgrade.gpu.ptx.typed.LinkedKernel.Site;

/**
 * Puts a kernel and the functions that it calls together. Functions become part of their callers, registers and areas
 * renamed; those that call themselves, are called through pointers, or are too large for that stay functions behind the
 * kernel's code. Lines and the number of instructions that a thread executes stay what they were.
 */
public final class CallLinker {

    /** Instructions of a function that may become part of its callers. */
    private static final int MOST_INLINED = 600;

    /** Instructions that all of them may add. */
    private static final int MOST_ADDED = 6000;

    /** Functions within functions. */
    private static final int DEEPEST = 16;

    /** Lines of a class file have 16 bits, and each instruction is one. */
    private static final int MOST_INSTRUCTIONS = 60_000;

    private static final int ALIGNMENT = 16;

    private final TypedModule module;
    private final TypedFunction kernel;
    private final int mostLocalBytes;
    private final List<Instruction> code = new ArrayList<>();
    private final List<RegisterKind> registers = new ArrayList<>();
    private final Map<String, Body> bodies = new LinkedHashMap<>();
    private final Deque<String> wanted = new ArrayDeque<>();
    private final Map<Integer, Site> sites = new HashMap<>();
    private int area;
    private int added;

    /**
     * A function as it is being appended.
     *
     * @param registerBase what its registers are moved by
     * @param localBase what its local variables are moved by
     * @param areaBase what its outgoing area is moved by
     * @param parameters where its parameters lie in the outgoing area of all; null for the kernel
     * @param result where its result goes; null for the kernel
     * @param inlined whether it is part of its caller, so that its end is not a return
     * @param around the functions that it is part of, and itself
     */
    private record Part(
            TypedFunction function,
            int registerBase,
            int localBase,
            int areaBase,
            @Nullable List<Op.Slot> parameters,
            Op.@Nullable Slot result,
            boolean inlined,
            List<String> around) {

        int frameEnd() {
            return localBase + function.localBytes();
        }
    }

    private CallLinker(TypedModule module, TypedFunction kernel, int mostLocalBytes) {
        this.module = module;
        this.kernel = kernel;
        this.mostLocalBytes = mostLocalBytes;
    }

    /**
     * @param mostLocalBytes local memory that a thread may have: a call that needs more stays a call and is found out
     * @throws UnsupportedPtxException if a function holds what is not known, or there is more code than a class can have
     */
    public static LinkedKernel link(TypedModule module, TypedFunction kernel, int mostLocalBytes) {
        return new CallLinker(module, kernel, mostLocalBytes).link();
    }

    private LinkedKernel link() {
        int localBytes = append(part(kernel, 0, null, null, false, List.of(kernel.name())));
        while (!wanted.isEmpty()) {
            String name = wanted.remove();
            if (!bodies.containsKey(name)) {
                bodies.put(name, body(name));
            }
        }
        if (code.size() > MOST_INSTRUCTIONS) {
            throw new UnsupportedPtxException("more than " + MOST_INSTRUCTIONS + " instructions", kernel.at());
        }
        TreeMap<Integer, Body> byEntry = new TreeMap<>();
        bodies.values().forEach(body -> byEntry.put(body.entry(), body));
        List<Instruction> linked = new ArgumentRegisters(code, registers, area, bodies).replaced();
        return new LinkedKernel(
                new TypedFunction(
                        kernel.name(),
                        true,
                        new ConstantRegisters(linked, registers.size()).propagate(),
                        List.copyOf(registers),
                        kernel.parameters(),
                        kernel.parameterBytes(),
                        area,
                        0,
                        localBytes,
                        kernel.sharedBytes(),
                        kernel.dynamicShared(),
                        kernel.maxThreads(),
                        kernel.at()),
                Map.copyOf(bodies),
                byEntry,
                Map.copyOf(sites));
    }

    private Body body(String name) {
        TypedFunction function = function(name);
        int areaFrom = area;
        List<Op.Slot> parameters = new ArrayList<>();
        for (Op.Slot parameter : function.parameters()) {
            parameters.add(new Op.Slot(areaFrom + parameter.offset(), parameter.bytes()));
        }
        reserve(function.parameterBytes());
        Op.Slot result = reserve(function.returnBytes());
        int entry = code.size();
        code.add(new Instruction(new Op.Enter(0, function.localBytes()), -1, false, function.at()));
        int localBytes = append(part(function, 0, parameters, result, false, List.of(name)));
        return new Body(name, entry, code.size(), parameters, result, areaFrom, area, localBytes);
    }

    private TypedFunction function(String name) {
        TypedFunction function = module.function(kernel.name(), name);
        if (function == null) {
            throw new IllegalStateException("function " + name + " has vanished");
        }
        return function;
    }

    private Part part(
            TypedFunction function,
            int localBase,
            @Nullable List<Op.Slot> parameters,
            Op.@Nullable Slot result,
            boolean inlined,
            List<String> around) {
        int registerBase = registers.size();
        registers.addAll(function.registers());
        int areaBase = reserve(function.outgoingBytes()).offset();
        return new Part(function, registerBase, localBase, areaBase, parameters, result, inlined, around);
    }

    private Op.Slot reserve(int bytes) {
        Op.Slot slot = new Op.Slot(area, bytes);
        area = FunctionLowering.align(area + bytes, ALIGNMENT);
        return slot;
    }

    // ------------------------------------------------------------------ code

    /** Appends a function's code; gives the local bytes that it needs with what becomes part of it. */
    private int append(Part part) {
        List<Instruction> own = part.function().code();
        int[] moved = new int[own.size() + 1];
        List<Integer> jumps = new ArrayList<>();
        int localBytes = part.frameEnd();
        for (int pc = 0; pc < own.size(); pc++) {
            moved[pc] = code.size();
            Instruction instruction = own.get(pc);
            if (instruction.op() instanceof Op.Call call && call.name() != null && becomesPart(part, call.name())) {
                localBytes = Math.max(localBytes, appendCallee(part, instruction, call));
                continue;
            }
            switch (instruction.op()) {
                case Op.Branch _, Op.BranchTable _ -> jumps.add(code.size());
                case Op.Return _ when part.inlined() -> jumps.add(code.size());
                case Op.Call call -> {
                    sites.put(
                            code.size(), new Site(part.frameEnd(), part.around().size() - 1));
                    want(call);
                }
                default -> {}
            }
            code.add(moved(part, instruction));
        }
        moved[own.size()] = code.size();
        for (int at : jumps) {
            Instruction jump = code.get(at);
            Op op = switch (jump.op()) {
                case Op.Branch(int target) -> new Op.Branch(moved[target]);
                case Op.BranchTable(Source index, List<Integer> targets) ->
                    new Op.BranchTable(
                            index, targets.stream().map(target -> moved[target]).toList());
                default -> new Op.Branch(moved[own.size()]);
            };
            code.set(at, new Instruction(op, jump.guard(), jump.guardNegated(), jump.at()));
        }
        return localBytes;
    }

    private boolean becomesPart(Part caller, String name) {
        TypedFunction callee = module.function(kernel.name(), name);
        if (callee == null
                || callee.kernel()
                || caller.around().contains(name)
                || caller.around().size() > DEEPEST
                || callee.code().size() > MOST_INLINED
                || added + callee.code().size() > MOST_ADDED
                || caller.frameEnd() + callee.localBytes() > mostLocalBytes) {
            return false;
        }
        return callee.code().stream().map(Instruction::op).allMatch(CallLinker::namesItsParameters);
    }

    private static boolean namesItsParameters(Op op) {
        return switch (op) {
            case Op.Load load -> load.space() != Op.Space.PARAM_IN || load.base() instanceof Source.Constant;
            case Op.Store store -> store.space() != Op.Space.PARAM_RETURN || store.base() instanceof Source.Constant;
            default -> true;
        };
    }

    /** The callee in place of the call; a call under a predicate becomes a branch around it. */
    private int appendCallee(Part caller, Instruction instruction, Op.Call call) {
        TypedFunction callee = function(String.valueOf(call.name()));
        added += callee.code().size();
        int begin = code.size();
        code.add(new Instruction(new Op.Hint("call"), -1, false, instruction.at()));
        if (callee.localBytes() > 0) {
            code.add(
                    new Instruction(new Op.Enter(caller.frameEnd(), callee.localBytes()), -1, false, instruction.at()));
        }
        List<Op.Slot> parameters = call.arguments().stream()
                .map(slot -> new Op.Slot(caller.areaBase() + slot.offset(), slot.bytes()))
                .toList();
        Op.Slot result = call.result() == null
                ? reserve(callee.returnBytes())
                : new Op.Slot(
                        caller.areaBase() + call.result().offset(),
                        call.result().bytes());
        List<String> around = new ArrayList<>(caller.around());
        around.add(callee.name());
        int localBytes = append(part(callee, caller.frameEnd(), parameters, result, true, around));
        if (instruction.guard() >= 0) {
            code.set(
                    begin,
                    new Instruction(
                            new Op.Branch(code.size()),
                            caller.registerBase() + instruction.guard(),
                            !instruction.guardNegated(),
                            instruction.at()));
        }
        return localBytes;
    }

    private void want(Op.Call call) {
        if (call.name() != null) {
            if (module.function(kernel.name(), call.name()) != null) {
                wanted.add(call.name());
            }
            return;
        }
        for (PtxFunction function : module.module().functions().values()) {
            if (!function.kernel() && !function.declaration() && fits(call, function)) {
                wanted.add(function.name());
            }
        }
    }

    private static boolean fits(Op.Call call, PtxFunction function) {
        if (function.parameters().size() != call.arguments().size()) {
            return false;
        }
        for (int i = 0; i < call.arguments().size(); i++) {
            if (function.parameters().get(i).bytes() != call.arguments().get(i).bytes()) {
                return false;
            }
        }
        return (call.result() == null ? 0 : call.result().bytes())
                == function.returns().stream()
                        .mapToLong(variable -> variable.bytes())
                        .sum();
    }

    // ------------------------------------------------------------------ single instructions

    private static Instruction moved(Part part, Instruction instruction) {
        int base = part.registerBase();
        int guard = instruction.guard() < 0 ? -1 : instruction.guard() + base;
        Op op = new Rewriting(source -> moved(part, source), register -> register + base).of(instruction.op());
        return new Instruction(placed(part, op), guard, instruction.guardNegated(), instruction.at());
    }

    private static Source moved(Part part, Source source) {
        return switch (source) {
            case Source.Register(int index) -> new Source.Register(index + part.registerBase());
            case Source.LocalAddress(long offset) -> new Source.LocalAddress(offset + part.localBase());
            case Source.Complement(Source predicate) -> new Source.Complement(moved(part, predicate));
            case Source.Constant _, Source.Special _ -> source;
        };
    }

    /** Parameter memory is one area for all. */
    private static Op placed(Part part, Op op) {
        return switch (op) {
            case Op.Load load ->
                switch (load.space()) {
                    case PARAM_OUT -> load(load, load.base(), part.areaBase());
                    case PARAM_IN -> part.parameters() == null ? load : parameter(part, part.parameters(), load);
                    default -> load;
                };
            case Op.Store store ->
                switch (store.space()) {
                    case PARAM_OUT -> store(store, part.areaBase());
                    case PARAM_RETURN ->
                        part.result() == null
                                ? store
                                : store(store, part.result().offset());
                    default -> store;
                };
            case Op.Call call ->
                new Op.Call(
                        call.name(),
                        call.pointer(),
                        call.arguments().stream().map(slot -> moved(part, slot)).toList(),
                        call.result() == null ? null : moved(part, call.result()));
            default -> op;
        };
    }

    private static Op.Slot moved(Part part, Op.Slot slot) {
        return new Op.Slot(slot.offset() + part.areaBase(), slot.bytes());
    }

    private static Op.Load load(Op.Load load, Source base, long moved) {
        return new Op.Load(Op.Space.PARAM_OUT, load.d(), load.type(), base, load.offset() + moved, load.order());
    }

    private static Op.Store store(Op.Store store, long moved) {
        return new Op.Store(
                Op.Space.PARAM_OUT, store.values(), store.type(), store.base(), store.offset() + moved, store.order());
    }

    /** A parameter is where the caller has put the argument: in a slot of its own, so the offset tells which. */
    private static Op.Load parameter(Part part, List<Op.Slot> places, Op.Load load) {
        List<Op.Slot> declared = part.function().parameters();
        if (!(load.base() instanceof Source.Constant(long base))) {
            // Only functions that stay functions do that; their parameters lie as they were declared.
            return load(
                    load, load.base(), places.isEmpty() ? 0 : places.getFirst().offset());
        }
        long at = base + load.offset();
        for (int i = 0; i < Math.min(declared.size(), places.size()); i++) {
            long within = at - declared.get(i).offset();
            if (within >= 0 && within < declared.get(i).bytes()) {
                return new Op.Load(
                        Op.Space.PARAM_OUT,
                        load.d(),
                        load.type(),
                        new Source.Constant(places.get(i).offset()),
                        within,
                        load.order());
            }
        }
        throw new UnsupportedPtxException("a parameter without an argument", null);
    }
}
