package org.warpgrade.reports.jenkins;

/** A build on a server, wherever it has come to. */
public sealed interface RemoteBuild {

    /** The nonce that it was submitted with; empty if it has none. */
    String nonce();

    /**
     * Waiting.
     *
     * @param item the number of the queue item; 0 where the server tells none
     * @param why the server's reason, for people
     */
    record Queued(String nonce, long item, String why) implements RemoteBuild {}

    record Running(String nonce, int number) implements RemoteBuild {}

    /** @param result {@code SUCCESS}, {@code UNSTABLE}, {@code FAILURE}, {@code ABORTED} or {@code NOT_BUILT} */
    record Ended(String nonce, int number, String result) implements RemoteBuild {}
}
