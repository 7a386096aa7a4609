package org.warpgrade.reports.jenkins;

import java.io.IOException;
import org.warpgrade.engine.IntakeException;
import org.warpgrade.engine.batch.JobGrader;
import org.warpgrade.engine.result.GradingResult;

/** Grades the jobs of a class on Jenkins: its queue spreads them over agents, and this process keeps it filled. */
public final class RemoteGrader implements JobGrader {

    /**
     * Builds in the queue or running. Jenkins tells of the newest hundred builds of a job, so more in flight could pass out of
     * sight before they are seen to have ended.
     */
    public static final int MOST_IN_FLIGHT = 50;

    private final RemoteGrading grading;
    private final int inFlight;

    /** @param inFlight how many builds to have in the queue or running, from 1 to {@value #MOST_IN_FLIGHT} */
    public RemoteGrader(RemoteGrading grading, int inFlight) {
        this.grading = grading;
        this.inFlight = inFlight;
    }

    @Override
    public int parallel() {
        return inFlight;
    }

    @Override
    public boolean here() {
        return false;
    }

    @Override
    public GradingResult grade(Order order) throws IntakeException, InterruptedException {
        try {
            return grading.grade(order.file(), order.assignment(), order.seed());
        } catch (IOException e) {
            throw new IntakeException(order.file() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
