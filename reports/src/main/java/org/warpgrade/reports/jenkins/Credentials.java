package org.warpgrade.reports.jenkins;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** A user and an API token, from the environment or a file; never part of any text. */
public final class Credentials {

    private static final String USER = "WARPGRADE_JENKINS_USER";
    private static final String TOKEN = "WARPGRADE_JENKINS_TOKEN";
    private static final String TOKEN_FILE = "WARPGRADE_JENKINS_TOKEN_FILE";

    private final String user;
    private final String token;

    public Credentials(String user, String token) {
        this.user = user;
        this.token = token;
    }

    /**
     * {@code WARPGRADE_JENKINS_USER} with {@code WARPGRADE_JENKINS_TOKEN}, or with the content of the file that
     * {@code WARPGRADE_JENKINS_TOKEN_FILE} names; empty if no user is given.
     */
    public static Optional<Credentials> of(Map<String, String> environment) throws IOException {
        String user = environment.getOrDefault(USER, "");
        if (user.isEmpty()) {
            return Optional.empty();
        }
        String file = environment.getOrDefault(TOKEN_FILE, "");
        String token = file.isEmpty()
                ? environment.getOrDefault(TOKEN, "")
                : Files.readString(Path.of(file)).strip();
        return Optional.of(new Credentials(user, token));
    }

    String header() {
        return "Basic " + Base64.getEncoder().encodeToString(pair().getBytes(StandardCharsets.UTF_8));
    }

    /** {@code user:token}, for a request and nothing else. */
    String pair() {
        return user + ":" + token;
    }

    @Override
    public String toString() {
        return "credentials of " + user;
    }
}
