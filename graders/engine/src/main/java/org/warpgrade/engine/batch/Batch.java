package org.warpgrade.engine.batch;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.warpgrade.engine.IntakeException;
import org.warpgrade.engine.batch.ResultFolders.Report;
import org.warpgrade.engine.check.HarnessFault;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.SubmissionInfo;
import org.warpgrade.engine.result.Verdict;

/**
 * Grades jobs until each has a result or is known to have none. A job that has one is left alone; equal files are graded
 * once, because the same bytes and the same inputs must get the same points; whatever goes wrong with one job stays with it
 * and is tried once more at the end, if it is graded here when nothing else runs.
 */
public final class Batch {

    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

    /** Deep sources make deep recursions of ours; address space is taken as it is used. */
    private static final long STACK_BYTES = 256L << 20;

    private static final long POLL_MILLIS = 300;

    private final ResultFolders results;
    private final Leases leases;
    private final Seeds seeds;
    private final JobGrader grader;
    private final Report report;
    private final BatchListener listener;
    private final Clock clock;

    public Batch(
            ResultFolders results,
            Leases leases,
            Seeds seeds,
            JobGrader grader,
            Report report,
            BatchListener listener,
            Clock clock) {
        this.results = results;
        this.leases = leases;
        this.seeds = seeds;
        this.grader = grader;
        this.report = report;
        this.listener = listener;
        this.clock = clock;
    }

    /** Jobs that one grading answers. */
    private record Work(String name, List<Job> jobs) {}

    /** What became of a piece of work. */
    private sealed interface Ending {

        record Done() implements Ending {}

        /** Another grader has it. */
        record Elsewhere() implements Ending {}

        /** @param again whether another try may end otherwise */
        record Failed(String reason, boolean again) implements Ending {}
    }

    /**
     * Grades what has no result yet.
     *
     * @return the jobs that could not be graded
     * @throws IOException if results cannot be written; what is written already is good
     */
    public List<Fault> run(Collection<Job> jobs) throws IOException, InterruptedException {
        if (leases.alone()) {
            results.sweep();
        }
        List<Work> open = open(jobs);
        int left = open.stream().mapToInt(work -> work.jobs().size()).sum();
        listener.started(jobs.size(), jobs.size() - left);
        Pass first = pass(open, grader.parallel());
        Pass second = pass(first.worthAnotherTry(), grader.here() ? 1 : grader.parallel());
        List<Fault> faults = new ArrayList<>();
        first.forGood()
                .forEach((work, failed) -> work.jobs().forEach(job -> faults.add(new Fault(job, failed.reason()))));
        second.failed.forEach((work, failed) ->
                work.jobs().forEach(job -> faults.add(new Fault(job, failed.reason()))));
        faults.sort(Comparator.comparing((Fault f) -> f.job().handIn().student().id())
                .thenComparing(f -> f.job().assignment()));
        faults.forEach(listener::failed);
        return faults;
    }

    private List<Work> open(Collection<Job> jobs) throws IOException {
        Map<String, List<Job>> byWork = new LinkedHashMap<>();
        for (Job job : jobs) {
            if (results.of(job).isEmpty()) {
                byWork.computeIfAbsent(job.work(), name -> new ArrayList<>()).add(job);
            }
        }
        return byWork.entrySet().stream()
                .map(e -> new Work(e.getKey(), List.copyOf(e.getValue())))
                .toList();
    }

    /** One way through the works with several threads. */
    private Pass pass(List<Work> works, int threads) throws IOException, InterruptedException {
        Pass pass = new Pass(works);
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(threads, works.size()); i++) {
            Thread worker = new Thread(null, pass::workUntilDone, "grader-" + (i + 1), STACK_BYTES);
            worker.setDaemon(true);
            worker.start();
            workers.add(worker);
        }
        try {
            for (Thread worker : workers) {
                worker.join();
            }
        } catch (InterruptedException e) {
            workers.forEach(Thread::interrupt);
            throw e;
        }
        pass.rethrow();
        return pass;
    }

    private final class Pass {

        private final Deque<Work> open;
        private final Deque<Work> elsewhere = new ArrayDeque<>();
        private final Map<Work, Ending.Failed> failed = new LinkedHashMap<>();
        private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();

        Pass(List<Work> works) {
            this.open = new ConcurrentLinkedDeque<>(works);
        }

        /** The body of a worker: what it cannot even write down breaks the whole pass, whatever else stays with its work. */
        void workUntilDone() {
            try {
                for (Work work = next(); work != null && broken.get() == null; work = next()) {
                    note(work, grade(work));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException | RuntimeException | Error e) {
                broken.compareAndSet(null, e);
            }
        }

        private @Nullable Work next() throws InterruptedException {
            Work work = open.poll();
            while (work == null) {
                synchronized (this) {
                    work = elsewhere.poll();
                }
                if (work == null) {
                    return null;
                }
                Thread.sleep(POLL_MILLIS);
            }
            return work;
        }

        private synchronized void note(Work work, Ending ending) {
            switch (ending) {
                case Ending.Done done -> {}
                case Ending.Elsewhere other -> {
                    elsewhere.add(work);
                    listener.waiting(
                            elsewhere.stream().mapToInt(w -> w.jobs().size()).sum());
                }
                case Ending.Failed reason -> failed.put(work, reason);
            }
        }

        List<Work> worthAnotherTry() {
            return failed.entrySet().stream()
                    .filter(entry -> entry.getValue().again())
                    .map(Map.Entry::getKey)
                    .sorted(Comparator.comparing(Work::name))
                    .toList();
        }

        Map<Work, Ending.Failed> forGood() {
            Map<Work, Ending.Failed> rest = new LinkedHashMap<>(failed);
            worthAnotherTry().forEach(rest::remove);
            return rest;
        }

        void rethrow() throws IOException {
            switch (broken.get()) {
                case null -> {}
                case IOException e -> throw e;
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable e -> throw new IllegalStateException(e);
            }
        }
    }

    private Ending grade(Work work) throws IOException, InterruptedException {
        return switch (leases.acquire(leaseName(work))) {
            case Leases.Answer.Busy busy -> new Ending.Elsewhere();
            case Leases.Answer.Yours lease -> {
                if (grader.here() && lease.deaths() >= Leases.MOST_DEATHS) {
                    leases.abandon(lease);
                    yield new Ending.Failed(
                            "the grader died " + lease.deaths() + " times with this file in hand", false);
                }
                try {
                    yield graded(work);
                } finally {
                    leases.release(lease); // also when the batch is stopped: nobody died of this file
                }
            }
        };
    }

    /** Results of another run live elsewhere, so its leases are others, too. */
    private String leaseName(Work work) {
        return results.root().getFileName() + "/" + work.name();
    }

    private Ending graded(Work work) throws IOException, InterruptedException {
        List<Job> missing = new ArrayList<>();
        for (Job job : work.jobs()) {
            Optional<Graded> there = results.of(job).stream().findFirst();
            there.ifPresentOrElse(this::tell, () -> missing.add(job));
        }
        if (missing.isEmpty()) {
            return new Ending.Done();
        }
        Job first = missing.getFirst();
        GradingResult result;
        try {
            long seed = seeds.of(first.assignment());
            result = grader.grade(new JobGrader.Order(first.handIn().file(), first.assignment(), seed));
        } catch (IntakeException | HarnessFault e) {
            return new Ending.Failed(String.valueOf(e.getMessage()), true);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError | AssertionError e) {
            LOG.debug(
                    "grading {} of {} failed",
                    first.assignment(),
                    first.handIn().origin(),
                    e);
            return new Ending.Failed(e.toString(), true);
        }
        if (result.verdict() == Verdict.HARNESS_ERROR) {
            return new Ending.Failed(reason(result), true);
        }
        if (!result.submission().sha256().equals(first.sha256())) {
            return new Ending.Failed("the file changed while it was graded", false);
        }
        for (Job job : missing) {
            GradingResult own = named(result, job.handIn().file().getFileName().toString());
            tell(results.put(job, own, Graded.of(job, own, clock.instant()), report));
        }
        return new Ending.Done();
    }

    private synchronized void tell(Graded graded) {
        listener.graded(graded);
    }

    /** Why a result is a harness error: the check that says so, else the result. */
    private static String reason(GradingResult result) {
        return result.checks().stream()
                .filter(check -> check.status() == CheckStatus.HARNESS_ERROR)
                .map(check -> check.id() + ": " + check.message().en())
                .findFirst()
                .orElse(result.message().en());
    }

    /** The result of an equal file under another name. */
    private static GradingResult named(GradingResult result, String file) {
        SubmissionInfo submission = result.submission();
        return submission.file().equals(file)
                ? result
                : result.withSubmission(new SubmissionInfo(file, submission.sha256(), submission.text()));
    }
}
