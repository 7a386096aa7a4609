package org.warpgrade.reports.jenkins;

import java.io.IOException;

/** The server answered, and the answer is no. The message names the request without credentials, and the status. */
public final class JenkinsException extends IOException {

    private static final long serialVersionUID = 1L;

    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;

    private final int status;

    private JenkinsException(String message, int status) {
        super(message);
        this.status = status;
    }

    static JenkinsException refused(String method, String path, int status) {
        String meaning = switch (status) {
            case UNAUTHORIZED -> ": the credentials are wrong";
            case FORBIDDEN -> ": the user may not do this";
            case NOT_FOUND -> ": there is no such thing, or the user may not see it";
            default -> "";
        };
        String what = path.replaceFirst("[?].*", "");
        return new JenkinsException("Jenkins answers " + status + " to " + method + " " + what + meaning, status);
    }

    /** Whether other credentials would be answered otherwise, so that asking on helps nothing. */
    boolean isAboutTheUser() {
        return status == UNAUTHORIZED || status == FORBIDDEN;
    }

    /** Of HTTP. */
    public int status() {
        return status;
    }
}
