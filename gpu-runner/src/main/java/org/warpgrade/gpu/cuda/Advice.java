package org.warpgrade.gpu.cuda;

/** What to do about a fault of which a GPU tells little. */
final class Advice {

    static final String CPU_NAMES_THE_LINE = "; run with --device cpu: it names the line and the thread";

    private Advice() {}
}
