package org.warpgrade.gpu.cpu;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.host.ProgramFault;
import org.warpgrade.gpu.host.RuntimeCalls;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.TypedFunction;
import org.warpgrade.gpu.ptx.typed.TypedModule;
import org.warpgrade.gpu.ptx.typed.UnsupportedPtxException;

/** Calls and returns of the interpreter: into functions of the module, and to what the runtime serves. */
final class InterpretedCalls {

    private final TypedModule module;
    private final String kernelName;
    private final LaneValues values;
    private final LaneAtWork at;
    private final InterpretedMemory memory;
    private final RuntimeCalls runtime;

    InterpretedCalls(
            TypedModule module,
            String kernelName,
            LaneValues values,
            LaneAtWork at,
            InterpretedMemory memory,
            RuntimeCalls runtime) {
        this.module = module;
        this.kernelName = kernelName;
        this.values = values;
        this.at = at;
        this.memory = memory;
        this.runtime = runtime;
    }

    void call(Warp warp, LaneGroup group, int lanes, Op.Call call, Instruction instruction) {
        String name = call.name();
        if (name == null) {
            at.lane = Integer.numberOfTrailingZeros(lanes);
            long pointer = values.of(Objects.requireNonNull(call.pointer()), warp, group.frame, at.lane);
            int same = 0;
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int l = Integer.numberOfTrailingZeros(rest);
                if (values.of(call.pointer(), warp, group.frame, l) == pointer) {
                    same |= 1 << l;
                }
            }
            int others = lanes & ~same;
            if (others != 0) {
                warp.groups.add(group.part(group.pc, others));
                group.lanes &= ~others;
                warp.takeBackStep(others);
            }
            lanes = same;
            name = LaneCalls.target(module.layout(), pointer);
        }
        int staying = group.lanes & ~lanes;
        if (staying != 0) {
            warp.groups.add(group.part(group.pc + 1, staying));
            group.lanes = lanes;
        }
        TypedFunction callee = module.function(kernelName, name);
        if (callee == null) {
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                at.lane = Integer.numberOfTrailingZeros(rest);
                if (!runtime.call(name, new LaneSite(group.frame, call, instruction))) {
                    throw new UnsupportedPtxException("the function " + name + " is not supported", instruction.at());
                }
            }
            group.pc++;
            return;
        }
        enter(warp, group, call, callee);
    }

    private void enter(Warp warp, LaneGroup group, Op.Call call, TypedFunction callee) {
        Frame caller = group.frame;
        int localBase = caller.localBase + caller.function.localBytes();
        warp.growStacks(group.lanes, localBase + callee.localBytes());
        warp.forgetLocals(group.lanes, localBase, callee.localBytes());
        if (caller.depth > LaneCalls.DEEPEST) {
            throw LaneCalls.tooDeep();
        }
        byte[] in = new byte[callee.parameterBytes() * Frame.LANES];
        Frame frame = new Frame(callee, caller, group.pc + 1, call.result(), localBase, in, callee.parameterBytes());
        for (int rest = group.lanes; rest != 0; rest &= rest - 1) {
            int l = Integer.numberOfTrailingZeros(rest);
            for (int i = 0;
                    i < Math.min(call.arguments().size(), callee.parameters().size());
                    i++) {
                Op.Slot from = call.arguments().get(i);
                Op.Slot to = callee.parameters().get(i);
                System.arraycopy(
                        caller.out,
                        l * caller.function.outgoingBytes() + from.offset(),
                        in,
                        l * callee.parameterBytes() + to.offset(),
                        Math.min(from.bytes(), to.bytes()));
            }
        }
        group.frame = frame;
        group.pc = 0;
    }

    /** Returns lanes to their caller; false if there is none, so that they end. */
    boolean doReturn(Warp warp, LaneGroup group, int lanes) {
        Frame frame = group.frame;
        Frame caller = frame.caller;
        if (caller == null) {
            return false;
        }
        int staying = group.lanes & ~lanes;
        if (staying != 0) {
            warp.groups.add(group.part(group.pc + 1, staying));
            group.lanes = lanes;
        }
        Op.Slot result = frame.result;
        if (result != null) {
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int l = Integer.numberOfTrailingZeros(rest);
                System.arraycopy(
                        frame.ret,
                        l * frame.function.returnBytes(),
                        caller.out,
                        l * caller.function.outgoingBytes() + result.offset(),
                        Math.min(result.bytes(), frame.function.returnBytes()));
            }
        }
        group.frame = caller;
        group.pc = frame.returnPc;
        return true;
    }

    /**
     * An argument of a call of the runtime, of so many bytes at least. The compiler checks what is passed, but the text of an asm
     * statement can declare a function as it likes.
     */
    static Op.Slot given(Op.Call call, int index, int bytes) {
        if (index >= call.arguments().size() || call.arguments().get(index).bytes() < bytes) {
            throw otherParameters();
        }
        return call.arguments().get(index);
    }

    /** Where the result of so many bytes goes; null if nobody wants it. */
    static Op.@Nullable Slot asked(Op.Call call, int bytes) {
        if (call.result() != null && call.result().bytes() < bytes) {
            throw otherParameters();
        }
        return call.result();
    }

    private static ProgramFault otherParameters() {
        return new ProgramFault(
                FindingKind.API_MISUSE, "calls a function of the CUDA runtime with other parameters than it has");
    }

    /** A call as one lane makes it. */
    private final class LaneSite implements RuntimeCalls.Site {

        private final Frame frame;
        private final Op.Call call;
        private final Instruction instruction;
        private final int caller = at.lane;

        LaneSite(Frame frame, Op.Call call, Instruction instruction) {
            this.frame = frame;
            this.call = call;
            this.instruction = instruction;
        }

        private int outgoing(Op.Slot slot) {
            return caller * frame.function.outgoingBytes() + slot.offset();
        }

        @Override
        public int intArgument(int index) {
            return Bytes.getInt(frame.out, outgoing(given(call, index, Integer.BYTES)));
        }

        @Override
        public long longArgument(int index) {
            return Bytes.getLong(frame.out, outgoing(given(call, index, Long.BYTES)));
        }

        @Override
        public byte[] argument(int index, int bytes) {
            int from = outgoing(given(call, index, bytes));
            return Arrays.copyOfRange(frame.out, from, from + bytes);
        }

        @Override
        public byte[] read(long address, int bytes) {
            at.lane = caller;
            byte[] copy = new byte[bytes];
            for (int i = 0; i < bytes; i++) {
                copy[i] = (byte) memory.read(Op.Space.GENERIC, address + i, 1);
            }
            return copy;
        }

        @Override
        public void write(long address, byte[] bytes) {
            at.lane = caller;
            for (int i = 0; i < bytes.length; i++) {
                memory.write(Op.Space.GENERIC, address + i, 1, bytes[i]);
            }
        }

        @Override
        public void returnInt(int value) {
            Op.Slot result = asked(call, Integer.BYTES);
            if (result != null) {
                Bytes.putInt(frame.out, outgoing(result), value);
            }
        }

        @Override
        public void returnLong(long value) {
            Op.Slot result = asked(call, Long.BYTES);
            if (result != null) {
                Bytes.putLong(frame.out, outgoing(result), value);
            }
        }

        @Override
        public @Nullable SourceLocation at() {
            return instruction.at();
        }

        @Override
        public Finding placed(Finding finding) {
            return at.finding(
                    finding.kind(), finding.severity(), instruction.at(), at.warp(), caller, finding.message());
        }
    }
}
