package org.warpgrade.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.compile.Progress;

/** Long transfers: a bar on a terminal, now and then a line in a log. */
final class ConsoleProgress implements Progress {

    private static final int MEGABYTE = 1_000_000;

    private final Terminal terminal;
    private final boolean quiet;
    private @Nullable LongTask transfer;

    ConsoleProgress(Terminal terminal, boolean quiet) {
        this.terminal = terminal;
        this.quiet = quiet;
    }

    @Override
    public synchronized void say(String sentence) {
        if (quiet) {
            return;
        }
        String words = "warpgrade: " + sentence;
        if (transfer == null) {
            terminal.err().println(words);
        } else {
            transfer.say(words);
        }
    }

    @Override
    public synchronized void bytes(String what, long done, long total) {
        LongTask task = transfer;
        if (task == null) {
            LongTask.Unit unit = new LongTask.Unit(" MB", MEGABYTE);
            task = new LongTask(terminal, quiet, what, unit, total, so -> what + ": " + size(so, total));
            transfer = task;
        }
        task.to(done);
        if (total > 0 && done >= total) {
            task.close();
            transfer = null;
        }
    }

    private static String size(long done, long total) {
        return total > 0
                ? String.format(Locale.ROOT, "%d of %d MB", done / MEGABYTE, total / MEGABYTE)
                : String.format(Locale.ROOT, "%d MB", done / MEGABYTE);
    }
}
