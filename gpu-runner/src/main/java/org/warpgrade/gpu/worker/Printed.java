package org.warpgrade.gpu.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a worker prints, read all the time so that it never waits for us. A run's output ends with a mark that its program
 * cannot know.
 */
final class Printed {

    /** Kept while nobody has asked for it; what is beyond is cut, as the run's own limit would. */
    private static final int MOST = 1 << 20;

    private static final long MARK_NANOS = 5_000_000_000L;

    private final StringBuilder text = new StringBuilder();
    private String mark = "";
    private boolean ended;

    Printed(InputStream stream) {
        Thread.ofPlatform().daemon().name("gpu-words").start(() -> read(stream));
    }

    private void read(InputStream stream) {
        byte[] chunk = new byte[8192];
        try (stream) {
            for (int n = stream.read(chunk); n >= 0; n = stream.read(chunk)) {
                add(new String(chunk, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            add(""); // the process has ended
        }
        end();
    }

    private synchronized void add(String part) {
        text.append(part);
        if (text.length() > 2 * MOST) {
            text.delete(MOST, text.length() - mark.length() - 8192);
        }
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    synchronized void expect(String newMark) {
        mark = newMark;
    }

    /** What was printed up to the mark; all there is if it does not come. */
    synchronized String upToMark(int limit) {
        long end = System.nanoTime() + MARK_NANOS;
        try {
            while (text.indexOf(mark) < 0 && !ended && System.nanoTime() - end < 0) {
                wait(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int at = text.indexOf(mark);
        String before = text.substring(0, at < 0 ? text.length() : at);
        text.delete(0, at < 0 ? text.length() : at + mark.length());
        String words = new String(before.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return words.length() <= limit ? words : words.substring(0, limit) + "\n[more output was cut]\n";
    }

    /** The last line, for a message about a process that has ended. */
    synchronized String lastWords() {
        String words = text.toString().strip();
        String line = words.substring(words.lastIndexOf('\n') + 1);
        return line.length() <= 200 ? line : line.substring(0, 200) + " …";
    }
}
