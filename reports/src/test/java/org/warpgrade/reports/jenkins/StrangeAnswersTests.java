package org.warpgrade.reports.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** JSON of another shape than Jenkins writes, found by fuzzing: each was once an exception of our own. */
class StrangeAnswersTests {

    private final Map<String, String> answers = new TreeMap<>();
    private HttpServer server;
    private HttpJenkins jenkins;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String answer = answers.getOrDefault(exchange.getRequestURI().getPath(), "{}");
                byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
        URI root = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        jenkins = new HttpJenkins(root, null, Duration.ZERO);
    }

    @AfterEach
    void stop() {
        jenkins.close();
        server.stop(0);
    }

    @Test
    void a_crumb_without_a_name_is_no_connection() {
        answers.put("/crumbIssuer/api/json", "{\"crumb\":\"c1\",\"crumbRequestField\":\"\"}");

        assertThatThrownBy(() -> jenkins.describe("grade", 7, "done"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Jenkins issued a crumb that no request can carry: ");
    }

    @Test
    void numbers_that_are_none_are_zero() throws Exception {
        answers.put("/queue/api/json", "{\"items\":[{\"id\":18446744073709551616,\"task\":{\"name\":\"grade\"}}]}");
        answers.put("/job/grade/api/json", "{\"builds\":[{\"number\":\"seven\"},{\"number\":{}}]}");

        assertThat(jenkins.list("grade"))
                .containsExactlyInAnyOrder(
                        new RemoteBuild.Ended("", 0, "ABORTED"),
                        new RemoteBuild.Ended("", 0, "ABORTED"),
                        new RemoteBuild.Queued("", 0, ""));
    }
}
