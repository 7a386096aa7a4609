package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.host.ProgramFault;

/** The threads of one warp: groups of lanes, stacks, and counts. */
final class Warp {

    /** A thread's stack may grow to this: what CUDA gives by default is 1 KiB, and more where ptxas proves the need. */
    static final int STACK_LIMIT = 256 << 10;

    /** What Linux gives a program's first thread. */
    private static final int HOST_STACK_LIMIT = 8 << 20;

    final BlockState block;
    final int index;
    /** Lanes that hold a thread of the block. */
    final int existing;

    int exited;
    final List<LaneGroup> groups = new ArrayList<>(4);
    final byte[][] stacks = new byte[Frame.LANES][];
    /** Per stack byte 1 where the thread has written it; empty if nobody watches. */
    private final byte[][] written = new byte[Frame.LANES][];

    private final Frame kernelFrame;

    final long[] steps = new long[Frame.LANES];
    final MeetingTimes meetings = new MeetingTimes();

    Warp(BlockState block, int index, Frame kernelFrame) {
        this.block = block;
        this.index = index;
        int threads = Math.min(Frame.LANES, block.threads() - index * Frame.LANES);
        this.existing = threads == Frame.LANES ? -1 : (1 << threads) - 1;
        this.kernelFrame = kernelFrame;
    }

    /** Its threads are those of a block that begins: nothing of another one is left. */
    void begin() {
        exited = 0;
        kernelFrame.clear();
        groups.clear();
        groups.add(new LaneGroup(kernelFrame, 0, existing));
        Arrays.fill(stacks, null);
        Arrays.fill(written, null);
        growStacks(existing, kernelFrame.function.localBytes());
        Arrays.fill(steps, 0);
        meetings.clear();
    }

    int live() {
        return existing & ~exited;
    }

    int threadOf(int lane) {
        return index * Frame.LANES + lane;
    }

    boolean isDone() {
        return groups.isEmpty();
    }

    /** The lanes have been counted as executing an instruction that they will execute later. */
    void takeBackStep(int lanes) {
        for (int rest = lanes; rest != 0; rest &= rest - 1) {
            steps[Integer.numberOfTrailingZeros(rest)]--;
        }
    }

    /** Turns down a stack of more bytes than a thread may have. */
    static void checkStack(int bytes) {
        if (bytes > STACK_LIMIT) {
            throw new ProgramFault(
                    FindingKind.STACK_OVERFLOW,
                    "the stack grew past " + (STACK_LIMIT >> 10) + " KiB: does the recursion end?");
        }
    }

    private static void checkHostStack(int bytes) {
        if (bytes > HOST_STACK_LIMIT) {
            throw new ProgramFault(
                    FindingKind.STACK_OVERFLOW,
                    "the stack of host code grew past " + (HOST_STACK_LIMIT >> 20)
                            + " MiB: does the recursion end, and can large arrays be static or malloc'ed?");
        }
    }

    /** Makes the stacks of the lanes at least that big, new bytes poisoned. */
    void growStacks(int lanes, int bytes) {
        if (block.launch == null) {
            checkHostStack(bytes);
        } else {
            checkStack(bytes);
        }
        for (int rest = bytes == 0 ? 0 : lanes; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            byte[] stack = stacks[lane];
            int old = stack == null ? 0 : stack.length;
            if (bytes > old) {
                byte[] grown = stack == null ? new byte[bytes] : Arrays.copyOf(stack, Math.max(bytes, old * 2));
                for (int i = old; i < grown.length; i++) {
                    grown[i] = block.poison().byteAt(i);
                }
                stacks[lane] = grown;
            }
        }
    }

    /** The shadow of a lane's stack, as large as the stack. */
    byte[] writtenStack(int lane) {
        byte[] stack = stacks[lane];
        byte[] shadow = written[lane];
        if (shadow == null || shadow.length < stack.length) {
            shadow = shadow == null ? new byte[stack.length] : Arrays.copyOf(shadow, stack.length);
            written[lane] = shadow;
        }
        return shadow;
    }

    /** A new activation's local variables hold nothing yet, whatever was there before. */
    void forgetLocals(int lanes, int from, int bytes) {
        for (int rest = lanes; rest != 0; rest &= rest - 1) {
            byte[] shadow = written[Integer.numberOfTrailingZeros(rest)];
            if (shadow != null && from < shadow.length) {
                Arrays.fill(shadow, from, Math.min(shadow.length, from + bytes), (byte) 0);
            }
        }
    }
}
