package org.warpgrade.gpu.cuda;

/** A driver call failed for reasons that are not the program's. */
final class DriverFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DriverFailure(String message) {
        super(message);
    }

    /** Throws if the code is not success. */
    static void check(int code, String what) {
        if (code != CuResult.SUCCESS) {
            throw new DriverFailure("the CUDA driver could not " + what + ": " + CuResult.name(code));
        }
    }
}
