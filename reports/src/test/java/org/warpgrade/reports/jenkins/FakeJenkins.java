package org.warpgrade.reports.jenkins;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers as Jenkins does, newer or older, and misbehaves on request. It lies under a prefix, as behind a proxy, and has one
 * job, {@code class/grade}, with a folder.
 */
final class FakeJenkins implements AutoCloseable {

    static final String JOB = "class/grade";

    private static final String PREFIX = "/ci";

    private static final Pattern NONCE = Pattern.compile("\"name\":\"NONCE\",\"value\":\"([^\"]*)\"");
    private static final Pattern FILE =
            Pattern.compile("(?s)filename=\"[^\"]*\"\r\n[^\r]*\r\n\r\n(.*?)\r\n--warpgrade");

    /** @param result null while it runs */
    record Build(String nonce, String content, String result, Map<String, String> artifacts) {}

    final List<Build> queue = new ArrayList<>();
    final TreeMap<Integer, Build> builds = new TreeMap<>();
    final List<String> posts = new ArrayList<>();
    final List<String> authorizations = new ArrayList<>();
    final Set<Integer> cleared = ConcurrentHashMap.newKeySet();
    /** How often the queue was asked for. */
    int looks;

    String log = "";
    String description = "";

    /** How the answer to a trigger looks: 201 today, 302 on old servers. */
    int accepted = 201;
    /** Requests that are answered with 503 before things go well again. */
    int unavailable;
    /** JSON answers that are cut in the middle. */
    int truncated;
    /** Triggers that are taken, but whose answer is lost. */
    int lostAnswers;

    boolean crumbs = true;
    boolean redirectsElsewhere;
    boolean knowsTheUser = true;
    boolean buildable = true;
    /** Old servers tell no numbers of queue items, except on their pages. */
    boolean tellsItems = true;

    private int session;
    private final HttpServer server;

    FakeJenkins() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(PREFIX + "/", this::handle);
        server.start();
    }

    URI root() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PREFIX + "/");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(PREFIX.length());
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            if (unavailable > 0) {
                unavailable--;
                answer(exchange, 503, "starting");
            } else if (!knowsTheUser) {
                answer(exchange, 401, "");
            } else if (redirectsElsewhere) {
                exchange.getResponseHeaders().add("Location", "http://192.0.2.1/login");
                answer(exchange, 302, "");
            } else if (exchange.getRequestMethod().equals("POST")) {
                post(exchange, path, body);
            } else {
                get(exchange, path);
            }
        }
    }

    private void get(HttpExchange exchange, String path) throws IOException {
        if (path.equals("/crumbIssuer/api/json")) {
            if (!crumbs) {
                answer(exchange, 404, "");
                return;
            }
            session++;
            exchange.getResponseHeaders().add("Set-Cookie", "JSESSIONID=s" + session + "; Path=/; HttpOnly");
            json(exchange, "{\"crumb\":\"c" + session + "\",\"crumbRequestField\":\"Jenkins-Crumb\"}");
        } else if (path.equals("/queue/api/json")) {
            looks++;
            // a pipeline's step that waits for an agent has neither name nor address
            StringBuilder items = new StringBuilder("{\"id\":99,\"actions\":[],\"params\":\"\",\"task\":{}}");
            for (int i = 0; i < queue.size(); i++) {
                items.append(",{")
                        .append(tellsItems ? "\"id\":" + (100 + i) + "," : "")
                        .append(
                                "\"why\":\"Waiting for next available executor on gpu\",\"task\":{\"name\":\"grade\"},\"actions\":[{},")
                        .append(parameters(queue.get(i)))
                        .append("]}");
            }
            json(exchange, "{\"items\":[" + items + "]}");
        } else if (path.equals("/ajaxBuildQueue")) {
            StringBuilder rows = new StringBuilder("<table id=\"buildQueue\">");
            for (int i = 0; i < queue.size(); i++) {
                rows.append("<tr><td tooltip=\"???&lt;br&gt;(StringParameterValue) NONCE=&amp;#039;")
                        .append(queue.get(i).nonce())
                        .append("&amp;#039;\">grade</td><td><a href=\"/queue/item/")
                        .append(100 + i)
                        .append("/cancelQueue\"><img alt=\"cancel this build\" /></a></td></tr>");
            }
            answer(exchange, 200, rows + "</table>");
        } else if (path.equals("/job/class/job/grade/api/json")
                && exchange.getRequestURI().getQuery().contains("buildable")) {
            json(
                    exchange,
                    "{\"actions\":[{}],\"buildable\":" + buildable + ",\"property\":[{},{\"parameterDefinitions\":["
                            + "{\"name\":\"NONCE\"},{\"name\":\"SUBMISSION\"}]}]}");
        } else if (path.equals("/job/class/job/grade/api/json")) {
            StringBuilder list = new StringBuilder();
            builds.descendingMap()
                    .forEach((number, build) -> list.append(list.isEmpty() ? "" : ",")
                            .append("{\"number\":")
                            .append(number)
                            .append(",\"building\":")
                            .append(build.result() == null)
                            .append(",\"result\":")
                            .append(build.result() == null ? "null" : "\"" + build.result() + "\"")
                            .append(",\"actions\":[{},")
                            .append(parameters(build))
                            .append("]}"));
            json(exchange, "{\"builds\":[" + list + "]}");
        } else if (path.matches("/job/class/job/grade/\\d+/api/json")) {
            Build build = build(path);
            if (build == null) {
                answer(exchange, 404, "");
                return;
            }
            StringBuilder list = new StringBuilder();
            build.artifacts()
                    .keySet()
                    .forEach(name -> list.append(list.isEmpty() ? "" : ",")
                            .append("{\"displayPath\":null,\"fileName\":\"")
                            .append(name.substring(name.lastIndexOf('/') + 1))
                            .append("\",\"relativePath\":\"")
                            .append(name)
                            .append("\"}"));
            json(
                    exchange,
                    "{\"_class\":\"hudson.model.FreeStyleBuild\",\"actions\":[{}," + parameters(build)
                            + "],\"artifacts\":[" + list + "],\"building\":" + (build.result() == null)
                            + ",\"description\":null,\"displayName\":\"#1\",\"result\":null,\"number\":1,"
                            + "\"changeSet\":{\"items\":[],\"kind\":null},\"culprits\":[]}");
        } else if (path.contains("/artifact/") && cleared.contains(number(path))) {
            answer(exchange, 404, "");
        } else if (path.contains("/artifact/")) {
            answer(exchange, 200, build(path).artifacts().get(path.substring(path.indexOf("/artifact/") + 10)));
        } else if (path.endsWith("/logText/progressiveText")) {
            int start = Integer.parseInt(exchange.getRequestURI().getQuery().replace("start=", ""));
            byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
            int end = Math.min(bytes.length, start + 5);
            if (end < bytes.length) {
                exchange.getResponseHeaders().add("X-More-Data", "true");
            }
            send(exchange, 200, java.util.Arrays.copyOfRange(bytes, start, end));
        } else {
            answer(exchange, 404, "");
        }
    }

    private void post(HttpExchange exchange, String path, String body) throws IOException {
        String cookie = String.valueOf(exchange.getRequestHeaders().getFirst("Cookie"));
        String crumb = exchange.getRequestHeaders().getFirst("Jenkins-Crumb");
        // today's crumbs are good only in the session that got them
        if (crumbs && !("c" + session).equals(crumb) || crumbs && !cookie.contains("s" + session)) {
            answer(exchange, 403, "No valid crumb was included in the request");
            return;
        }
        posts.add(path);
        if (path.endsWith("/build")) {
            Matcher nonce = NONCE.matcher(body);
            Matcher file = FILE.matcher(body);
            queue.add(new Build(nonce.find() ? nonce.group(1) : "", file.find() ? file.group(1) : "", null, Map.of()));
            if (lostAnswers > 0) {
                lostAnswers--;
                return; // closes the connection without a word
            }
            exchange.getResponseHeaders().add("Location", root() + "queue/item/100/");
            answer(exchange, accepted, "");
        } else if (path.endsWith("/submitDescription")) {
            description = body;
            answer(exchange, 302, "");
        } else if (path.equals("/queue/cancelItem")) {
            queue.remove(Integer.parseInt(exchange.getRequestURI().getQuery().replace("id=", "")) - 100);
            answer(exchange, 302, "");
        } else if (path.endsWith("/cancelQueue")) {
            queue.remove(Integer.parseInt(path.replaceAll("\\D", "")) - 100);
            answer(exchange, 302, "");
        } else if (path.endsWith("/stop")) {
            Build build = build(path);
            builds.replaceAll((n, b) -> b == build ? new Build(b.nonce(), b.content(), "ABORTED", Map.of()) : b);
            answer(exchange, 302, "");
        } else {
            answer(exchange, 404, "");
        }
    }

    synchronized List<String> triggers() {
        return posts.stream().filter(path -> path.endsWith("/build")).toList();
    }

    /** What waits longest begins as the next build. */
    synchronized int begin() {
        int number = builds.isEmpty() ? 1 : builds.lastKey() + 1;
        builds.put(number, queue.removeFirst());
        return number;
    }

    synchronized void end(int number, String result, Map<String, String> artifacts) {
        Build build = builds.get(number);
        builds.put(number, new Build(build.nonce(), build.content(), result, artifacts));
    }

    /** The server is killed and started again: what waited is gone, what ran has no result. */
    synchronized void restart() {
        queue.clear();
        builds.replaceAll((n, b) -> b.result() == null ? new Build(b.nonce(), b.content(), "ABORTED", Map.of()) : b);
        session++;
        unavailable = 3;
    }

    private static int number(String path) {
        Matcher number = Pattern.compile("/grade/(\\d+)/").matcher(path);
        return number.find() ? Integer.parseInt(number.group(1)) : -1;
    }

    private Build build(String path) {
        return builds.get(number(path));
    }

    private static String parameters(Build build) {
        return "{\"parameters\":[{\"name\":\"ASSIGNMENT\",\"value\":\"x\"},{\"name\":\"NONCE\",\"value\":\""
                + build.nonce() + "\"}]}";
    }

    private void json(HttpExchange exchange, String text) throws IOException {
        boolean cut = truncated > 0;
        truncated -= cut ? 1 : 0;
        answer(exchange, 200, cut ? text.substring(0, text.length() / 2) : text);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        send(exchange, status, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
