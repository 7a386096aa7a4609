package org.warpgrade.reports.jenkins;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.warpgrade.engine.Sha256;
import org.warpgrade.engine.check.HarnessFault;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.ResultJson;
import org.warpgrade.reports.jenkins.Jenkins.Order;
import org.warpgrade.reports.jenkins.RemoteBuild.Ended;
import org.warpgrade.reports.jenkins.RemoteBuild.Queued;
import org.warpgrade.reports.jenkins.RemoteBuild.Running;

/**
 * Grades on Jenkins. The nonce of a grading is a function of what is graded, so whoever asks again, be it this process
 * after a lost connection or another one after a crash, finds the build that is already there instead of making a
 * second one. A build that ended without a result, or that the server forgot, is made again, at most {@value #ATTEMPTS}
 * times.
 */
public final class RemoteGrading {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteGrading.class);

    private static final int ATTEMPTS = 3;

    /** Attempts of earlier runs included. */
    private static final int MOST = 30;

    /** The archived file that counts. */
    private static final String RESULT = "result.json";

    private final Jenkins jenkins;
    private final Settings settings;
    private final Clock clock;

    /**
     * @param job its parameters are {@code NONCE}, {@code ASSIGNMENT}, {@code SEED} and the file {@code SUBMISSION}
     * @param harness which WarpGrade grades there: another one is another grading
     * @param poll time between looks
     * @param forgotten how long a build may be neither in the queue nor among the builds before it is made again
     * @param longest how long one attempt may take, waiting included
     */
    public record Settings(String job, String harness, Duration poll, Duration forgotten, Duration longest) {}

    public RemoteGrading(Jenkins jenkins, Settings settings, Clock clock) {
        this.jenkins = jenkins;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The result, however often the way to it breaks.
     *
     * @throws HarnessFault if no attempt led to a result; never the student's fault
     */
    public GradingResult grade(Path file, String assignment, long seed) throws IOException, InterruptedException {
        byte[] content = Files.readAllBytes(file);
        String reason = "";
        int made = 0;
        for (int attempt = 1; made < ATTEMPTS && attempt <= MOST; attempt++) {
            Order order = order(file, content, assignment, seed, attempt);
            switch (attempt(order)) {
                case Attempt.Graded graded -> {
                    return graded.result();
                }
                case Attempt.Lost lost -> {
                    reason = lost.reason();
                    made += lost.mine() ? 1 : 0;
                    LOG.info("{}: {}", order.nonce(), reason);
                }
            }
        }
        throw new HarnessFault(
                file.getFileName() + " was not graded on Jenkins in " + ATTEMPTS + " attempts: " + reason);
    }

    private sealed interface Attempt {
        record Graded(GradingResult result) implements Attempt {}

        /** @param mine whether this call submitted it, rather than finding what an earlier one had left */
        record Lost(String reason, boolean mine) implements Attempt {}
    }

    private Order order(Path file, byte[] content, String assignment, long seed, int attempt) {
        String subject = String.join("\n", settings.harness(), assignment, Long.toString(seed), Sha256.of(content));
        String nonce = Sha256.of(subject + "\n" + attempt).substring(0, 32);
        Map<String, String> parameters = Map.of("ASSIGNMENT", assignment, "SEED", Long.toString(seed));
        String name = file.getFileName().toString();
        return new Order(settings.job(), nonce, parameters, "SUBMISSION", name, content);
    }

    private Attempt attempt(Order order) throws InterruptedException {
        Instant end = clock.instant().plus(settings.longest());
        Instant seen = clock.instant();
        boolean submitted = false;
        while (clock.instant().isBefore(end)) {
            try {
                Optional<RemoteBuild> build = jenkins.find(order.job(), order.nonce());
                if (build.isEmpty() && !submitted) {
                    submitted = true;
                    seen = clock.instant();
                    jenkins.submit(order);
                } else if (build.isEmpty() && clock.instant().isAfter(seen.plus(settings.forgotten()))) {
                    return new Attempt.Lost("the server has forgotten the build", true);
                } else if (build.isPresent()) {
                    seen = clock.instant();
                    switch (build.get()) {
                        case Queued queued -> LOG.debug("{} waits: {}", order.nonce(), queued.why());
                        case Running running -> LOG.debug("{} is build {}", order.nonce(), running.number());
                        case Ended ended -> {
                            return result(order, ended, submitted);
                        }
                    }
                }
            } catch (JenkinsException e) {
                return new Attempt.Lost(String.valueOf(e.getMessage()), true);
            } catch (IOException e) {
                // Not known whether the server heard us: the next look tells. Time without a connection is no time
                // unseen.
                LOG.info("{}: {}", order.nonce(), e.getMessage());
                seen = clock.instant();
            }
            Thread.sleep(settings.poll());
        }
        stop(order);
        return new Attempt.Lost("no end after " + settings.longest(), true);
    }

    private Attempt result(Order order, Ended ended, boolean mine) throws IOException, InterruptedException {
        List<String> artifacts = jenkins.artifacts(order.job(), ended.number());
        Optional<String> path = artifacts.stream()
                .filter(artifact -> artifact.equals(RESULT) || artifact.endsWith("/" + RESULT))
                .findFirst();
        if (path.isEmpty()) {
            return new Attempt.Lost("build " + ended.number() + " ended as " + ended.result() + " without a result", mine);
        }
        String text = new String(
                jenkins.artifact(order.job(), ended.number(), path.get()), StandardCharsets.UTF_8);
        try {
            GradingResult result = ResultJson.read(text);
            boolean ours = result.submission().sha256().equals(Sha256.of(order.content()));
            return ours
                    ? new Attempt.Graded(result)
                    : new Attempt.Lost("build " + ended.number() + " graded another file", mine);
        } catch (IllegalArgumentException e) {
            return new Attempt.Lost("build " + ended.number() + " archived half a result", mine);
        }
    }

    private void stop(Order order) throws InterruptedException {
        try {
            Optional<RemoteBuild> build = jenkins.find(order.job(), order.nonce());
            if (build.isPresent()) {
                jenkins.cancel(order.job(), build.get());
            }
        } catch (IOException e) {
            LOG.info("{} could not be stopped: {}", order.nonce(), e.getMessage());
        }
    }
}
