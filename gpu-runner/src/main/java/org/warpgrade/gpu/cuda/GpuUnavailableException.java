package org.warpgrade.gpu.cuda;

/** There is no GPU that can be used; the message is one sentence. */
public final class GpuUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public GpuUnavailableException(String message) {
        super(message);
    }
}
