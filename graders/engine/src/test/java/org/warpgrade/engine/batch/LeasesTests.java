package org.warpgrade.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.engine.SteadyClock;
import org.warpgrade.engine.batch.Leases.Answer;

class LeasesTests {

    @TempDir
    Path out;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000); // nanoTime may begin anywhere

    private Leases leases() throws Exception {
        return new Leases(out, new SteadyClock(nanos::get));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** The lease of a grader on another machine, whose clock shows what it likes. */
    private Path foreign(String name, Instant renewed) throws Exception {
        try (Leases own = leases()) {
            own.acquire(name);
        }
        Path file = out.resolve(".leases").resolve(name);
        String[] words = Files.readString(file).strip().split("\t", -1);
        Files.writeString(file, String.join("\t", "elsewhere", words[1], words[2], "other", "0\n"));
        Files.setLastModifiedTime(file, FileTime.from(renewed));
        return file;
    }

    @Test
    void a_lease_of_another_machine_lives_as_long_as_it_is_renewed_whatever_the_clocks_show() throws Exception {
        for (String when : new String[] {"1999-12-31T00:00:00Z", "2099-12-31T00:00:00Z"}) {
            Path file = foreign("work", Instant.parse(when));
            try (Leases leases = leases()) {
                for (int i = 1; i < 6; i++) {
                    assertThat(leases.acquire("work")).isInstanceOf(Answer.Busy.class);
                    assertThat(leases.alone()).isFalse();
                    pass(Leases.TERM.minusSeconds(1));
                    // renewed by a clock that goes backwards as well as by one that goes on
                    Files.setLastModifiedTime(
                            file, FileTime.from(Instant.parse(when).minusSeconds(i)));
                }
                assertThat(leases.acquire("work")).isInstanceOf(Answer.Busy.class);
            }
        }
    }

    @Test
    void a_lease_that_nobody_renews_ends() throws Exception {
        foreign("work", Instant.parse("2099-12-31T00:00:00Z"));
        try (Leases leases = leases()) {
            assertThat(leases.acquire("work")).isInstanceOf(Answer.Busy.class);
            pass(Leases.TERM.minusSeconds(1));
            assertThat(leases.acquire("work")).isInstanceOf(Answer.Busy.class);
            pass(Duration.ofSeconds(1));
            assertThat(leases.alone()).isTrue();
            assertThat(leases.acquire("work"))
                    .isInstanceOfSatisfying(
                            Answer.Yours.class,
                            lease -> assertThat(lease.deaths()).isEqualTo(1));
        }
    }

    @Test
    void a_process_is_told_from_a_later_one_of_its_number_without_the_time_of_day() throws Exception {
        try (Leases one = leases();
                Leases other = leases()) {
            one.acquire("work");
            Path file = out.resolve(".leases/work");
            String[] words = Files.readString(file).strip().split("\t", -1);
            if (Files.exists(Path.of("/proc/self/stat"))) {
                assertThat(words[2]).matches("\\d+");
            }
            assertThat(other.acquire("work")).isInstanceOf(Answer.Busy.class);

            words[2] = words[2] + "1";
            Files.writeString(file, String.join("\t", words) + "\n");
            assertThat(other.acquire("work"))
                    .isInstanceOfSatisfying(
                            Answer.Yours.class,
                            lease -> assertThat(lease.deaths()).isEqualTo(1));
        }
    }
}
