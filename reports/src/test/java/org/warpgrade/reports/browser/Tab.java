package org.warpgrade.reports.browser;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One page after the other, with everything that the browser complains of. */
final class Tab {

    private final Chromium chromium;
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    private final SynchronousQueue<Boolean> loaded = new SynchronousQueue<>();

    Tab(Chromium chromium) {
        this.chromium = chromium;
        chromium.listen(this::event);
        for (String domain : List.of("Page", "Log", "Runtime", "Network", "Audits")) {
            chromium.send(domain + ".enable");
        }
        // A picture of more than the window has none; with them, what was measured before would stand elsewhere in it.
        chromium.send("Emulation.setScrollbarsHidden", object().put("hidden", true));
        size(1100, 900);
    }

    /** Width and height of the window in CSS pixels. */
    void size(int width, int height) {
        chromium.send(
                "Emulation.setDeviceMetricsOverride",
                object().put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", false));
    }

    /** {@code print} or an empty text, and {@code dark} or {@code light}. */
    void media(String media, String scheme) {
        ObjectNode parameters = object().put("media", media);
        parameters
                .putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", scheme);
        chromium.send("Emulation.setEmulatedMedia", parameters);
    }

    /** Whether pages may do what their policy forbids: only to run a checker in them. */
    void ignorePolicy(boolean ignore) {
        chromium.send("Page.setBypassCSP", object().put("enabled", ignore));
    }

    /** Opens the page and waits until it and everything that it refers to is there. */
    void open(URI page) throws InterruptedException {
        complaints.clear();
        chromium.send("Page.navigate", object().put("url", page.toString()));
        if (loaded.poll(60, TimeUnit.SECONDS) == null) {
            throw new IllegalStateException(page + " did not load");
        }
    }

    /** What was blocked, not found, or written to the console since the page was opened. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** The value of an expression, awaited if it is a promise. */
    JsonNode evaluate(String expression) {
        JsonNode answer = chromium.send(
                "Runtime.evaluate",
                object().put("expression", expression)
                        .put("returnByValue", true)
                        .put("awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(answer.path("exceptionDetails").toString());
        }
        return answer.path("result").path("value");
    }

    /** A picture of a part of the page, in CSS pixels from its top left corner. */
    BufferedImage picture(double x, double y, double width, double height) throws IOException {
        ObjectNode parameters = object().put("format", "png").put("captureBeyondViewport", true);
        parameters
                .putObject("clip")
                .put("x", x)
                .put("y", y)
                .put("width", width)
                .put("height", height)
                .put("scale", 1);
        byte[] png = Base64.getDecoder()
                .decode(chromium.send("Page.captureScreenshot", parameters)
                        .path("data")
                        .asString());
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private void event(JsonNode event) {
        JsonNode parameters = event.path("params");
        switch (event.path("method").asString()) {
            case "Page.loadEventFired" -> offer();
            case "Log.entryAdded" ->
                complaints.add("log: " + parameters.at("/entry/level").asString() + " "
                        + parameters.at("/entry/text").asString() + " "
                        + parameters.at("/entry/url").asString(""));
            case "Runtime.consoleAPICalled", "Runtime.exceptionThrown" -> complaints.add("console: " + parameters);
            case "Network.loadingFailed" -> complaints.add("not loaded: " + parameters);
            case "Audits.issueAdded" -> complaints.add("issue: " + parameters);
            default -> {}
        }
    }

    /** The reader of the socket must not wait for long, but the one who opened the page is already waiting. */
    private void offer() {
        try {
            loaded.offer(true, 5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
