package org.warpgrade.reports.jenkins;

/** A job that is there, but on which nothing can be graded; the message says what whoever set it up must change. */
public final class JobUnfitException extends Exception {

    private static final long serialVersionUID = 1L;

    JobUnfitException(String message) {
        super(message);
    }
}
