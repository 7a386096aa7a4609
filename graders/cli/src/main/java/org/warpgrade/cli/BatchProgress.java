package org.warpgrade.cli;

import java.time.Duration;
import java.util.Locale;
import org.warpgrade.engine.batch.BatchListener;
import org.warpgrade.engine.batch.Fault;
import org.warpgrade.engine.batch.Graded;

/**
 * How a batch gets on: on a terminal a line that redraws itself, elsewhere a line every ten seconds; both with the rate of
 * this run and the time that is left at it.
 */
final class BatchProgress implements BatchListener {

    private static final int WIDTH = 28;
    private static final long REDRAW_NANOS = 200_000_000L;
    private static final long LINE_NANOS = 10_000_000_000L;

    private final Terminal terminal;
    private final Messages messages;
    private final boolean quiet;
    private long start;
    private long lastShown;
    private int jobs;
    private int before;
    private int done;
    private boolean drawn;

    BatchProgress(Terminal terminal, Messages messages, boolean quiet) {
        this.terminal = terminal;
        this.messages = messages;
        this.quiet = quiet;
    }

    @Override
    public synchronized void started(int all, int already) {
        jobs = all;
        before = already;
        done = already;
        start = System.nanoTime();
        lastShown = start;
        if (!quiet) {
            terminal.err().println(messages.text("batch.start", all, already));
        }
    }

    @Override
    public synchronized void graded(Graded graded) {
        done++;
        show(false);
    }

    @Override
    public synchronized void failed(Fault fault) {
        clear();
        if (!quiet) {
            terminal.err().println(messages.text(
                    "batch.fault", fault.job().handIn().student().id(), fault.job().assignment(), fault.reason()));
        }
    }

    @Override
    public synchronized void waiting(int others) {
        show(false);
    }

    /** Says something between two lines about progress. */
    synchronized void interrupted(Runnable saying) {
        clear();
        if (!quiet) {
            saying.run();
        }
    }

    /** Jobs that have a result from this run. */
    synchronized int graded() {
        return done - before;
    }

    /** Since the first job was begun, in seconds. */
    synchronized double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    synchronized void finish() {
        if (drawn) {
            show(true);
            terminal.err().println();
        }
        drawn = false;
    }

    private void show(boolean last) {
        long now = System.nanoTime();
        long wait = terminal.interactive() ? REDRAW_NANOS : LINE_NANOS;
        if (quiet || !last && now - lastShown < wait) {
            return;
        }
        lastShown = now;
        double rate = graded() / Math.max(0.001, seconds());
        String left = rate > 0 ? duration((jobs - done) / rate) : "?";
        String words = messages.text("batch.progress", done, jobs, String.format(Locale.ROOT, "%.1f", rate), left);
        if (terminal.interactive()) {
            int filled = jobs == 0 ? WIDTH : (int) ((long) WIDTH * done / jobs);
            terminal.err().print("\r[" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + words + "   ");
            terminal.err().flush();
            drawn = true;
        } else {
            terminal.err().println("warpgrade: " + words);
        }
    }

    private void clear() {
        if (drawn) {
            terminal.err().print("\r" + " ".repeat(WIDTH + 60) + "\r");
            drawn = false;
        }
    }

    static String duration(double seconds) {
        Duration time = Duration.ofSeconds(Math.round(seconds));
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min " + time.toSecondsPart() + " s" : time.toSeconds() + " s";
    }
}
