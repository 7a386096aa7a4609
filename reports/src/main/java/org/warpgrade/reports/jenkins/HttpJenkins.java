package org.warpgrade.reports.jenkins;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.warpgrade.reports.jenkins.RemoteBuild.Ended;
import org.warpgrade.reports.jenkins.RemoteBuild.Queued;
import org.warpgrade.reports.jenkins.RemoteBuild.Running;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Jenkins server, from Hudson 1.395 to today's, through its remote API. What a build archived is read by a published client
 * library; {@link LibraryReads} says why everything else goes through the JDK's own client.
 */
public final class HttpJenkins implements Jenkins, AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final Pattern CANCEL_LINK = Pattern.compile("queue/item/(\\d+)/cancelQueue");

    private final URI root;
    private final @Nullable Credentials credentials;
    private final Patience patience;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .cookieHandler(new CookieManager())
            // a redirect could lead credentials to another server, or turn a POST into a GET
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    /** Made when it is needed first, which takes it a second. */
    private @Nullable LibraryReads library;

    private final ReentrantLock writing = new ReentrantLock();
    private @Nullable Crumb crumb;

    /** A crumb is bound to the session whose cookie the client keeps. */
    private record Crumb(String field, String value) {}

    /**
     * @param root the address of the server's front page
     * @param credentials null for a server without security
     * @param pause how long to wait before a read is repeated for the first time; later ones wait longer
     */
    public HttpJenkins(URI root, @Nullable Credentials credentials, Duration pause) {
        this.root = root.toString().endsWith("/") ? root : URI.create(root + "/");
        this.credentials = credentials;
        this.patience = new Patience(pause);
    }

    @Override
    public synchronized void close() {
        client.close();
        if (library != null) {
            library.close();
        }
    }

    private synchronized LibraryReads library() {
        if (library == null) {
            library = new LibraryReads(root, credentials);
        }
        return library;
    }

    @Override
    public JobState job(String job) throws IOException, InterruptedException {
        // Parameters are a property of the job; on old servers, an action.
        JsonNode told = json(path(job)
                + "api/json?tree=buildable,property[parameterDefinitions[name]],actions[parameterDefinitions[name]]");
        Set<String> parameters = new TreeSet<>();
        for (String place : List.of("property", "actions")) {
            for (JsonNode part : told.path(place)) {
                part.path("parameterDefinitions")
                        .forEach(parameter ->
                                parameters.add(parameter.path("name").asString("")));
            }
        }
        return new JobState(told.path("buildable").asBoolean(false), parameters);
    }

    @Override
    public void submit(Order order) throws IOException, InterruptedException {
        post(path(order.job()) + "build?delay=0sec", Multipart.of(order));
    }

    @Override
    public Optional<RemoteBuild> find(String job, String nonce) throws IOException, InterruptedException {
        return list(job).stream().filter(build -> build.nonce().equals(nonce)).findFirst();
    }

    @Override
    public List<RemoteBuild> list(String job) throws IOException, InterruptedException {
        List<RemoteBuild> builds = new ArrayList<>();
        // the queue first: what leaves it meanwhile is then found among the builds
        JsonNode queue =
                json("queue/api/json?tree=items[id,why,task[name,url],params,actions[parameters[name,value]]]");
        JsonNode known =
                json(path(job) + "api/json?tree=builds[number,building,result,actions[parameters[name,value]]]");
        for (JsonNode build : known.path("builds")) {
            String nonce = nonce(build.path("actions"));
            int number = build.path("number").asInt(0);
            builds.add(
                    build.path("building").asBoolean(false)
                            ? new Running(nonce, number)
                            : new Ended(nonce, number, build.path("result").asString("ABORTED")));
        }
        String name = new JobName(job).name();
        for (JsonNode item : queue.path("items")) {
            if (item.path("task").path("name").asString("").equals(name)) {
                builds.add(new Queued(
                        queuedNonce(item),
                        item.path("id").asLong(0),
                        item.path("why").asString("")));
            }
        }
        return builds;
    }

    private static String nonce(JsonNode actions) {
        for (JsonNode action : actions) {
            for (JsonNode parameter : action.path("parameters")) {
                if (parameter.path("name").asString("").equals(NONCE)) {
                    return parameter.path("value").asString("");
                }
            }
        }
        return "";
    }

    /** Old servers tell parameters of waiting builds as one text, a line for each. */
    private static String queuedNonce(JsonNode item) {
        String nonce = nonce(item.path("actions"));
        return !nonce.isEmpty()
                ? nonce
                : item.path("params")
                        .asString("")
                        .lines()
                        .filter(line -> line.startsWith(NONCE + "="))
                        .map(line -> line.substring(NONCE.length() + 1))
                        .findFirst()
                        .orElse("");
    }

    @Override
    public LogPart log(String job, int number, long offset) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get(path(job) + number + "/logText/progressiveText?start=" + offset);
        byte[] bytes = answer.body();
        int whole = wholeCharacters(bytes);
        boolean more =
                answer.headers().firstValue("X-More-Data").orElse("false").equals("true");
        // at its very end a log may stop within a character
        int taken = more ? whole : bytes.length;
        return new LogPart(new String(bytes, 0, taken, StandardCharsets.UTF_8), offset + taken, more);
    }

    /** How many bytes hold whole characters of UTF-8. */
    private static int wholeCharacters(byte[] bytes) {
        for (int back = 1; back <= Math.min(4, bytes.length); back++) {
            int b = bytes[bytes.length - back] & 0xFF;
            if ((b & 0xC0) != 0x80) {
                int length = b < 0x80 ? 1 : b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
                return length > back ? bytes.length - back : bytes.length;
            }
        }
        return bytes.length;
    }

    @Override
    public void cancel(String job, RemoteBuild build) throws IOException, InterruptedException {
        switch (build) {
            case Queued queued when queued.item() > 0 -> post("queue/cancelItem?id=" + queued.item(), Multipart.EMPTY);
            case Queued queued -> {
                OptionalLong item = itemOnPage(queued.nonce());
                if (item.isPresent()) {
                    post("queue/item/" + item.getAsLong() + "/cancelQueue", Multipart.EMPTY);
                }
            }
            case Running running -> post(path(job) + running.number() + "/stop", Multipart.EMPTY);
            case Ended ended -> {
                // nothing to stop
            }
        }
    }

    /**
     * Old servers tell the numbers of waiting builds only to people: in the rows of the queue on their pages, which hold the
     * parameters as a tooltip and a link that cancels. Empty if the build waits no longer.
     */
    private OptionalLong itemOnPage(String nonce) throws IOException, InterruptedException {
        String page = new String(get("ajaxBuildQueue").body(), StandardCharsets.UTF_8);
        for (String row : page.split("<tr>")) {
            Matcher link = CANCEL_LINK.matcher(row);
            if (row.contains("NONCE=&amp;#039;" + nonce + "&amp;#039;") && link.find()) {
                return OptionalLong.of(Long.parseLong(link.group(1)));
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public List<String> artifacts(String job, int number) throws IOException, InterruptedException {
        return patience.read("GET " + path(job) + number, () -> library().artifacts(new JobName(job), number));
    }

    @Override
    public byte[] artifact(String job, int number, String path) throws IOException, InterruptedException {
        return patience.read(
                "GET " + path(job) + number + "/artifact/" + path,
                () -> library().artifact(new JobName(job), number, path));
    }

    @Override
    public void describe(String job, int number, String description) throws IOException, InterruptedException {
        post(
                path(job) + number + "/submitDescription",
                Multipart.form("description=" + URLEncoder.encode(description, StandardCharsets.UTF_8)));
    }

    // ---- requests

    private static String path(String job) {
        return new JobName(job).path();
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        return patience.read("GET " + path, () -> {
            try {
                return JsonMapper.shared().readTree(new String(getOnce(path).body(), StandardCharsets.UTF_8));
            } catch (JacksonException e) {
                // half an answer is as good as none
                throw new IOException("GET " + path + " answered with something that is not JSON", e);
            }
        });
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return patience.read("GET " + path, () -> getOnce(path));
    }

    private HttpResponse<byte[]> getOnce(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send(request(path).GET().build());
        if (answer.statusCode() != OK) {
            throw JenkinsException.refused("GET", path, answer.statusCode());
        }
        return answer;
    }

    /**
     * Sent once; sent again only after a 403, with which the server says that it did nothing but distrust the crumb. One at a
     * time: a crumb is good in its session only, and two that fetch one at once would take each other's session away.
     */
    private void post(String path, Multipart body) throws IOException, InterruptedException {
        int status;
        writing.lockInterruptibly();
        try {
            status = postOnce(path, body);
            if (status == JenkinsException.FORBIDDEN) {
                crumb = null;
                status = postOnce(path, body);
            }
        } finally {
            writing.unlock();
        }
        if (status >= 500) {
            throw new IOException(
                    "Jenkins answers " + status + " to POST " + path + ": whether it was taken is unknown");
        }
        // 201 with a queue item, 200, or the redirect to a page of older servers
        if (status / 100 != 2 && status != 302 && status != 303) {
            throw JenkinsException.refused("POST", path, status);
        }
    }

    private int postOnce(String path, Multipart body) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request(path).header("Content-Type", body.contentType()).POST(BodyPublishers.ofByteArray(body.bytes()));
        Crumb known = crumb();
        if (known != null) {
            try {
                request.header(known.field(), known.value());
            } catch (IllegalArgumentException e) {
                crumb = null;
                throw new IOException("Jenkins issued a crumb that no request can carry: " + e.getMessage(), e);
            }
        }
        return send(request.build()).statusCode();
    }

    private @Nullable Crumb crumb() throws IOException, InterruptedException {
        if (crumb == null) {
            try {
                JsonNode issued = json("crumbIssuer/api/json");
                crumb = new Crumb(
                        issued.path("crumbRequestField").asString(""),
                        issued.path("crumb").asString(""));
            } catch (JenkinsException e) {
                if (e.status() != JenkinsException.NOT_FOUND) {
                    throw e;
                }
            }
        }
        return crumb;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        root.resolve(path.replace("[", "%5B").replace("]", "%5D")))
                .timeout(ANSWER);
        if (credentials != null) {
            request.header("Authorization", credentials.header());
        }
        return request;
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofByteArray());
    }
}
