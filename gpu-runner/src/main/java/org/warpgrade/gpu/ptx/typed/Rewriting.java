package org.warpgrade.gpu.ptx.typed;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes operations anew with other operands.
 *
 * @param ofSources what an operand becomes
 * @param ofRegisters what a destination register becomes; not asked for results that nobody wants
 */
record Rewriting(UnaryOperator<Source> ofSources, IntUnaryOperator ofRegisters) {

    private Source source(Source source) {
        return ofSources.apply(source);
    }

    private @Nullable Source maybe(@Nullable Source source) {
        return source == null ? null : ofSources.apply(source);
    }

    private List<Source> all(List<Source> sources) {
        return sources.stream().map(ofSources).toList();
    }

    private int register(int register) {
        return register < 0 ? register : ofRegisters.applyAsInt(register);
    }

    private List<Integer> registers(List<Integer> registers) {
        return registers.stream().map(this::register).toList();
    }

    /** The operation with every operand and destination replaced. */
    Op of(Op op) {
        return switch (op) {
            case Op.Compute o -> new Op.Compute(o.meaning(), register(o.d()), all(o.sources()), o.ftz(), o.sat());
            case Op.Copy o -> new Op.Copy(register(o.d()), source(o.a()));
            case Op.Pack o -> new Op.Pack(register(o.d()), all(o.parts()), o.partBits());
            case Op.Unpack o -> new Op.Unpack(registers(o.parts()), source(o.a()), o.partBits());
            case Op.Load o ->
                new Op.Load(o.space(), registers(o.d()), o.type(), source(o.base()), o.offset(), o.order());
            case Op.Store o ->
                new Op.Store(o.space(), all(o.values()), o.type(), source(o.base()), o.offset(), o.order());
            case Op.Compare o ->
                new Op.Compare(
                        o.comparison(),
                        register(o.d()),
                        register(o.q()),
                        source(o.a()),
                        source(o.b()),
                        o.combine(),
                        maybe(o.c()),
                        o.ftz(),
                        o.value());
            case Op.Select o -> new Op.Select(register(o.d()), source(o.a()), source(o.b()), source(o.p()));
            case Op.Carry o ->
                new Op.Carry(o.value(), o.carry(), register(o.d()), all(o.sources()), register(o.flag()));
            case Op.BranchTable o -> new Op.BranchTable(source(o.index()), o.targets());
            case Op.Call o -> new Op.Call(o.name(), maybe(o.pointer()), o.arguments(), o.result());
            case Op.Barrier o ->
                new Op.Barrier(o.mode(), source(o.id()), maybe(o.threads()), maybe(o.predicate()), register(o.d()));
            case Op.WarpBarrier o -> new Op.WarpBarrier(source(o.mask()));
            case Op.Shuffle o ->
                new Op.Shuffle(
                        o.mode(),
                        register(o.d()),
                        register(o.p()),
                        source(o.a()),
                        source(o.b()),
                        source(o.c()),
                        source(o.mask()));
            case Op.Vote o -> new Op.Vote(o.mode(), register(o.d()), source(o.predicate()), source(o.mask()));
            case Op.Match o ->
                new Op.Match(o.all(), o.wide(), register(o.d()), register(o.p()), source(o.a()), source(o.mask()));
            case Op.Elect o -> new Op.Elect(register(o.d()), register(o.p()), source(o.mask()));
            case Op.Reduce o -> new Op.Reduce(o.meaning(), register(o.d()), source(o.a()), source(o.mask()));
            case Op.Atomic o ->
                new Op.Atomic(
                        o.space(),
                        o.op(),
                        o.type(),
                        register(o.d()),
                        source(o.base()),
                        o.offset(),
                        source(o.b()),
                        maybe(o.c()),
                        o.order());
            case Op.AsyncCopy o ->
                new Op.AsyncCopy(
                        source(o.to()),
                        o.toOffset(),
                        source(o.from()),
                        o.fromOffset(),
                        o.bytes(),
                        maybe(o.sourceBytes()));
            case Op.IsSpace o -> new Op.IsSpace(o.space(), register(o.d()), source(o.a()));
            case Op.ConvertAddress o -> new Op.ConvertAddress(o.space(), o.toGeneric(), register(o.d()), source(o.a()));
            case Op.MatrixLoad o ->
                new Op.MatrixLoad(o.space(), registers(o.d()), o.transposed(), source(o.base()), o.offset());
            case Op.FragmentLoad o ->
                new Op.FragmentLoad(
                        o.space(),
                        o.size(),
                        o.type(),
                        o.rowMajor(),
                        registers(o.d()),
                        source(o.base()),
                        o.offset(),
                        maybe(o.stride()));
            case Op.FragmentStore o ->
                new Op.FragmentStore(
                        o.space(),
                        o.size(),
                        o.type(),
                        o.rowMajor(),
                        all(o.values()),
                        source(o.base()),
                        o.offset(),
                        maybe(o.stride()));
            case Op.MatrixMultiply o ->
                new Op.MatrixMultiply(
                        o.shape(),
                        o.opaque(),
                        o.dType(),
                        o.aType(),
                        o.bType(),
                        o.cType(),
                        o.saturate(),
                        registers(o.d()),
                        all(o.a()),
                        all(o.b()),
                        all(o.c()));
            case Op.CompareHalves o ->
                new Op.CompareHalves(
                        o.comparison(),
                        register(o.d()),
                        register(o.q()),
                        source(o.a()),
                        source(o.b()),
                        o.combine(),
                        maybe(o.c()),
                        o.ftz(),
                        o.truth());
            case Op.BarrierObject o ->
                new Op.BarrierObject(o.mode(), o.space(), register(o.d()), source(o.base()), o.offset(), source(o.a()));
            case Op.ActiveMask o -> new Op.ActiveMask(register(o.d()));
            case Op.Branch _, Op.Return _, Op.Exit _, Op.Trap _, Op.Fence _, Op.Hint _, Op.AsyncGroup _, Op.Enter _ ->
                op;
        };
    }
}
