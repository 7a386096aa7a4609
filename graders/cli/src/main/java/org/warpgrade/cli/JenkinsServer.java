package org.warpgrade.cli;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.Grading;
import org.warpgrade.engine.SteadyClock;
import org.warpgrade.reports.jenkins.Credentials;
import org.warpgrade.reports.jenkins.HttpJenkins;
import org.warpgrade.reports.jenkins.JenkinsException;
import org.warpgrade.reports.jenkins.JobUnfitException;
import org.warpgrade.reports.jenkins.RemoteGrading;
import org.warpgrade.reports.jenkins.RemoteNews;
import picocli.CommandLine.Option;

/** Which Jenkins server and job, and how patiently. The credentials come from the environment or a file. */
final class JenkinsServer {

    /** A server that starts anew is asked five times, after 1, 2, 4 and 8 seconds. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final Duration POLL = Duration.ofSeconds(3);

    /** A build that leaves the queue is among the builds within seconds; one made twice costs nothing but time. */
    private static final Duration FORGOTTEN = Duration.ofSeconds(30);

    @Option(names = "--url", paramLabel = "URL", description = "The Jenkins server's front page.")
    @Nullable
    URI url;

    @Option(names = "--job", paramLabel = "NAME", description = "The job on it; folders separated by '/'.")
    @Nullable
    String job;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "60",
            description = "On Jenkins: most minutes for one build, waiting included.")
    int minutes;

    boolean isNamed() {
        return url != null || job != null;
    }

    URI url() {
        if (url == null) {
            throw new UsageException("--url is needed: the Jenkins server's front page.");
        }
        String scheme = String.valueOf(url.getScheme());
        if (!scheme.equals("http") && !scheme.equals("https") || url.getHost() == null) {
            throw new UsageException("--url takes an address that begins with http:// or https://.");
        }
        return url;
    }

    String job() {
        if (job == null || job.isBlank()) {
            throw new UsageException("--job is needed: the name of the job on the Jenkins server.");
        }
        return job;
    }

    HttpJenkins open() throws IOException {
        return new HttpJenkins(url(), Credentials.of(System.getenv()).orElse(null), PAUSE);
    }

    /** @param occasion see {@link RemoteGrading.Settings} */
    RemoteGrading grading(HttpJenkins jenkins, String occasion, RemoteNews.Listener listener) {
        return new RemoteGrading(
                jenkins,
                new RemoteGrading.Settings(
                        job(), occasion, POLL, FORGOTTEN, Duration.ofMinutes(minutes), Grading.harness()),
                SteadyClock.ofSystem(),
                listener);
    }

    /** Tells what is wrong with server, credentials or job once, before it is told of each submission. */
    void check(RemoteGrading grading) throws IOException, InterruptedException {
        try {
            grading.check();
        } catch (JobUnfitException | JenkinsException e) {
            throw new UsageException("cannot grade on " + url() + ": " + e.getMessage());
        } catch (IOException e) {
            throw new IOException("no connection to " + url() + ": " + e.getMessage(), e);
        }
    }
}
