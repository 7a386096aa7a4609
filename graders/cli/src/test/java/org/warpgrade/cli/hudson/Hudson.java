package org.warpgrade.cli.hudson;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.warpgrade.reports.jenkins.JobDefinition;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server with two agents labelled {@code gpu}, which can be killed and started again. */
final class Hudson implements AutoCloseable {

    static final List<String> AGENTS = List.of("gpu-1", "gpu-2");

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** What the old libraries reach into. */
    private static final List<String> OPENED = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.text=ALL-UNNAMED",
            "--add-opens=java.desktop/java.awt.font=ALL-UNNAMED");

    private final Path folder;
    private final Path webapp;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable Process process;

    /**
     * Lays out a home; nothing runs yet.
     *
     * @param jobs each job's name and the launcher that it calls in place of {@code warpgrade}
     */
    Hudson(Path folder, Map<String, Path> jobs) throws IOException {
        this.folder = folder;
        this.webapp = folder.resolve("webapp");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        unpack(Path.of(System.getProperty("hudson.war")));
        Path home = Files.createDirectories(folder.resolve("home"));
        StringBuilder agents = new StringBuilder();
        for (String agent : AGENTS) {
            String command =
                    String.join(" ", JAVA, "-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dagent=" + agent)
                            + " " + String.join(" ", OPENED) + " -jar " + webapp.resolve("WEB-INF/slave.jar");
            agents.append(resource("agent.xml")
                    .replace("@NAME@", agent)
                    .replace(
                            "@FOLDER@",
                            Files.createDirectories(folder.resolve(agent)).toString())
                    .replace("@COMMAND@", command));
        }
        Files.writeString(home.resolve("config.xml"), resource("config.xml").replace("@AGENTS@", agents));
        for (Map.Entry<String, Path> job : jobs.entrySet()) {
            Path config = Files.createDirectories(home.resolve("jobs").resolve(job.getKey()))
                    .resolve("config.xml");
            Files.writeString(config, new JobDefinition("gpu", job.getValue().toString()).xml());
        }
    }

    URI root() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** Comes back when the server answers and both agents are there. */
    void start() throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(JAVA, "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(OPENED);
        command.addAll(List.of(
                "-Djava.awt.headless=true",
                "-DHUDSON_HOME=" + folder.resolve("home"),
                "-Dhudson.udp=0",
                "-Dhudson.DNSMultiCast.disabled=true",
                "-cp",
                classPath(),
                HudsonMain.class.getName(),
                Integer.toString(port),
                webapp.toString(),
                Files.createDirectories(folder.resolve("scratch")).toString()));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.log").toFile()))
                .start();
        until("the server is up", () -> status("api/json") == 200);
        until("the agents are there", () -> {
            for (JsonNode computer : json("computer/api/json").path("computer")) {
                if (AGENTS.contains(computer.path("displayName").asString(""))
                        && computer.path("offline").asBoolean()) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Jetty and {@link HudsonMain}, nothing else of ours: the server brings a Guava of its own. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> {
                    String name = Path.of(entry).getFileName().toString();
                    return name.startsWith("jetty-") || name.startsWith("javax.servlet") || name.equals("test-classes");
                })
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** As a power cut would; the agents go, because nobody talks to them any more. */
    void kill() throws InterruptedException {
        Process running = Objects.requireNonNull(process);
        List<ProcessHandle> children = running.descendants().toList();
        running.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        children.forEach(ProcessHandle::destroyForcibly);
    }

    /** Kills an agent's JVM. */
    void killAgent(String name) {
        List<ProcessHandle> found = processes(command -> command.contains("-Dagent=" + name + " "));
        found.forEach(ProcessHandle::destroyForcibly);
        if (found.isEmpty()) {
            throw new AssertionError("no process of agent " + name);
        }
    }

    private List<ProcessHandle> processes(Predicate<String> commandLine) {
        return Objects.requireNonNull(process)
                .descendants()
                .filter(handle ->
                        handle.info().commandLine().filter(commandLine).isPresent())
                .toList();
    }

    void reconnect(String agent) throws IOException, InterruptedException {
        JsonNode crumb = json("crumbIssuer/api/json");
        HttpRequest request = HttpRequest.newBuilder(root().resolve("computer/" + agent + "/launchSlaveAgent"))
                .header(
                        crumb.path("crumbRequestField").asString(),
                        crumb.path("crumb").asString())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        client.send(request, HttpResponse.BodyHandlers.discarding());
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(root().resolve(path)).build();
        return JsonMapper.shared()
                .readTree(client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                        .body());
    }

    private int status(String path) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(root().resolve(path))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Something that becomes true. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /** Waits at most three minutes, which a busy machine may need. */
    static void until(String what, Condition condition) throws IOException, InterruptedException {
        Instant end = Instant.now().plusSeconds(180);
        while (!condition.holds()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not after three minutes: " + what);
            }
            Thread.sleep(100);
        }
    }

    private void unpack(Path war) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(war))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = webapp.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Hudson.class.getResourceAsStream("/hudson/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
        client.close();
    }
}
