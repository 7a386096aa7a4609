package org.warpgrade.gpu.host;

/** The runtime's error codes that host code can meet here (CUDA Runtime API, {@code cudaError}). */
public enum CudaError {
    SUCCESS(0, "cudaSuccess", "no error"),
    INVALID_VALUE(1, "cudaErrorInvalidValue", "invalid argument"),
    MEMORY_ALLOCATION(2, "cudaErrorMemoryAllocation", "out of memory"),
    INVALID_CONFIGURATION(9, "cudaErrorInvalidConfiguration", "invalid configuration argument"),
    INVALID_PITCH(12, "cudaErrorInvalidPitchValue", "invalid pitch argument"),
    INVALID_MEMCPY_DIRECTION(21, "cudaErrorInvalidMemcpyDirection", "invalid copy direction for memcpy"),
    INVALID_DEVICE_FUNCTION(98, "cudaErrorInvalidDeviceFunction", "invalid device function"),
    INVALID_DEVICE(101, "cudaErrorInvalidDevice", "invalid device ordinal"),
    INVALID_RESOURCE_HANDLE(400, "cudaErrorInvalidResourceHandle", "invalid resource handle"),
    LAUNCH_OUT_OF_RESOURCES(701, "cudaErrorLaunchOutOfResources", "too many resources requested for launch");

    private final int code;
    private final String symbol;
    private final String words;

    CudaError(int code, String symbol, String words) {
        this.code = code;
        this.symbol = symbol;
        this.words = words;
    }

    public int code() {
        return code;
    }

    public static String symbolOf(int code) {
        for (CudaError error : values()) {
            if (error.code == code) {
                return error.symbol;
            }
        }
        return "cudaErrorUnknown";
    }

    public static String wordsOf(int code) {
        for (CudaError error : values()) {
            if (error.code == code) {
                return error.words;
            }
        }
        return "unknown error";
    }
}
