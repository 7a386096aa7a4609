package org.warpgrade.gpu.ptx.typed;

import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Which registers an instruction reads and writes. */
public final class DataFlow {

    private DataFlow() {}

    /** Calls back for every register read, the guard included. */
    public static void uses(Instruction instruction, IntConsumer use) {
        if (instruction.guard() >= 0) {
            use.accept(instruction.guard());
        }
        switch (instruction.op()) {
            case Op.Compute op -> all(op.sources(), use);
            case Op.Copy op -> one(op.a(), use);
            case Op.Pack op -> all(op.parts(), use);
            case Op.Unpack op -> one(op.a(), use);
            case Op.Load op -> one(op.base(), use);
            case Op.Store op -> {
                one(op.base(), use);
                all(op.values(), use);
            }
            case Op.Compare op -> {
                one(op.a(), use);
                one(op.b(), use);
                one(op.c(), use);
            }
            case Op.CompareHalves op -> {
                one(op.a(), use);
                one(op.b(), use);
                one(op.c(), use);
            }
            case Op.BarrierObject op -> {
                one(op.base(), use);
                one(op.a(), use);
            }
            case Op.Select op -> {
                one(op.a(), use);
                one(op.b(), use);
                one(op.p(), use);
            }
            case Op.Carry op -> all(op.sources(), use);
            case Op.BranchTable op -> one(op.index(), use);
            case Op.Call op -> one(op.pointer(), use);
            case Op.Barrier op -> {
                one(op.id(), use);
                one(op.threads(), use);
                one(op.predicate(), use);
            }
            case Op.WarpBarrier op -> one(op.mask(), use);
            case Op.Shuffle op -> {
                one(op.a(), use);
                one(op.b(), use);
                one(op.c(), use);
                one(op.mask(), use);
            }
            case Op.Vote op -> {
                one(op.predicate(), use);
                one(op.mask(), use);
            }
            case Op.Match op -> {
                one(op.a(), use);
                one(op.mask(), use);
            }
            case Op.Elect op -> one(op.mask(), use);
            case Op.Reduce op -> {
                one(op.a(), use);
                one(op.mask(), use);
            }
            case Op.Atomic op -> {
                one(op.base(), use);
                one(op.b(), use);
                one(op.c(), use);
            }
            case Op.AsyncCopy op -> {
                one(op.to(), use);
                one(op.from(), use);
                one(op.sourceBytes(), use);
            }
            case Op.IsSpace op -> one(op.a(), use);
            case Op.ConvertAddress op -> one(op.a(), use);
            case Op.MatrixLoad op -> one(op.base(), use);
            case Op.FragmentLoad op -> {
                one(op.base(), use);
                one(op.stride(), use);
            }
            case Op.FragmentStore op -> {
                one(op.base(), use);
                one(op.stride(), use);
                all(op.values(), use);
            }
            case Op.MatrixMultiply op -> {
                all(op.a(), use);
                all(op.b(), use);
                all(op.c(), use);
            }
            case Op.Branch _,
                    Op.Return _,
                    Op.Exit _,
                    Op.Trap _,
                    Op.ActiveMask _,
                    Op.Fence _,
                    Op.Hint _,
                    Op.AsyncGroup _,
                    Op.Enter _ -> {}
        }
    }

    /** Calls back for every register written. */
    public static void defines(Instruction instruction, IntConsumer define) {
        switch (instruction.op()) {
            case Op.Compute op -> define(op.d(), define);
            case Op.Copy op -> define(op.d(), define);
            case Op.Pack op -> define(op.d(), define);
            case Op.Unpack op -> op.parts().forEach(d -> define(d, define));
            case Op.Load op -> op.d().forEach(d -> define(d, define));
            case Op.Compare op -> {
                define(op.d(), define);
                define(op.q(), define);
            }
            case Op.CompareHalves op -> {
                define(op.d(), define);
                define(op.q(), define);
            }
            case Op.BarrierObject op -> define(op.d(), define);
            case Op.Select op -> define(op.d(), define);
            case Op.Carry op -> {
                define(op.d(), define);
                if (op.carry() != null) {
                    define(op.flag(), define);
                }
            }
            case Op.Barrier op -> define(op.d(), define);
            case Op.Shuffle op -> {
                define(op.d(), define);
                define(op.p(), define);
            }
            case Op.Vote op -> define(op.d(), define);
            case Op.Match op -> {
                define(op.d(), define);
                define(op.p(), define);
            }
            case Op.Elect op -> {
                define(op.d(), define);
                define(op.p(), define);
            }
            case Op.Reduce op -> define(op.d(), define);
            case Op.ActiveMask op -> define(op.d(), define);
            case Op.Atomic op -> define(op.d(), define);
            case Op.IsSpace op -> define(op.d(), define);
            case Op.ConvertAddress op -> define(op.d(), define);
            case Op.MatrixLoad op -> op.d().forEach(d -> define(d, define));
            case Op.FragmentLoad op -> op.d().forEach(d -> define(d, define));
            case Op.MatrixMultiply op -> op.d().forEach(d -> define(d, define));
            case Op.Store _,
                    Op.FragmentStore _,
                    Op.Branch _,
                    Op.BranchTable _,
                    Op.Call _,
                    Op.Return _,
                    Op.Exit _,
                    Op.Trap _,
                    Op.WarpBarrier _,
                    Op.Fence _,
                    Op.Hint _,
                    Op.AsyncCopy _,
                    Op.AsyncGroup _,
                    Op.Enter _ -> {}
        }
    }

    private static void define(int register, IntConsumer define) {
        if (register >= 0) {
            define.accept(register);
        }
    }

    private static void all(List<Source> sources, IntConsumer use) {
        for (Source source : sources) {
            one(source, use);
        }
    }

    private static void one(@Nullable Source source, IntConsumer use) {
        switch (source) {
            case Source.Register(int index) -> use.accept(index);
            case Source.Complement(Source predicate) -> one(predicate, use);
            case Source.Constant _, Source.Special _, Source.LocalAddress _ -> {}
            case null -> {}
        }
    }
}
