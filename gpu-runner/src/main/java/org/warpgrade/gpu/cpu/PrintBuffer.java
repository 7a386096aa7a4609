package org.warpgrade.gpu.cpu;

/** What the program printed, cut at its budget. */
final class PrintBuffer {

    private final StringBuilder text = new StringBuilder();
    private final int limit;
    private boolean cut;

    PrintBuffer(int limit) {
        this.limit = limit;
    }

    /** Appends what fits; true if this is the first time that something did not. */
    synchronized boolean append(String printed) {
        int room = limit - text.length();
        if (printed.length() <= room) {
            text.append(printed);
            return false;
        }
        boolean first = !cut;
        if (first) {
            text.append(printed, 0, Math.max(0, room)).append("\n[more output was cut]\n");
            cut = true;
        }
        return first;
    }

    synchronized String text() {
        return text.toString();
    }
}
