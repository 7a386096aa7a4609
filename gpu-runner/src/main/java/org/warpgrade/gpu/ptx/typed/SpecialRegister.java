package org.warpgrade.gpu.ptx.typed;

import org.jspecify.annotations.Nullable;

/** Special registers (PTX ISA chapter 10). */
public enum SpecialRegister {
    TID_X("%tid.x"),
    TID_Y("%tid.y"),
    TID_Z("%tid.z"),
    NTID_X("%ntid.x"),
    NTID_Y("%ntid.y"),
    NTID_Z("%ntid.z"),
    CTAID_X("%ctaid.x"),
    CTAID_Y("%ctaid.y"),
    CTAID_Z("%ctaid.z"),
    NCTAID_X("%nctaid.x"),
    NCTAID_Y("%nctaid.y"),
    NCTAID_Z("%nctaid.z"),
    LANEID("%laneid"),
    WARPID("%warpid"),
    NWARPID("%nwarpid"),
    SMID("%smid"),
    NSMID("%nsmid"),
    GRIDID("%gridid"),
    LANEMASK_EQ("%lanemask_eq"),
    LANEMASK_LE("%lanemask_le"),
    LANEMASK_LT("%lanemask_lt"),
    LANEMASK_GE("%lanemask_ge"),
    LANEMASK_GT("%lanemask_gt"),
    CLOCK("%clock"),
    CLOCK_HI("%clock_hi"),
    CLOCK64("%clock64"),
    GLOBALTIMER("%globaltimer"),
    GLOBALTIMER_LO("%globaltimer_lo"),
    GLOBALTIMER_HI("%globaltimer_hi"),
    DYNAMIC_SMEM_SIZE("%dynamic_smem_size"),
    TOTAL_SMEM_SIZE("%total_smem_size"),
    /** {@code %envreg<n>}: 0 but for the two that NVRTC's device runtime reads for cooperative groups. */
    ENVREG("%envreg");

    private final String ptx;

    SpecialRegister(String ptx) {
        this.ptx = ptx;
    }

    /** The special register of that PTX name; null if it is none that we know. */
    public static @Nullable SpecialRegister of(String name) {
        if (name.startsWith("%envreg")) {
            return ENVREG;
        }
        for (SpecialRegister register : values()) {
            if (register.ptx.equals(name)) {
                return register;
            }
        }
        return null;
    }

    /** Whether all threads of a block have the same: the size of blocks and of the grid, and which block it is. */
    public boolean isOfBlock() {
        return switch (this) {
            case NTID_X, NTID_Y, NTID_Z, CTAID_X, CTAID_Y, CTAID_Z, NCTAID_X, NCTAID_Y, NCTAID_Z -> true;
            default -> false;
        };
    }

    /** Whether a thread has the same in it as long as it runs, known from its place in the grid. */
    public boolean isSteady() {
        return switch (this) {
            case TID_X, TID_Y, TID_Z, LANEID, WARPID -> true;
            default -> isOfBlock();
        };
    }

    /** Whether its value is 64 bits wide. */
    public boolean isLong() {
        return this == CLOCK64 || this == GLOBALTIMER || this == GRIDID;
    }
}
