package org.warpgrade.cli;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.runner.CheckListener;

/** How far the checks of one submission are: a student with an endless loop waits for half a minute. */
final class CheckBar implements CheckListener, AutoCloseable {

    private final Terminal terminal;
    private final Messages messages;
    private final boolean quiet;
    private final String file;
    private final AtomicLong ended = new AtomicLong();
    private volatile @Nullable LongTask task;

    CheckBar(Terminal terminal, Messages messages, boolean quiet, String file) {
        this.terminal = terminal;
        this.messages = messages;
        this.quiet = quiet;
        this.file = file;
    }

    @Override
    public void started(int checks) {
        LongTask.Unit unit = new LongTask.Unit(messages.text("grade.unit"), 1);
        task = new LongTask(
                terminal, quiet, file, unit, checks, done -> messages.text("grade.bar", file, done, checks));
    }

    @Override
    public void ended() {
        LongTask running = task;
        if (running != null) {
            running.to(ended.incrementAndGet());
        }
    }

    @Override
    public void close() {
        LongTask running = task;
        if (running != null) {
            running.close();
        }
    }
}
