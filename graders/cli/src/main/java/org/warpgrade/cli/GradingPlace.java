package org.warpgrade.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.Grading;
import org.warpgrade.engine.batch.JobGrader;
import org.warpgrade.engine.batch.LocalGrader;
import org.warpgrade.reports.jenkins.HttpJenkins;
import org.warpgrade.reports.jenkins.RemoteGrader;
import org.warpgrade.reports.jenkins.RemoteGrading;
import org.warpgrade.reports.jenkins.RemoteNews;

/** Where a batch is graded, and what must be closed when it is. */
record GradingPlace(JobGrader grader, Runnable closing) implements AutoCloseable {

    /** Enough to keep a dozen agents busy between two looks. */
    private static final int BUILDS_IN_FLIGHT = 16;

    /** In this process. */
    static GradingPlace here(Grading grading, int parallel) {
        return new GradingPlace(new LocalGrader(grading, parallel), () -> {});
    }

    /** On a server's agents; whether it lets us is asked first. */
    static GradingPlace onJenkins(
            JenkinsServer server, @Nullable Integer jobs, String occasion, RemoteNews.Listener listener)
            throws IOException, InterruptedException {
        server.job();
        HttpJenkins jenkins = server.open();
        try {
            RemoteGrading grading = server.grading(jenkins, occasion, listener);
            server.check(grading);
            return new GradingPlace(new RemoteGrader(grading, jobs == null ? BUILDS_IN_FLIGHT : jobs), jenkins::close);
        } catch (IOException | InterruptedException | RuntimeException e) {
            jenkins.close();
            throw e;
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
