package org.warpgrade.reports.jenkins;

import org.warpgrade.engine.result.GradingResult.HarnessInfo;

/** What whoever waits for Jenkins would like to know meanwhile. Nothing of it is lost work: each is dealt with. */
public sealed interface RemoteNews {

    /** The server does not answer; it is asked on. */
    record ConnectionLost(String reason) implements RemoteNews {}

    record ConnectionBack() implements RemoteNews {}

    /**
     * Builds wait, and none runs, for longer than a queue takes to hand them out.
     *
     * @param builds how many
     * @param why the server's reason for one of them
     */
    record AllWait(int builds, String why) implements RemoteNews {}

    /**
     * A build came to nothing and is made again.
     *
     * @param file what it graded
     * @param reason how it ended
     */
    record BuildLost(String file, String reason) implements RemoteNews {}

    /**
     * An agent grades with another WarpGrade than the one that asks; told once of each. Its grades count, but two of one class
     * may have been given by different checks.
     *
     * @param theirs version and commit
     * @param ours version and commit
     */
    record OtherWarpGrade(HarnessInfo theirs, HarnessInfo ours) implements RemoteNews {}

    /** Hears them; called by several threads. */
    @FunctionalInterface
    interface Listener {
        void hear(RemoteNews news);
    }
}
