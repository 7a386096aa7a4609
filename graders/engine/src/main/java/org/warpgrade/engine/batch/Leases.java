package org.warpgrade.engine.batch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.SteadyClock;

/**
 * Who works on what, as files that several graders see, on one machine or through a shared folder: each piece of work is
 * leased before it is begun. A lease ends when its holder releases it, when its process has died, or when we have seen nobody
 * renew it for a while, by our own steady clock: machines may disagree about the time of day, and it may jump. Losing one costs
 * time, never a result: results are moved into place whole.
 */
public final class Leases implements AutoCloseable {

    /** Renewed three times as often: a machine may sleep through one of them. */
    static final Duration TERM = Duration.ofSeconds(90);

    /** A file that was in hand when a grader died this often may be what killed it. */
    static final int MOST_DEATHS = 5;

    private final Path folder;
    private final SteadyClock clock;
    private final Holder self;
    private final Map<Path, String> held = new ConcurrentHashMap<>();
    private final Map<Path, Sight> sights = new ConcurrentHashMap<>();
    private final ScheduledExecutorService renewal;

    /** When we first saw another's lease as it is. */
    private record Sight(Lease lease, Duration since) {}

    /** Another grader's process, as its lease tells it. */
    record Holder(String host, long pid, String started, String nonce) {

        /** Its place behind the name, see proc(5). */
        private static final int STARTED = 19;

        static Holder self() {
            ProcessHandle process = ProcessHandle.current();
            return new Holder(
                    hostName(),
                    process.pid(),
                    started(process),
                    UUID.randomUUID().toString());
        }

        /** Whether its process is certainly gone: only its own machine can tell. */
        boolean isDead() {
            return host.equals(hostName())
                    && ProcessHandle.of(pid)
                            .filter(process -> started(process).equals(started))
                            .isEmpty();
        }

        /**
         * What tells a process from a later one of the same number. On Linux in ticks since the machine was started: the JDK makes
         * a time of day of it, which is another one after the clock was set.
         */
        private static String started(ProcessHandle process) {
            try {
                String state = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
                // the name before it is in parentheses and may hold anything
                return state.substring(state.lastIndexOf(')') + 2).split(" ")[STARTED];
            } catch (IOException | IndexOutOfBoundsException e) {
                return process.info().startInstant().map(Instant::toString).orElse("");
            }
        }

        private static String hostName() {
            String name = System.getenv("HOSTNAME");
            if (name != null && !name.isBlank()) {
                return name;
            }
            try {
                return Files.readString(Path.of("/etc/hostname")).strip();
            } catch (IOException e) {
                return "localhost";
            }
        }
    }

    /** What became of the wish to work on something. */
    sealed interface Answer {

        /** It is ours; @param deaths how many graders died with it in hand before */
        record Yours(Path file, int deaths) implements Answer {}

        /** Another grader has it. */
        record Busy() implements Answer {}
    }

    public Leases(Path out) throws IOException {
        this(out, SteadyClock.ofSystem());
    }

    Leases(Path out, SteadyClock clock) throws IOException {
        this.folder = Files.createDirectories(out.toAbsolutePath().resolve(".leases"));
        this.clock = clock;
        this.self = Holder.self();
        this.renewal = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("leases").factory());
        long period = TERM.toMillis() / 3;
        renewal.scheduleAtFixedRate(this::renew, period, period, TimeUnit.MILLISECONDS);
    }

    /** Asks for a piece of work by its name. */
    Answer acquire(String name) throws IOException {
        Path file = folder.resolve(name.replace('/', '-'));
        return exclusively(() -> {
            Optional<Lease> other = read(file);
            if (other.isPresent() && isAlive(file, other.get())) {
                return new Answer.Busy();
            }
            sights.remove(file);
            int deaths = other.map(lease -> lease.deaths() + 1).orElse(0);
            write(file, deaths);
            held.put(file, name);
            return new Answer.Yours(file, deaths);
        });
    }

    /** The work is done, or given up without harm. */
    void release(Answer.Yours lease) throws IOException {
        held.remove(lease.file());
        exclusively(() -> {
            if (read(lease.file())
                    .filter(mine -> mine.holder().nonce().equals(self.nonce()))
                    .isPresent()) {
                Files.deleteIfExists(lease.file());
            }
            return lease;
        });
    }

    /** Nobody is to have the work: the lease stays and with it the count of those who died. */
    void abandon(Answer.Yours lease) {
        held.remove(lease.file());
    }

    /** @param renewed by the holder's own time of day: says that it was renewed, not when */
    private record Lease(Holder holder, int deaths, Instant renewed) {}

    private boolean isAlive(Path file, Lease lease) {
        if (lease.holder().isDead()) {
            return false;
        }
        Sight first = new Sight(lease, clock.now());
        Sight sight = sights.merge(file, first, (known, now) -> known.lease().equals(lease) ? known : now);
        return clock.now().minus(sight.since()).compareTo(TERM) < 0;
    }

    /** A lease that cannot be read was cut short while it was written: its writer is gone. */
    private static Optional<Lease> read(Path file) throws IOException {
        try {
            String[] words = Files.readString(file).strip().split("\t", -1);
            Instant renewed = Files.getLastModifiedTime(file).toInstant();
            return Optional.of(new Lease(
                    new Holder(words[0], Long.parseLong(words[1]), words[2], words[3]),
                    Integer.parseInt(words[4]),
                    renewed));
        } catch (NoSuchFileException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private void write(Path file, int deaths) throws IOException {
        String text = String.join(
                "\t", self.host(), Long.toString(self.pid()), self.started(), self.nonce(), Integer.toString(deaths));
        Path half = file.resolveSibling("." + self.nonce());
        Files.writeString(half, text + "\n");
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void renew() {
        for (Path file : held.keySet()) {
            try {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            } catch (IOException e) {
                continue; // released meanwhile, or the disk is away: then the results are, too
            }
        }
    }

    /** Something to do while nobody else looks at leases. */
    @FunctionalInterface
    private interface Section<T> {
        T run() throws IOException;
    }

    private <T> T exclusively(Section<T> section) throws IOException {
        synchronized (Leases.class) { // a file lock keeps out other processes, not other threads
            Path file = folder.resolve(".lock");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    @Nullable FileLock ignored = channel.lock()) {
                return section.run();
            }
        }
    }

    /** Whether no other grader that lives holds a lease here. */
    boolean alone() throws IOException {
        return exclusively(() -> {
            try (var files = Files.list(folder)) {
                for (Path file : files.filter(f -> !f.getFileName().toString().startsWith("."))
                        .toList()) {
                    if (!held.containsKey(file)
                            && read(file).filter(lease -> isAlive(file, lease)).isPresent()) {
                        return false;
                    }
                }
                return true;
            }
        });
    }

    @Override
    public void close() {
        renewal.shutdownNow();
    }
}
