package org.warpgrade.engine.batch;

import org.warpgrade.engine.Grading;
import org.warpgrade.engine.GradingRequest;
import org.warpgrade.engine.IntakeException;
import org.warpgrade.engine.result.GradingResult;

/**
 * Grades in this process, one job a thread: several jobs at once keep all cores busy without any of them waiting for the
 * others' slowest check.
 */
public final class LocalGrader implements JobGrader {

    private final Grading grading;
    private final int parallel;

    /** @param parallel how many jobs at once: a core each on the CPU device, one a GPU on others */
    public LocalGrader(Grading grading, int parallel) {
        this.grading = grading;
        this.parallel = parallel;
    }

    @Override
    public int parallel() {
        return parallel;
    }

    @Override
    public GradingResult grade(Order order) throws IntakeException {
        return grading.run(GradingRequest.of(order.file())
                .forAssignment(order.assignment())
                .withSeed(order.seed())
                .withThreads(1)
                .withoutResources());
    }
}
