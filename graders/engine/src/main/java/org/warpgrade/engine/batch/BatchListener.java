package org.warpgrade.engine.batch;

/** Hears how a batch gets on; called by several threads, one at a time. */
public interface BatchListener {

    /**
     * The batch begins.
     *
     * @param jobs all jobs
     * @param done those that have a result already
     */
    void started(int jobs, int done);

    /** A job has its result. */
    void graded(Graded graded);

    /** A job could not be graded. */
    void failed(Fault fault);

    /** Jobs are in the hands of another grader, whose results are waited for. */
    void waiting(int jobs);
}
