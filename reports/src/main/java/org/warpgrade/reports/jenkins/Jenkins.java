package org.warpgrade.reports.jenkins;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is needed of a Jenkins server. A build is known by the nonce that it was submitted with, a parameter named
 * {@value #NONCE} that nobody else uses: queue items and build numbers are gained and lost, for example when the server
 * starts anew.
 *
 * <p>Reading is repeated when the connection fails; writing never is, unless the server has said that it did nothing.
 */
public interface Jenkins {

    String NONCE = "NONCE";

    /**
     * Whether a job takes builds, and with which parameters: to be asked before many are submitted.
     *
     * @throws JenkinsException if there is no such job, or the credentials are not good for it
     */
    JobState job(String job) throws IOException, InterruptedException;

    /**
     * A job.
     *
     * @param buildable false if somebody has switched it off
     * @param parameters the names of those it takes
     */
    record JobState(boolean buildable, Set<String> parameters) {}

    /**
     * Puts a build with a file parameter into the queue.
     *
     * @throws JenkinsException if the server refuses
     * @throws IOException if it is not known whether the build was taken: look for the nonce before submitting again
     */
    void submit(Order order) throws IOException, InterruptedException;

    /**
     * What to build.
     *
     * @param job its name, folders separated by slashes
     * @param nonce by which it is found again
     * @param parameters further parameters
     * @param fileParameter the name of the file parameter
     * @param fileName what the file is called
     * @param content its bytes
     */
    record Order(
            String job,
            String nonce,
            Map<String, String> parameters,
            String fileParameter,
            String fileName,
            byte[] content) {}

    /** Where the build with that nonce is; the newest one if there are several; empty if the server knows none. */
    Optional<RemoteBuild> find(String job, String nonce) throws IOException, InterruptedException;

    /** The builds that the server remembers, newest first, and what waits. */
    List<RemoteBuild> list(String job) throws IOException, InterruptedException;

    /** The log from that byte on. */
    LogPart log(String job, int number, long offset) throws IOException, InterruptedException;

    /**
     * A part of a log.
     *
     * @param text what is new; an unfinished character at its end is left for the next part
     * @param next the byte at which the next part begins
     * @param more whether more may come
     */
    record LogPart(String text, long next, boolean more) {}

    /** Takes it out of the queue, or stops it. A build that has ended stays as it is. */
    void cancel(String job, RemoteBuild build) throws IOException, InterruptedException;

    /** The paths of what the build archived. */
    List<String> artifacts(String job, int number) throws IOException, InterruptedException;

    byte[] artifact(String job, int number, String path) throws IOException, InterruptedException;

    void describe(String job, int number, String description) throws IOException, InterruptedException;
}
