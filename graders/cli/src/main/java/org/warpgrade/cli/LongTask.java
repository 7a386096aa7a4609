package org.warpgrade.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongFunction;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Work that a person may have to wait for. On a terminal a bar shows from the third second on and is gone afterwards; in a
 * log, where bars are a mess of control characters, a line tells every ten seconds how far it is. Short work prints nothing.
 */
final class LongTask implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final int REDRAW_MILLIS = 200;
    private static final String START_OF_CLEAR_LINE = "\r\u001b[K";

    private final Terminal terminal;
    private final String name;
    private final Unit unit;
    private final long all;
    private final LongFunction<String> line;
    private final @Nullable Thread watch;
    private long done;
    private String extra = "";
    private boolean closed;
    private @Nullable ProgressBar bar;

    /** Leaves an empty line where the bar was, with the cursor at its start. */
    private static final class Wiped extends ConsoleProgressBarConsumer {

        private final PrintStream stream;

        Wiped(PrintStream stream) {
            super(stream);
            this.stream = stream;
        }

        @Override
        public void close() {
            stream.print(START_OF_CLEAR_LINE);
            stream.flush();
        }
    }

    /**
     * What is counted.
     *
     * @param name as it stands behind the numbers of a bar, with its leading blank: {@code " checks"}
     * @param size how many of what is reported make one of it
     */
    record Unit(String name, long size) {}

    /**
     * @param quiet whether nothing is shown
     * @param all where {@link #to} will end; 0 or less if unknown
     * @param line what a log is told when so much is done
     */
    LongTask(Terminal terminal, boolean quiet, String name, Unit unit, long all, LongFunction<String> line) {
        this(terminal, quiet, name, unit, all, line, PATIENCE, BETWEEN_LINES);
    }

    LongTask(
            Terminal terminal,
            boolean quiet,
            String name,
            Unit unit,
            long all,
            LongFunction<String> line,
            Duration patience,
            Duration betweenLines) {
        this.terminal = terminal;
        this.name = name;
        this.unit = unit;
        this.all = all;
        this.line = line;
        this.watch = quiet ? null : Thread.ofVirtual().start(() -> watch(patience, betweenLines));
    }

    private void watch(Duration patience, Duration betweenLines) {
        try {
            if (terminal.interactive()) {
                Thread.sleep(patience);
                draw();
            } else {
                while (true) {
                    Thread.sleep(betweenLines);
                    tell();
                }
            }
        } catch (InterruptedException e) {
            // The work is done.
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void draw() {
        if (!closed) {
            bar = new ProgressBarBuilder()
                    .setTaskName(name)
                    .setInitialMax(Math.max(-1, all == 0 ? -1 : all))
                    .setUnit(unit.name(), unit.size())
                    .setStyle(ProgressBarStyle.builder()
                            .leftBracket("[")
                            .rightBracket("]")
                            .block('=')
                            .rightSideFractionSymbol('>')
                            .build())
                    .hideEta()
                    .continuousUpdate()
                    .setUpdateIntervalMillis(REDRAW_MILLIS)
                    .setConsumer(new Wiped(terminal.err()))
                    .build();
            bar.stepTo(done);
            bar.setExtraMessage(extra);
        }
    }

    private synchronized void tell() {
        if (!closed) {
            terminal.err().println("warpgrade: " + line.apply(done));
        }
    }

    /** So much is done. */
    synchronized void to(long amount) {
        done = amount;
        if (bar != null) {
            bar.stepTo(amount);
        }
    }

    /** Words behind the bar. */
    synchronized void remark(String words) {
        extra = words;
        if (bar != null) {
            bar.setExtraMessage(words);
        }
    }

    /** A line that stays, above the bar. */
    synchronized void say(String words) {
        if (bar != null) {
            terminal.err().print(START_OF_CLEAR_LINE);
        }
        terminal.err().println(words);
    }

    @Override
    public void close() {
        ProgressBar last;
        synchronized (this) {
            closed = true;
            last = bar;
            bar = null;
        }
        if (watch != null) {
            watch.interrupt();
        }
        if (last != null) {
            last.close();
        }
    }
}
