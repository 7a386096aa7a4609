package org.warpgrade.gpu.cpu;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

/** One activation of a function by a group of lanes: registers and parameter memory, each per lane. */
final class Frame {

    static final int LANES = 32;

    final TypedFunction function;
    /** Bits of register r of lane l at {@code r * 32 + l}. */
    final long[] registers;

    final @Nullable Frame caller;
    final int returnPc;
    final Op.@Nullable Slot result;
    final int depth;
    /** Where its locals begin on each lane's stack. */
    final int localBase;
    /** Parameters: one copy for all lanes of a kernel ({@link #inStride} 0), else one per lane. */
    final byte[] in;

    final int inStride;
    final byte[] out;
    final byte[] ret;

    Frame(
            TypedFunction function,
            @Nullable Frame caller,
            int returnPc,
            Op.@Nullable Slot result,
            int localBase,
            byte[] in,
            int inStride) {
        this.function = function;
        this.registers = new long[function.registers().size() * LANES];
        this.caller = caller;
        this.returnPc = returnPc;
        this.result = result;
        this.depth = caller == null ? 0 : caller.depth + 1;
        this.localBase = localBase;
        this.in = in;
        this.inStride = inStride;
        this.out = new byte[function.outgoingBytes() * LANES];
        this.ret = new byte[function.returnBytes() * LANES];
    }

    /** As new. */
    void clear() {
        Arrays.fill(registers, 0);
        Arrays.fill(out, (byte) 0);
        Arrays.fill(ret, (byte) 0);
    }

    long get(int register, int lane) {
        return registers[register * LANES + lane];
    }

    void set(int register, int lane, long bits) {
        if (register >= 0) {
            registers[register * LANES + lane] = bits;
        }
    }
}
