package org.warpgrade.reports.jenkins;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.warpgrade.engine.Sha256;
import org.warpgrade.engine.SteadyClock;
import org.warpgrade.engine.check.HarnessFault;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.HarnessInfo;
import org.warpgrade.engine.result.ResultJson;
import org.warpgrade.engine.result.Verdict;
import org.warpgrade.reports.jenkins.Jenkins.Order;
import org.warpgrade.reports.jenkins.RemoteBuild.Ended;

/**
 * Grades on Jenkins. The nonce of a grading is a function of what is graded, so whoever asks again, be it this process
 * after a lost connection or another one after a crash, finds the build that is already there instead of making a
 * second one. A build that ended without a result or without a verdict, or that the server forgot, is made again, at most
 * {@value #ATTEMPTS} times. Used by several threads, which share their looks at the server.
 */
public final class RemoteGrading {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteGrading.class);

    private static final int ATTEMPTS = 3;

    /** Attempts of earlier runs included. */
    private static final int MOST = 30;

    private static final String FILE = "SUBMISSION";

    private static final Set<String> PARAMETERS = Set.of(Jenkins.NONCE, "ASSIGNMENT", "SEED", FILE);

    /** The archived file that counts. */
    private static final String RESULT = "result.json";

    private final Jenkins jenkins;
    private final Settings settings;
    private final SteadyClock clock;
    private final RemoteNews.Listener listener;
    private final Sightings sightings;
    private final Set<HarnessInfo> others = ConcurrentHashMap.newKeySet();

    /**
     * @param job its parameters are {@code NONCE}, {@code ASSIGNMENT}, {@code SEED} and the file {@code SUBMISSION}
     * @param occasion what makes a grading another one although the file is the same: another WarpGrade, another try on purpose
     * @param poll time between looks
     * @param forgotten how long a build may be neither in the queue nor among the builds before it is made again
     * @param longest how long one attempt may take, waiting included
     * @param harness the WarpGrade that asks
     */
    public record Settings(
            String job, String occasion, Duration poll, Duration forgotten, Duration longest, HarnessInfo harness) {}

    public RemoteGrading(Jenkins jenkins, Settings settings, SteadyClock clock, RemoteNews.Listener listener) {
        this.jenkins = jenkins;
        this.settings = settings;
        this.clock = clock;
        this.listener = listener;
        this.sightings = new Sightings(jenkins, settings.job(), settings.poll(), clock, listener);
    }

    /**
     * Asks whether the job can be used, before anything is submitted.
     *
     * @throws JenkinsException if the server says no
     * @throws JobUnfitException if the job is there, but not what we need
     */
    public void check() throws IOException, InterruptedException, JobUnfitException {
        Jenkins.JobState job = jenkins.job(settings.job());
        if (!job.buildable()) {
            throw new JobUnfitException("the job '" + settings.job() + "' is switched off");
        }
        Set<String> missing = new TreeSet<>(PARAMETERS);
        missing.removeAll(job.parameters());
        if (!missing.isEmpty()) {
            throw new JobUnfitException("the job '" + settings.job() + "' has no parameter "
                    + String.join(", ", missing) + ": './warpgrade jenkins job' writes one that has all");
        }
    }

    /**
     * The result, however often the way to it breaks.
     *
     * @throws HarnessFault if no attempt led to a result, or the user may not go on; never the student's fault
     * @throws IOException if the file cannot be read
     */
    public GradingResult grade(Path file, String assignment, long seed) throws IOException, InterruptedException {
        byte[] content = Files.readAllBytes(file);
        String reason = "";
        int made = 0;
        for (int attempt = 1; made < ATTEMPTS && attempt <= MOST; attempt++) {
            Order order = order(file, content, assignment, seed, attempt);
            try {
                switch (attempt(order)) {
                    case Attempt.Graded graded -> {
                        describe(graded.number(), graded.result());
                        compare(graded.result().harness());
                        return graded.result();
                    }
                    case Attempt.Lost lost -> {
                        reason = lost.reason();
                        if (lost.mine()) {
                            made++;
                            listener.hear(new RemoteNews.BuildLost(place(file), reason));
                        }
                    }
                }
            } finally {
                sightings.forget(order.nonce());
            }
        }
        throw new HarnessFault(
                file.getFileName() + " was not graded on Jenkins in " + ATTEMPTS + " attempts: " + reason);
    }

    /** In a class many files have the same name. */
    private static String place(Path file) {
        int names = file.getNameCount();
        return file.subpath(Math.max(0, names - 2), names).toString().replace('\\', '/');
    }

    private sealed interface Attempt {
        record Graded(int number, GradingResult result) implements Attempt {}

        /** @param mine whether this call submitted it, rather than finding what an earlier one had left */
        record Lost(String reason, boolean mine) implements Attempt {}
    }

    private Order order(Path file, byte[] content, String assignment, long seed, int attempt) {
        String subject = String.join("\n", settings.occasion(), assignment, Long.toString(seed), Sha256.of(content));
        String nonce = Sha256.of(subject + "\n" + attempt).substring(0, 32);
        String name = file.getFileName().toString();
        return new Order(settings.job(), nonce, parameters(assignment, seed), FILE, name, content);
    }

    private static Map<String, String> parameters(String assignment, long seed) {
        return Map.of("ASSIGNMENT", assignment, "SEED", Long.toString(seed));
    }

    /**
     * Follows one build from wherever it is to its end. Time without a connection is no time unseen; an answer that says no to
     * what it said yes to before is what a server gives that is not yet all there, so it is asked on for a while.
     */
    private Attempt attempt(Order order) throws InterruptedException {
        Duration end = clock.now().plus(settings.longest());
        Duration seen = clock.now();
        boolean submitted = false;
        while (clock.now().compareTo(end) < 0) {
            try {
                Optional<RemoteBuild> build = sightings.find(order.nonce());
                if (build.isPresent()) {
                    seen = clock.now();
                    if (build.get() instanceof Ended ended) {
                        return ended(order, ended, submitted);
                    }
                } else if (!submitted) {
                    submitted = true;
                    jenkins.submit(order);
                    seen = clock.now(); // it was not forgotten while we were sending it
                } else if (isOver(seen)) {
                    return new Attempt.Lost("the server has forgotten the build", true);
                }
            } catch (JenkinsException e) {
                if (e.isAboutTheUser()) {
                    throw new HarnessFault(String.valueOf(e.getMessage()));
                }
                LOG.debug("{}: {}", order.nonce(), e.getMessage());
                if (isOver(seen)) {
                    return new Attempt.Lost(String.valueOf(e.getMessage()), true);
                }
            } catch (IOException e) {
                // Whether the server heard us is not known: what it took shows up at one of the next looks.
                LOG.debug("{}: {}", order.nonce(), e.getMessage());
                seen = clock.now();
            }
            Thread.sleep(settings.poll());
        }
        stop(order);
        return new Attempt.Lost("no end after " + settings.longest().toMinutes() + " minutes", true);
    }

    private boolean isOver(Duration seen) {
        return clock.now().minus(seen).compareTo(settings.forgotten()) > 0;
    }

    private Attempt ended(Order order, Ended ended, boolean mine) throws IOException, InterruptedException {
        try {
            return result(order, ended, mine);
        } catch (JenkinsException e) {
            if (e.status() == JenkinsException.NOT_FOUND) {
                return new Attempt.Lost("what build " + ended.number() + " archived is gone", mine);
            }
            throw e;
        }
    }

    private Attempt result(Order order, Ended ended, boolean mine) throws IOException, InterruptedException {
        List<String> artifacts = jenkins.artifacts(order.job(), ended.number());
        Optional<String> path = artifacts.stream()
                .filter(artifact -> artifact.equals(RESULT) || artifact.endsWith("/" + RESULT))
                .findFirst();
        if (path.isEmpty()) {
            return new Attempt.Lost(
                    "build " + ended.number() + " ended as " + ended.result() + " without a result", mine);
        }
        String text = new String(jenkins.artifact(order.job(), ended.number(), path.get()), StandardCharsets.UTF_8);
        try {
            GradingResult result = ResultJson.read(text);
            if (!isAnswerTo(order, result)) {
                return new Attempt.Lost("build " + ended.number() + " graded something else", mine);
            }
            return result.verdict() == Verdict.HARNESS_ERROR
                    ? new Attempt.Lost(
                            "build " + ended.number() + " could not grade: "
                                    + result.message().en(),
                            mine)
                    : new Attempt.Graded(ended.number(), result);
        } catch (IllegalArgumentException e) {
            return new Attempt.Lost("build " + ended.number() + " archived half a result", mine);
        }
    }

    private static boolean isAnswerTo(Order order, GradingResult result) {
        return result.submission().sha256().equals(Sha256.of(order.content()))
                && order.parameters().get("ASSIGNMENT").equals(result.assignment())
                && order.parameters().get("SEED").equals(String.valueOf(result.seed()));
    }

    private void compare(HarnessInfo theirs) {
        if (!theirs.equals(settings.harness()) && others.add(theirs)) {
            listener.hear(new RemoteNews.OtherWarpGrade(theirs, settings.harness()));
        }
    }

    /** For those who look at the server; a build without it is as good. */
    private void describe(int number, GradingResult result) throws InterruptedException {
        String words = result.assignment() + ": " + result.score().earned() + " of "
                + result.score().possible() + ", " + result.verdict().id();
        try {
            jenkins.describe(settings.job(), number, words);
        } catch (IOException e) {
            LOG.debug("build {} got no description: {}", number, e.getMessage());
        }
    }

    private void stop(Order order) throws InterruptedException {
        try {
            Optional<RemoteBuild> build = jenkins.find(order.job(), order.nonce());
            if (build.isPresent()) {
                jenkins.cancel(order.job(), build.get());
            }
        } catch (IOException e) {
            LOG.debug("{} could not be stopped: {}", order.nonce(), e.getMessage());
        }
    }
}
