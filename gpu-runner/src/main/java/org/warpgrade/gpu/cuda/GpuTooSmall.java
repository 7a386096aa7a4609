package org.warpgrade.gpu.cuda;

/** The launch is a legal one, but this GPU cannot hold it; never the student's fault. */
final class GpuTooSmall extends RuntimeException {

    private static final long serialVersionUID = 1L;

    GpuTooSmall(String message) {
        super(message);
    }
}
