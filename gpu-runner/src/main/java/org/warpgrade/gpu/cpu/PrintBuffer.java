package org.warpgrade.gpu.cpu;

/** What the program printed, cut at its budget. */
final class PrintBuffer {

    private final StringBuilder text = new StringBuilder();
    private final int limit;
    private boolean cut;

    PrintBuffer(int limit) {
        this.limit = limit;
    }

    synchronized void append(String printed) {
        int room = limit - text.length();
        if (printed.length() <= room) {
            text.append(printed);
        } else if (!cut) {
            text.append(printed, 0, Math.max(0, room)).append("\n[more output was cut]\n");
            cut = true;
        }
    }

    synchronized String text() {
        return text.toString();
    }
}
