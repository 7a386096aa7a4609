package org.warpgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LongTaskTests {

    private static final Duration NONE = Duration.ZERO;
    private static final Duration NEVER = Duration.ofHours(1);
    private static final LongTask.Unit CHECKS = new LongTask.Unit(" checks", 1);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Nested
    class OnATerminal {

        @Test
        void a_bar_shows_how_far_it_is_and_goes_when_it_is_done() throws Exception {
            try (LongTask task = task(true, false, NONE, NEVER)) {
                task.to(3);
                waitFor("3/9 checks");
            }
            assertThat(printed()).contains("softmax.cu", "33%", "[=");
            assertThat(printed()).as("the bar is wiped").endsWith("\r\u001b[K");
        }

        @Test
        void what_is_said_meanwhile_has_a_line_of_its_own() throws Exception {
            try (LongTask task = task(true, false, NONE, NEVER)) {
                waitFor("0/9 checks");
                task.say("s1 could not be graded");
            }
            assertThat(printed()).contains("\r\u001b[Ks1 could not be graded\n");
        }

        @Test
        void what_takes_no_two_seconds_shows_nothing() {
            try (LongTask task = new LongTask(terminal(true), false, "softmax.cu", CHECKS, 9, done -> "x")) {
                task.to(9);
            }
            assertThat(printed()).isEmpty();
        }
    }

    @Nested
    class InALog {

        @Test
        void a_line_tells_how_far_it_is_without_control_characters() throws Exception {
            try (LongTask task = task(false, false, NONE, Duration.ofMillis(20))) {
                task.to(3);
                waitFor("warpgrade: 3 of 9\n");
            }
            assertThat(printed()).doesNotContain("\r", "\u001b", "[=");
        }

        @Test
        void nothing_comes_after_the_end() throws Exception {
            task(false, false, NONE, Duration.ofMillis(50)).close();
            Thread.sleep(200);
            assertThat(printed()).isEmpty();
        }
    }

    @Test
    void quiet_is_quiet_on_both() throws Exception {
        try (LongTask bar = task(true, true, NONE, NONE);
                LongTask line = task(false, true, NONE, Duration.ofMillis(1))) {
            bar.to(1);
            line.to(1);
            Thread.sleep(100);
        }
        assertThat(printed()).isEmpty();
    }

    private LongTask task(boolean interactive, boolean quiet, Duration patience, Duration betweenLines) {
        return new LongTask(
                terminal(interactive), quiet, "softmax.cu", CHECKS, 9, done -> done + " of 9", patience, betweenLines);
    }

    private Terminal terminal(boolean interactive) {
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new Terminal(stream, stream, interactive, interactive);
    }

    private void waitFor(String words) throws InterruptedException {
        while (!printed().contains(words)) {
            Thread.sleep(20);
        }
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
