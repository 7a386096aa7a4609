package org.warpgrade.gpu.ptx;

/** The text is not PTX as we know it. Our compiler produced it, so this is never the student's fault. */
public final class PtxSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PtxSyntaxException(int line, String message) {
        super("PTX line " + line + ": " + message);
    }
}
