package org.warpgrade.reports.jenkins;

import com.cdancy.jenkins.rest.JenkinsApi;
import com.cdancy.jenkins.rest.JenkinsAuthentication;
import com.cdancy.jenkins.rest.JenkinsClient;
import com.cdancy.jenkins.rest.domain.job.Artifact;
import com.cdancy.jenkins.rest.domain.job.BuildInfo;
import com.cdancy.jenkins.rest.exception.ForbiddenException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jclouds.http.HttpResponseException;
import org.jclouds.rest.AuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * What the client library jenkins-rest 1.0.2 reads for us: what a build archived. Tried against Hudson 1.395 and the shapes of
 * today's servers, that is what it does well; the other operations stay with the JDK's client in {@link HttpJenkins}:
 *
 * <ul>
 *   <li>submit: it has no file parameters, and the JDK's old connection under it sends a POST again by itself when a kept
 *       connection has died;
 *   <li>cancel, stop: Jenkins answers with a redirect, which the library either reports as a failure or follows with the POST
 *       and the credentials; it knows crumbs only under their present name, which older servers do not use; descriptions of
 *       builds it lacks;
 *   <li>queue: one item without an address, such as a pipeline's step that waits for an agent, makes the whole queue
 *       unreadable;
 *   <li>builds: it asks for each build by itself, a hundred questions instead of one;
 *   <li>log: it decodes parts on their own, which breaks characters at their seams.
 * </ul>
 *
 * Its own retries are off: {@link Patience} knows which answers are worth another question.
 */
final class LibraryReads implements AutoCloseable {

    /**
     * The library's loggers and those of the JDK's connection under it: they write failures to standard error and, at their finest
     * levels, credentials. Held here, because a logger that nobody holds forgets its level.
     */
    private static final List<Logger> SILENT = List.of(
            Logger.getLogger("org.jclouds"),
            Logger.getLogger("jclouds"),
            Logger.getLogger("sun.net.www.protocol.http"));

    static {
        SILENT.forEach(logger -> logger.setLevel(Level.OFF));
        // Guice otherwise writes classes through sun.misc.Unsafe, about which the JVM complains on standard error.
        System.setProperty("guice_bytecode_gen_option", "DISABLED");
    }

    private static final int OK = 200;

    private final JenkinsClient client;

    /** @param credentials null for a server without security */
    LibraryReads(URI root, @Nullable Credentials credentials) {
        JenkinsAuthentication.Builder authentication = JenkinsAuthentication.builder();
        if (credentials != null) {
            authentication.apiToken(credentials.pair());
        }
        Properties settings = new Properties();
        settings.setProperty("jclouds.max-retries", "0");
        // a redirect could lead credentials to another server
        settings.setProperty("jclouds.max-redirects", "0");
        settings.setProperty("jclouds.connection-timeout", "10000");
        settings.setProperty("jclouds.so-timeout", "60000");
        client = new JenkinsClient(root.toString().replaceFirst("/$", ""), authentication.build(), settings, List.of());
    }

    /** The paths of what the build archived. */
    List<String> artifacts(JobName job, int number) throws IOException {
        String what = job.path() + number;
        BuildInfo build = read(what, api -> api.jobsApi().buildInfo(job.folders(), job.name(), number));
        return build.artifacts().stream().map(Artifact::relativePath).toList();
    }

    byte[] artifact(JobName job, int number, String path) throws IOException {
        String what = job.path() + number + "/artifact/" + path;
        try (InputStream content = read(what, api -> api.jobsApi().artifact(job.folders(), job.name(), number, path))) {
            return content.readAllBytes();
        }
    }

    private interface Question<T> {
        /** Null where the server knows no such thing. */
        @Nullable
        T ask(JenkinsApi api);
    }

    /** Turns every way in which the library says no into our own, in words without its requests. */
    private <T> T read(String what, Question<T> question) throws IOException {
        try {
            T answer = question.ask(client.api());
            if (answer == null) {
                throw JenkinsException.refused("GET", what, JenkinsException.NOT_FOUND);
            }
            return answer;
        } catch (ForbiddenException e) {
            throw JenkinsException.refused("GET", what, JenkinsException.FORBIDDEN);
        } catch (AuthorizationException e) {
            throw JenkinsException.refused("GET", what, JenkinsException.UNAUTHORIZED);
        } catch (HttpResponseException e) {
            if (e.getResponse() == null || e.getResponse().getStatusCode() == OK) {
                throw new IOException("GET " + what + " got no answer, or half of one", e);
            }
            throw JenkinsException.refused("GET", what, e.getResponse().getStatusCode());
        } catch (RuntimeException e) {
            // The library wraps what it meets in several ways; in none of them has the server said no.
            throw new IOException("GET " + what + " failed in the client library", e);
        }
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
