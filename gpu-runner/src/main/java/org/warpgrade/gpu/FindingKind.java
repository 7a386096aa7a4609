package org.warpgrade.gpu;

import java.util.Locale;

/** Everything the devices can diagnose in a running program. */
public enum FindingKind {
    OUT_OF_BOUNDS,
    MISALIGNED,
    USE_AFTER_FREE,
    DOUBLE_FREE,
    LEAK,
    UNINITIALISED_READ,
    SHARED_RACE,
    GLOBAL_RACE,
    BARRIER_DIVERGENCE,
    DEADLOCK,
    INVALID_MASK,
    BAD_LAUNCH,
    HOST_DEREFERENCES_DEVICE_MEMORY,
    KERNEL_DEREFERENCES_HOST_MEMORY,
    WRITE_TO_READ_ONLY,
    STACK_OVERFLOW,
    STEP_BUDGET,
    DEADLINE,
    MEMORY_BUDGET,
    LAUNCH_BUDGET,
    PRINT_BUDGET,
    ASSERTION,
    TRAP,
    NAN_BORN,
    ORDER_DEPENDENT,
    API_MISUSE;

    /** The stable name in {@code result.json}: {@code out-of-bounds}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
