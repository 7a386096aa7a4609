package org.warpgrade.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.warpgrade.engine.Grading;
import org.warpgrade.engine.SteadyClock;
import org.warpgrade.engine.check.HarnessFault;
import org.warpgrade.reports.jenkins.HttpJenkins;
import org.warpgrade.reports.jenkins.RemoteBuild;
import org.warpgrade.reports.jenkins.RemoteGrading;

/**
 * A server that answers with what it is told: a mutant holds the answers to six questions, each with its status and perhaps a
 * header in the first line. Whatever they are, a grading ends as a result or as a fault of nobody's in class.
 */
final class JenkinsTarget implements Fuzzing.Target, AutoCloseable {

    static final String BETWEEN = "\n====\n";

    private static final String JOB = "class/grade";
    private static final Pattern NONCE = Pattern.compile("\\p{XDigit}{32}");
    private static final RemoteGrading.Settings SETTINGS = new RemoteGrading.Settings(
            JOB, "fuzz", Duration.ZERO, Duration.ofSeconds(3), Duration.ofSeconds(8), Grading.harness());

    private static final int MUTANTS_OF_A_CLIENT = 50;

    private final HttpServer server;
    private final Path submission;
    private volatile List<String> answers = List.of();
    private volatile String nonce = "";
    private HttpJenkins jenkins;
    private int taken;

    JenkinsTarget(Path submission) throws IOException {
        this.submission = submission;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        this.jenkins = new HttpJenkins(root(), null, Duration.ZERO);
    }

    private URI root() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        jenkins.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Matcher told = NONCE.matcher(body);
            if (told.find()) {
                nonce = told.group();
            }
            int question = path.startsWith("/crumbIssuer")
                    ? 0
                    : path.startsWith("/queue")
                            ? 1
                            : path.endsWith("/grade/api/json")
                                    ? 2
                                    : path.endsWith("/api/json") ? 3 : path.contains("/artifact/") ? 4 : 5;
            String answer = question < answers.size() ? answers.get(question) : "";
            String[] parts = answer.split("\n", 2);
            String[] head = parts[0].split(" ", 3);
            if (head.length == 3) {
                exchange.getResponseHeaders()
                        .add(head[1].replaceAll("[^\\w-]", "X") + "X", head[2].replaceAll("[^ -~]", "X"));
                exchange.getResponseHeaders().add("X-More-Data", head[2].replaceAll("[^ -~]", "X"));
            }
            byte[] bytes =
                    (parts.length < 2 ? "" : parts[1]).replace("@NONCE@", nonce).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status(head[0]), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** One that a server can send with a body. */
    private static int status(String text) {
        try {
            int status = Integer.parseInt(text);
            return status >= 200 && status < 600 && status != 204 && status != 304 ? status : 500;
        } catch (NumberFormatException e) {
            return 200;
        }
    }

    @Override
    public String take(String mutant) throws Exception {
        answers = List.of(mutant.split(BETWEEN));
        nonce = "";
        Set<String> told = new TreeSet<>();
        // a client of its own for each costs more than all the answers
        if (taken++ % MUTANTS_OF_A_CLIENT == 0) {
            jenkins.close();
            jenkins = new HttpJenkins(root(), null, Duration.ZERO);
        }
        try {
            told.add("graded "
                    + new RemoteGrading(jenkins, SETTINGS, hasty(), news -> {})
                            .grade(submission, "cuda-saxpy", 1)
                            .verdict());
        } catch (HarnessFault | IOException e) {
            told.add(words(e));
        }
        try {
            List<RemoteBuild> builds = jenkins.list(JOB);
            told.add(builds.size() + " builds");
            for (RemoteBuild build : builds) {
                jenkins.cancel(JOB, build);
            }
            told.add(jenkins.artifacts(JOB, 7).size() + " files");
            told.add("more to come: " + jenkins.log(JOB, 7, 0).more());
            jenkins.describe(JOB, 7, "done");
        } catch (IOException e) {
            told.add(words(e));
        }
        return String.join(" / ", told);
    }

    /** A second passes whenever somebody asks, so that nobody has to wait for a server that never answers. */
    private static SteadyClock hasty() {
        AtomicLong seconds = new AtomicLong();
        return new SteadyClock(() -> TimeUnit.SECONDS.toNanos(seconds.incrementAndGet()));
    }

    private static String words(Exception e) {
        assertThat(e.getMessage()).isNotBlank();
        return e.getMessage();
    }
}
