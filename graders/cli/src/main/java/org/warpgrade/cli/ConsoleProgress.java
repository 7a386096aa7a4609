package org.warpgrade.cli;

import java.util.Locale;
import org.warpgrade.gpu.compile.Progress;

/** Long transfers: a bar that redraws itself on a terminal, a line for every tenth in a log. */
final class ConsoleProgress implements Progress {

    private static final int WIDTH = 30;

    private final Terminal terminal;
    private final boolean quiet;
    private long lastTenth = -1;

    ConsoleProgress(Terminal terminal, boolean quiet) {
        this.terminal = terminal;
        this.quiet = quiet;
    }

    @Override
    public void say(String sentence) {
        if (!quiet) {
            terminal.err().println("warpgrade: " + sentence);
        }
    }

    @Override
    public synchronized void bytes(String what, long done, long total) {
        if (quiet) {
            return;
        }
        double part = total > 0 ? Math.min(1, (double) done / total) : 0;
        long tenth = (long) (10 * part);
        if (terminal.interactive()) {
            int filled = (int) (WIDTH * part);
            terminal.err().print("\r" + what + " [" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] "
                    + size(done, total));
            if (total > 0 && done >= total) {
                terminal.err().println();
            }
            terminal.err().flush();
        } else if (tenth != lastTenth) {
            terminal.err().println("warpgrade: " + what + ": " + size(done, total));
        }
        lastTenth = tenth;
    }

    private static String size(long done, long total) {
        return total > 0
                ? String.format(Locale.ROOT, "%d of %d MB", done / 1_000_000, total / 1_000_000)
                : String.format(Locale.ROOT, "%d MB", done / 1_000_000);
    }
}
