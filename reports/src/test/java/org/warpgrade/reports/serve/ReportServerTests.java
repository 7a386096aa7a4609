package org.warpgrade.reports.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportServerTests {

    @TempDir
    private Path parent;

    private ReportServer server;

    @BeforeEach
    void serve_a_folder() throws IOException {
        Path folder = Files.createDirectories(parent.resolve("reports"));
        Files.writeString(folder.resolve("index.html"), "<!DOCTYPE html><title>t</title>");
        Files.writeString(folder.resolve("report.css"), "body {}");
        Files.writeString(parent.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(folder.resolve("link.txt"), parent.resolve("secret.txt"));
        Files.createSymbolicLink(folder.resolve("up"), parent);
        Files.writeString(folder.resolve(".hidden"), "secret");
        server = ReportServer.start(folder, 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Nested
    class Headers {

        @ParameterizedTest
        @ValueSource(strings = {"/", "/index.html", "/report.css", "/nothing-here"})
        void every_answer_has_the_policy_of_jenkins(String path) throws IOException {
            assertThat(get(path))
                    .contains("Content-security-policy: sandbox allow-same-origin; default-src 'none'; img-src 'self';"
                            + " style-src 'self';\n")
                    .contains("X-content-type-options: nosniff\n");
        }

        @Test
        void pages_and_style_sheets_have_their_types() throws IOException {
            assertThat(get("/")).startsWith("HTTP/1.1 200").contains("Content-type: text/html");
            assertThat(get("/report.css")).startsWith("HTTP/1.1 200").contains("Content-type: text/css");
        }
    }

    @Nested
    class Refusals {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/../secret.txt",
                    "/%2e%2e/secret.txt",
                    "/..%2fsecret.txt",
                    "/up/secret.txt",
                    "/link.txt",
                    "/.hidden",
                    "//secret.txt",
                    "/%5c..%5csecret.txt",
                    "/index.html%00.txt"
                })
        void nothing_outside_of_the_folder_is_told(String path) throws IOException {
            assertThat(get(path)).doesNotStartWith("HTTP/1.1 200").doesNotContain("secret\n");
        }

        @ParameterizedTest
        @ValueSource(strings = {"evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1", ""})
        void another_hosts_name_is_refused(String host) throws IOException {
            assertThat(get("/index.html", host)).startsWith("HTTP/1.1 403");
        }

        @Test
        void the_own_name_is_not() throws IOException {
            int port = server.address().getPort();

            assertThat(get("/index.html", "localhost:" + port)).startsWith("HTTP/1.1 200");
        }

        @Test
        void only_this_machine_is_listened_to() {
            assertThat(server.address().getHost()).isEqualTo("127.0.0.1");
        }
    }

    private String get(String path) throws IOException {
        return get(path, "127.0.0.1:" + server.address().getPort());
    }

    /** By hand, because a client library would tidy the path. */
    private String get(String path, String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                reader.lines().forEach(line -> answer.append(line).append('\n'));
            }
            return answer.toString();
        }
    }
}
