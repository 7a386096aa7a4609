package org.warpgrade.reports.jenkins;

import java.io.IOException;

/** The server answered, and the answer is no. The message names the request without credentials, and the status. */
public final class JenkinsException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;

    JenkinsException(String message, int status) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
