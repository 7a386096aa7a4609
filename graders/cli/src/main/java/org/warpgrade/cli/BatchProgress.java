package org.warpgrade.cli;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.batch.BatchListener;
import org.warpgrade.engine.batch.Fault;
import org.warpgrade.engine.batch.Graded;

/**
 * How a batch gets on: a bar on a terminal, elsewhere a line every ten seconds; both with the rate of this run and the time
 * that is left at it.
 */
final class BatchProgress implements BatchListener {

    private final Terminal terminal;
    private final Messages messages;
    private final boolean quiet;
    private long start;
    private int jobs;
    private int before;
    private int done;
    private @Nullable LongTask task;

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
        if (!quiet) {
            terminal.err().println(messages.text("batch.start", all, already));
        }
        LongTask.Unit unit = new LongTask.Unit("", 1);
        task = new LongTask(terminal, quiet, messages.text("batch.bar"), unit, all, so -> words());
        task.to(already);
    }

    @Override
    public synchronized void graded(Graded graded) {
        done++;
        show();
    }

    @Override
    public synchronized void failed(Fault fault) {
        say(messages.text(
                "batch.fault", fault.job().handIn().student().id(), fault.job().assignment(), fault.reason()));
    }

    @Override
    public synchronized void waiting(int others) {
        show();
    }

    /** Says something between two lines about progress. */
    synchronized void say(String line) {
        if (!quiet && task != null) {
            task.say(line);
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
        if (task != null) {
            task.close();
            task = null;
        }
    }

    private void show() {
        if (task != null) {
            task.to(done);
            task.remark(pace());
        }
    }

    private synchronized String words() {
        return messages.text("batch.progress", done, jobs, pace());
    }

    private String pace() {
        double rate = graded() / Math.max(0.001, seconds());
        String left = rate > 0 ? duration((jobs - done) / rate) : "?";
        return messages.text("batch.pace", String.format(Locale.ROOT, "%.1f", rate), left);
    }

    static String duration(double seconds) {
        Duration time = Duration.ofSeconds(Math.round(seconds));
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toSeconds() + " s";
    }
}
