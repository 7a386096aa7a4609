package org.warpgrade.reports.serve;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A folder of reports on the loopback interface. Symbolic links, hidden files and whatever lies outside of the folder are
 * not there for it; requests under another host's name are refused, so that no page elsewhere can read the reports.
 */
public final class ReportServer implements AutoCloseable {

    /** What Jenkins sends with archived files and published HTML unless its administrator has changed it. */
    public static final String JENKINS_POLICY =
            "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self';";

    /** {@code http://localhost:PORT} and its other names; the port is compared separately. */
    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final HttpServer server;
    private final ExecutorService threads;

    private ReportServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts to serve.
     *
     * @param folder an existing folder
     * @param port 0 for any free one
     * @throws IOException if the folder cannot be read or the port is taken
     */
    public static ReportServer start(Path folder, int port) throws IOException {
        return start(folder, port, JENKINS_POLICY);
    }

    /** The same under another policy. */
    public static ReportServer start(Path folder, int port, String policy) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        int bound = server.getAddress().getPort();
        server.createContext("/", SimpleFileServer.createFileHandler(folder.toRealPath()))
                .getFilters()
                .addAll(List.of(
                        Filter.beforeHandler("headers of Jenkins", exchange -> {
                            exchange.getResponseHeaders().set("Content-Security-Policy", policy);
                            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
                            exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
                            exchange.getResponseHeaders().set("Cache-Control", "no-store");
                        }),
                        new OwnNameOnly(bound)));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.start();
        return new ReportServer(server, threads);
    }

    /** Where the folder is to be seen, with a slash at the end. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    /** Answers only if the browser thinks that it talks to this machine. */
    private static final class OwnNameOnly extends Filter {

        private final int port;

        OwnNameOnly(int port) {
            this.port = port;
        }

        @Override
        public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
            if (ours(exchange.getRequestHeaders().getFirst("Host"))) {
                chain.doFilter(exchange);
            } else {
                exchange.sendResponseHeaders(403, -1);
                exchange.close();
            }
        }

        private boolean ours(@Nullable String host) {
            if (host == null) {
                return false;
            }
            int colon = host.lastIndexOf(':');
            return colon > 0
                    && OWN_NAMES.contains(host.substring(0, colon))
                    && host.substring(colon + 1).equals(Integer.toString(port));
        }

        @Override
        public String description() {
            return "own name only";
        }
    }
}
