package org.warpgrade.gpu.cuda;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.FindingKind;

/**
 * What the driver's result codes mean to us (CUDA Driver API, {@code CUresult}). Those from 700 on are sticky: the context
 * is of no more use.
 */
final class CuResult {

    static final int SUCCESS = 0;
    static final int INVALID_VALUE = 1;
    static final int OUT_OF_MEMORY = 2;
    static final int NOT_READY = 600;
    static final int LAUNCH_TIMEOUT = 702;
    static final int COOPERATIVE_LAUNCH_TOO_LARGE = 720;
    static final int NOT_SUPPORTED = 801;

    private CuResult() {}

    /**
     * What a program did that a launch ended so.
     *
     * @param kind of the finding
     * @param words what happened, after the name of the kernel
     */
    record Fault(FindingKind kind, String words) {}

    /** The program's fault that the code stands for; null if it is none of the program's. */
    static @Nullable Fault fault(int code) {
        return switch (code) {
            case 700 -> new Fault(FindingKind.OUT_OF_BOUNDS, "reads or writes an address where no memory is");
            case 710 -> new Fault(FindingKind.ASSERTION, "failed an assertion");
            case 714 -> new Fault(FindingKind.STACK_OVERFLOW, "ran out of its stack");
            case 715 -> new Fault(FindingKind.TRAP, "executed an illegal instruction");
            case 716 ->
                new Fault(FindingKind.MISALIGNED, "reads or writes at an address that is not a multiple of the size");
            case 717 -> new Fault(FindingKind.OUT_OF_BOUNDS, "uses an address of another kind of memory");
            case 718 -> new Fault(FindingKind.TRAP, "jumped to an address where no code is");
            case 719 ->
                new Fault(FindingKind.TRAP, "ended abnormally: a trap, or an access outside of shared or local memory");
            default -> null;
        };
    }

    /** The code in words, for people who look it up. */
    static String name(int code) {
        return switch (code) {
                    case 1 -> "CUDA_ERROR_INVALID_VALUE";
                    case OUT_OF_MEMORY -> "CUDA_ERROR_OUT_OF_MEMORY";
                    case 3 -> "CUDA_ERROR_NOT_INITIALIZED";
                    case 4 -> "CUDA_ERROR_DEINITIALIZED";
                    case 46 -> "CUDA_ERROR_DEVICE_UNAVAILABLE";
                    case 100 -> "CUDA_ERROR_NO_DEVICE";
                    case 101 -> "CUDA_ERROR_INVALID_DEVICE";
                    case 201 -> "CUDA_ERROR_INVALID_CONTEXT";
                    case 209 -> "CUDA_ERROR_NO_BINARY_FOR_GPU";
                    case 214 -> "CUDA_ERROR_ECC_UNCORRECTABLE";
                    case 218 -> "CUDA_ERROR_INVALID_PTX";
                    case 220 -> "CUDA_ERROR_NVLINK_UNCORRECTABLE";
                    case 222 -> "CUDA_ERROR_UNSUPPORTED_PTX_VERSION";
                    case 500 -> "CUDA_ERROR_NOT_FOUND";
                    case 700 -> "CUDA_ERROR_ILLEGAL_ADDRESS";
                    case 701 -> "CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES";
                    case LAUNCH_TIMEOUT -> "CUDA_ERROR_LAUNCH_TIMEOUT";
                    case 709 -> "CUDA_ERROR_CONTEXT_IS_DESTROYED";
                    case 710 -> "CUDA_ERROR_ASSERT";
                    case 714 -> "CUDA_ERROR_HARDWARE_STACK_ERROR";
                    case 715 -> "CUDA_ERROR_ILLEGAL_INSTRUCTION";
                    case 716 -> "CUDA_ERROR_MISALIGNED_ADDRESS";
                    case 717 -> "CUDA_ERROR_INVALID_ADDRESS_SPACE";
                    case 718 -> "CUDA_ERROR_INVALID_PC";
                    case 719 -> "CUDA_ERROR_LAUNCH_FAILED";
                    case COOPERATIVE_LAUNCH_TOO_LARGE -> "CUDA_ERROR_COOPERATIVE_LAUNCH_TOO_LARGE";
                    case NOT_SUPPORTED -> "CUDA_ERROR_NOT_SUPPORTED";
                    case 802 -> "CUDA_ERROR_SYSTEM_NOT_READY";
                    case 803 -> "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH";
                    case 999 -> "CUDA_ERROR_UNKNOWN";
                    default -> "CUDA error";
                }
                + " (" + code + ")";
    }
}
