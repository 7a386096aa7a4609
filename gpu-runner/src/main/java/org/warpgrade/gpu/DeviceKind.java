package org.warpgrade.gpu;

import java.util.Locale;

/** The kinds of device a program can run on. */
public enum DeviceKind {
    /** PTX on the JVM; always there. */
    CPU,
    /** A real GPU through the CUDA driver. */
    CUDA;

    /** The name on the command line and in {@code result.json}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
