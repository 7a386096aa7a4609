package org.warpgrade.reports.jenkins;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.warpgrade.reports.jenkins.Jenkins.Order;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The body of a POST. */
record Multipart(String contentType, byte[] bytes) {

    static final Multipart EMPTY = form("");

    private static final String FILE = "file0";

    static Multipart form(String text) {
        return new Multipart("application/x-www-form-urlencoded", text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The form of Jenkins' own "Build with parameters" page: a field {@code json} names the parameters and refers to
     * the file. The same since the first servers with file parameters.
     */
    static Multipart of(Order order) {
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        ArrayNode parameters = form.putArray("parameter");
        parameters.addObject().put("name", Jenkins.NONCE).put("value", order.nonce());
        order.parameters()
                .forEach((name, value) ->
                        parameters.addObject().put("name", name).put("value", value));
        parameters.addObject().put("name", order.fileParameter()).put("file", FILE);

        String boundary = "warpgrade-" + UUID.randomUUID();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        part(
                out,
                boundary,
                "name=\"json\"",
                JsonMapper.shared().writeValueAsString(form).getBytes(StandardCharsets.UTF_8));
        String name = order.fileName().replaceAll("[^A-Za-z0-9._-]", "_");
        part(out, boundary, "name=\"" + FILE + "\"; filename=\"" + name + "\"", order.content());
        out.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return new Multipart("multipart/form-data; boundary=" + boundary, out.toByteArray());
    }

    private static void part(ByteArrayOutputStream out, String boundary, String disposition, byte[] content) {
        String head = "--" + boundary + "\r\nContent-Disposition: form-data; " + disposition + "\r\n";
        String type = disposition.contains("filename") ? "Content-Type: application/octet-stream\r\n" : "";
        out.writeBytes((head + type + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(content);
        out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
