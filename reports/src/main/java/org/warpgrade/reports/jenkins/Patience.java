package org.warpgrade.reports.jenkins;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Set;

/**
 * Reads again what could not be read: reading changes nothing, and a server that starts anew needs time. Each rest is twice as
 * long as the one before.
 *
 * @param pause the unit of the rests
 */
record Patience(Duration pause) {

    private static final int ATTEMPTS = 5;

    /** The server is starting, or a proxy cannot reach it. */
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    @FunctionalInterface
    interface Reading<T> {

        /**
         * @throws JenkinsException if the server's answer is no
         * @throws IOException if there was no answer, or half of one
         */
        T once() throws IOException, InterruptedException;
    }

    /**
     * @param what is read, for the message when all attempts fail
     * @throws JenkinsException if the server says no and means it
     * @throws IOException if nothing good came of all attempts
     */
    <T> T read(String what, Reading<T> reading) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return reading.once();
            } catch (IOException e) {
                if (e instanceof JenkinsException no && !PASSING.contains(no.status())) {
                    throw e;
                }
                if (attempt == ATTEMPTS) {
                    String why = e instanceof ConnectException ? "nobody listens there" : e.getMessage();
                    throw new IOException(what.replaceFirst("[?].*", "") + " failed " + ATTEMPTS + " times: " + why, e);
                }
            }
            Thread.sleep(pause.multipliedBy(1L << attempt));
        }
    }
}
