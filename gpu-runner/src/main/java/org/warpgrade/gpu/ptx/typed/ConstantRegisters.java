package org.warpgrade.gpu.ptx.typed;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Replaces registers that hold one constant for ever by the constant. NVRTC moves the operands of shuffles, votes and
 * launches to registers first; as constants they let an executor see that a whole warp meets.
 */
final class ConstantRegisters {

    private final List<Instruction> code;
    private final int[] definitions;
    private final Source[] constants;
    private final int[] uses;

    ConstantRegisters(List<Instruction> code, int registers) {
        this.code = code;
        this.definitions = new int[registers];
        this.constants = new Source[registers];
        this.uses = new int[registers];
    }

    /** The code with constants in place, and shuffle predicates that nobody reads dropped. */
    List<Instruction> propagate() {
        for (Instruction instruction : code) {
            DataFlow.defines(instruction, register -> definitions[register]++);
            if (instruction.guard() < 0
                    && instruction.op() instanceof Op.Copy(int d, Source.Constant constant)
                    && d >= 0) {
                constants[d] = constant;
            }
        }
        List<Instruction> replaced = new ArrayList<>(code.size());
        for (Instruction instruction : code) {
            Op op = map(instruction.op(), this::replace);
            replaced.add(new Instruction(op, instruction.guard(), instruction.guardNegated(), instruction.at()));
        }
        for (Instruction instruction : replaced) {
            DataFlow.uses(instruction, register -> uses[register]++);
        }
        replaced.replaceAll(this::withoutUnreadPredicate);
        return List.copyOf(replaced);
    }

    private Source replace(Source source) {
        return switch (source) {
            case Source.Register(int index) when definitions[index] == 1 && constants[index] != null ->
                constants[index];
            case Source.Complement(Source predicate) -> new Source.Complement(replace(predicate));
            default -> source;
        };
    }

    private Instruction withoutUnreadPredicate(Instruction instruction) {
        if (instruction.op() instanceof Op.Shuffle s && s.p() >= 0 && uses[s.p()] == 0) {
            Op op = new Op.Shuffle(s.mode(), s.d(), -1, s.a(), s.b(), s.c(), s.mask());
            return new Instruction(op, instruction.guard(), instruction.guardNegated(), instruction.at());
        }
        return instruction;
    }

    private static List<Source> all(List<Source> sources, UnaryOperator<Source> f) {
        return sources.stream().map(f).toList();
    }

    private static @Nullable Source one(@Nullable Source source, UnaryOperator<Source> f) {
        return source == null ? null : f.apply(source);
    }

    /** The operation with every source replaced. */
    private static Op map(Op op, UnaryOperator<Source> f) {
        return switch (op) {
            case Op.Compute o -> new Op.Compute(o.meaning(), o.d(), all(o.sources(), f), o.ftz(), o.sat());
            case Op.Copy o -> new Op.Copy(o.d(), f.apply(o.a()));
            case Op.Pack o -> new Op.Pack(o.d(), all(o.parts(), f), o.partBits());
            case Op.Unpack o -> new Op.Unpack(o.parts(), f.apply(o.a()), o.partBits());
            case Op.Load o -> new Op.Load(o.space(), o.d(), o.type(), f.apply(o.base()), o.offset(), o.order());
            case Op.Store o ->
                new Op.Store(
                        o.space(), all(o.values(), f), o.type(), f.apply(o.base()), o.offset(), o.order());
            case Op.Compare o ->
                new Op.Compare(
                        o.comparison(),
                        o.d(),
                        o.q(),
                        f.apply(o.a()),
                        f.apply(o.b()),
                        o.combine(),
                        one(o.c(), f),
                        o.ftz(),
                        o.value());
            case Op.Select o -> new Op.Select(o.d(), f.apply(o.a()), f.apply(o.b()), f.apply(o.p()));
            case Op.Carry o -> new Op.Carry(o.value(), o.carry(), o.d(), all(o.sources(), f), o.flag());
            case Op.BranchTable o -> new Op.BranchTable(f.apply(o.index()), o.targets());
            case Op.Call o -> new Op.Call(o.name(), one(o.pointer(), f), o.arguments(), o.result());
            case Op.Barrier o ->
                new Op.Barrier(o.mode(), f.apply(o.id()), one(o.threads(), f), one(o.predicate(), f), o.d());
            case Op.WarpBarrier o -> new Op.WarpBarrier(f.apply(o.mask()));
            case Op.Shuffle o ->
                new Op.Shuffle(
                        o.mode(), o.d(), o.p(), f.apply(o.a()), f.apply(o.b()), f.apply(o.c()), f.apply(o.mask()));
            case Op.Vote o -> new Op.Vote(o.mode(), o.d(), f.apply(o.predicate()), f.apply(o.mask()));
            case Op.Match o -> new Op.Match(o.all(), o.wide(), o.d(), o.p(), f.apply(o.a()), f.apply(o.mask()));
            case Op.Elect o -> new Op.Elect(o.d(), o.p(), f.apply(o.mask()));
            case Op.Reduce o -> new Op.Reduce(o.meaning(), o.d(), f.apply(o.a()), f.apply(o.mask()));
            case Op.Atomic o ->
                new Op.Atomic(
                        o.space(), o.op(), o.type(), o.d(), f.apply(o.base()), o.offset(), f.apply(o.b()),
                        one(o.c(), f));
            case Op.AsyncCopy o ->
                new Op.AsyncCopy(
                        f.apply(o.to()), o.toOffset(), f.apply(o.from()), o.fromOffset(), o.bytes(),
                        one(o.sourceBytes(), f));
            case Op.IsSpace o -> new Op.IsSpace(o.space(), o.d(), f.apply(o.a()));
            case Op.ConvertAddress o -> new Op.ConvertAddress(o.space(), o.toGeneric(), o.d(), f.apply(o.a()));
            case Op.MatrixLoad o ->
                new Op.MatrixLoad(o.space(), o.d(), o.transposed(), f.apply(o.base()), o.offset());
            case Op.FragmentLoad o ->
                new Op.FragmentLoad(
                        o.space(), o.size(), o.type(), o.rowMajor(), o.d(), f.apply(o.base()), o.offset(),
                        one(o.stride(), f));
            case Op.FragmentStore o ->
                new Op.FragmentStore(
                        o.space(), o.size(), o.type(), o.rowMajor(), all(o.values(), f), f.apply(o.base()),
                        o.offset(), one(o.stride(), f));
            case Op.MatrixMultiply o ->
                new Op.MatrixMultiply(
                        o.shape(), o.opaque(), o.dType(), o.aType(), o.bType(), o.cType(), o.saturate(), o.d(),
                        all(o.a(), f), all(o.b(), f), all(o.c(), f));
            case Op.CompareHalves o ->
                new Op.CompareHalves(
                        o.comparison(), o.d(), o.q(), f.apply(o.a()), f.apply(o.b()), o.combine(), one(o.c(), f),
                        o.ftz(), o.truth());
            case Op.BarrierObject o ->
                new Op.BarrierObject(o.mode(), o.space(), o.d(), f.apply(o.base()), o.offset(), f.apply(o.a()));
            case Op.Branch _, Op.Return _, Op.Exit _, Op.Trap _, Op.ActiveMask _, Op.Fence _, Op.Hint _,
                    Op.AsyncGroup _ -> op;
        };
    }
}
