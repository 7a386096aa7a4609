package org.warpgrade.gpu.cpu;

import org.warpgrade.gpu.ptx.typed.RegisterKind;
import org.warpgrade.gpu.ptx.typed.Source;
import org.warpgrade.gpu.ptx.typed.SpecialRegister;

/** The registers of lanes that stand at a boundary, and what instructions that meet others read and write there. */
final class SpilledRegisters {

    private final RegionPlan plan;
    private final RegisterKind[] kinds;

    SpilledRegisters(RegionPlan plan) {
        this.plan = plan;
        this.kinds = plan.function().registers().toArray(RegisterKind[]::new);
    }

    /** A register's bits. */
    long get(Cohort cohort, int register, int lane) {
        int at = plan.slot(register) * cohort.stride + lane;
        return switch (kind(register)) {
            case BOOLEAN, INT -> cohort.ints[at] & 0xFFFFFFFFL;
            case LONG -> cohort.longs[at];
            case FLOAT -> Float.floatToRawIntBits(cohort.floats[at]) & 0xFFFFFFFFL;
            case DOUBLE -> Double.doubleToRawLongBits(cohort.doubles[at]);
        };
    }

    RegisterKind kind(int register) {
        return kinds[register];
    }

    /** An operand's bits. */
    long value(Cohort cohort, Source source, int lane) {
        return switch (source) {
            case Source.Constant(long bits) -> bits;
            case Source.Register(int register) -> get(cohort, register, lane);
            case Source.Complement(Source predicate) -> value(cohort, predicate, lane) != 0 ? 0 : 1;
            case Source.LocalAddress(long offset) -> cohort.stackBase[lane] + offset;
            case Source.Special(SpecialRegister which) ->
                switch (which) {
                    case TID_X -> cohort.tidX[lane];
                    case TID_Y -> cohort.tidY[lane];
                    case TID_Z -> cohort.tidZ[lane];
                    case NTID_X -> cohort.ntidX;
                    case LANEID -> lane & 31;
                    default -> LaneAccess.special(cohort, which.ordinal(), lane);
                };
        };
    }

    /** Writes a register that somebody wants. */
    void set(Cohort cohort, int register, int lane, long bits) {
        if (register < 0) {
            return;
        }
        int at = plan.slot(register) * cohort.stride + lane;
        switch (kind(register)) {
            case BOOLEAN, INT -> cohort.ints[at] = (int) bits;
            case LONG -> cohort.longs[at] = bits;
            case FLOAT -> cohort.floats[at] = Float.intBitsToFloat((int) bits);
            case DOUBLE -> cohort.doubles[at] = Double.longBitsToDouble(bits);
        }
    }
}
