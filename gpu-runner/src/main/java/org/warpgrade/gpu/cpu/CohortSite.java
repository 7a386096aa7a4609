package org.warpgrade.gpu.cpu;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.host.RuntimeCalls;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;

/** A call of the runtime as one compiled lane makes it. */
record CohortSite(Cohort cohort, int lane, Op.Call call, Instruction instruction) implements RuntimeCalls.Site {

    private int at(Op.Slot slot) {
        return lane * cohort.outStride + slot.offset();
    }

    @Override
    public int intArgument(int index) {
        return Bytes.getInt(cohort.out, at(InterpretedCalls.given(call, index, Integer.BYTES)));
    }

    @Override
    public long longArgument(int index) {
        return Bytes.getLong(cohort.out, at(InterpretedCalls.given(call, index, Long.BYTES)));
    }

    @Override
    public byte[] argument(int index, int bytes) {
        int from = at(InterpretedCalls.given(call, index, bytes));
        return Arrays.copyOfRange(cohort.out, from, from + bytes);
    }

    @Override
    public byte[] read(long address, int bytes) {
        cohort.lane = lane;
        byte[] copy = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            copy[i] = (byte) LaneAccess.genericGet(cohort, address + i, 1);
        }
        return copy;
    }

    @Override
    public void write(long address, byte[] bytes) {
        cohort.lane = lane;
        for (int i = 0; i < bytes.length; i++) {
            LaneAccess.genericPut(cohort, address + i, 1, bytes[i]);
        }
    }

    @Override
    public void returnInt(int value) {
        Op.Slot result = InterpretedCalls.asked(call, Integer.BYTES);
        if (result != null) {
            Bytes.putInt(cohort.out, at(result), value);
        }
    }

    @Override
    public void returnLong(long value) {
        Op.Slot result = InterpretedCalls.asked(call, Long.BYTES);
        if (result != null) {
            Bytes.putLong(cohort.out, at(result), value);
        }
    }

    @Override
    public @Nullable SourceLocation at() {
        return instruction.at();
    }

    @Override
    public Finding placed(Finding finding) {
        return cohort.launch.finding(
                finding.kind(),
                finding.severity(),
                instruction.at(),
                cohort.linearBlock,
                cohort.base + lane,
                finding.message());
    }
}
