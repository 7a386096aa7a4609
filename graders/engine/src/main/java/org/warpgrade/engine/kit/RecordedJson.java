package org.warpgrade.engine.kit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.warpgrade.engine.kit.RecordedCase.Expected;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.ElementType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Recorded cases as JSON and back. Numbers are little-endian bytes in Base64, so that NaN and every last bit survive.
 */
final class RecordedJson {

    private final ArrayNode buffers = JsonNodeFactory.instance.arrayNode();
    private final Map<DeviceBuffer, Integer> places = new IdentityHashMap<>();

    private RecordedJson() {}

    static ObjectNode write(RecordedCase recorded) {
        RecordedJson json = new RecordedJson();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("family", recorded.family());
        node.put("label", recorded.label());
        node.put("entry", recorded.call().entry());
        ArrayNode arguments = node.putArray("arguments");
        recorded.call().arguments().forEach(argument -> arguments.add(json.write(argument)));
        ArrayNode expected = node.putArray("expected");
        recorded.expected().forEach(value -> expected.add(json.write(value)));
        node.set("buffers", json.buffers);
        return node;
    }

    private ObjectNode write(Argument argument) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        switch (argument) {
            case Argument.Scalar scalar -> node.put("scalar", encoded(scalar.bytes()));
            case Argument.Pointer pointer ->
                node.put("buffer", place(pointer.buffer())).put("offset", pointer.byteOffset());
            case Argument.Null ignored -> node.put("null", true);
            case Argument.Struct struct -> {
                ArrayNode fields = node.putArray("struct");
                struct.fields().forEach(field -> fields.add(write(field)));
            }
            case Argument.HostPointer host -> node.set("host", write(host.pointee()));
            case Argument.DeviceStruct struct -> node.put("name", struct.name()).set("device", write(struct.pointee()));
        }
        return node;
    }

    private int place(DeviceBuffer buffer) {
        Integer known = places.get(buffer);
        if (known != null) {
            return known;
        }
        ObjectNode node = buffers.addObject();
        node.put("name", buffer.name());
        node.put("type", buffer.type().name());
        node.put("access", buffer.access().name());
        ArrayNode shape = node.putArray("shape");
        for (int extent : buffer.shape()) {
            shape.add(extent);
        }
        byte[] initial = buffer.initial();
        if (initial != null) {
            node.put("initial", encoded(initial));
        }
        places.put(buffer, buffers.size() - 1);
        return buffers.size() - 1;
    }

    private ObjectNode write(Expected expected) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("buffer", place(expected.buffer()));
        if (expected.rows() != null) {
            ArrayNode rows = node.putArray("rows");
            for (int row : expected.rows()) {
                rows.add(row);
            }
        }
        if (expected.integers() != null) {
            node.put("integers", encoded(expected.integers())).put("wide", expected.wide());
        } else if (expected.values() != null) {
            node.put("values", encoded(expected.values()));
            node.put("conditionSums", encoded(expected.conditionSums()));
            node.put("bounds", encoded(expected.bounds()));
            node.put("formula", expected.formula());
        }
        return node;
    }

    static RecordedCase read(JsonNode node) {
        List<DeviceBuffer> buffers = new ArrayList<>();
        node.path("buffers").forEach(buffer -> buffers.add(buffer(buffer)));
        List<Argument> arguments = new ArrayList<>();
        node.path("arguments").forEach(argument -> arguments.add(argument(argument, buffers)));
        List<Expected> expected = new ArrayList<>();
        node.path("expected").forEach(value -> expected.add(expected(value, buffers)));
        return new RecordedCase(
                node.path("family").asString(),
                node.path("label").asString(),
                new Call(node.path("entry").asString(), arguments),
                expected);
    }

    private static DeviceBuffer buffer(JsonNode node) {
        ElementType type = ElementType.valueOf(node.path("type").asString());
        Access access = Access.valueOf(node.path("access").asString());
        int[] shape = node.path("shape").valueStream().mapToInt(JsonNode::asInt).toArray();
        String name = node.path("name").asString();
        return node.has("initial")
                ? DeviceBuffer.of(name, type, access, decoded(node.path("initial")), shape)
                : DeviceBuffer.output(name, type, shape);
    }

    private static Argument argument(JsonNode node, List<DeviceBuffer> buffers) {
        if (node.has("scalar")) {
            return new Argument.Scalar(decoded(node.path("scalar")));
        }
        if (node.has("buffer")) {
            return new Argument.Pointer(
                    buffers.get(node.path("buffer").asInt()),
                    node.path("offset").asLong());
        }
        if (node.has("struct")) {
            List<Argument> fields = new ArrayList<>();
            node.path("struct").forEach(field -> fields.add(argument(field, buffers)));
            return new Argument.Struct(fields);
        }
        if (node.has("host")) {
            return new Argument.HostPointer(argument(node.path("host"), buffers));
        }
        return node.has("device")
                ? new Argument.DeviceStruct(node.path("name").asString(), argument(node.path("device"), buffers))
                : new Argument.Null();
    }

    private static Expected expected(JsonNode node, List<DeviceBuffer> buffers) {
        DeviceBuffer buffer = buffers.get(node.path("buffer").asInt());
        int[] rows = node.has("rows")
                ? node.path("rows").valueStream().mapToInt(JsonNode::asInt).toArray()
                : null;
        if (node.has("integers")) {
            ByteBuffer bytes = ByteBuffer.wrap(decoded(node.path("integers"))).order(ByteOrder.LITTLE_ENDIAN);
            long[] integers = new long[bytes.remaining() / 8];
            bytes.asLongBuffer().get(integers);
            return new Expected(
                    buffer,
                    rows,
                    null,
                    new double[0],
                    new double[0],
                    "",
                    integers,
                    node.path("wide").asBoolean());
        }
        return new Expected(
                buffer,
                rows,
                doubles(node.path("values")),
                doubles(node.path("conditionSums")),
                doubles(node.path("bounds")),
                node.path("formula").asString(),
                null,
                false);
    }

    private static double[] doubles(JsonNode node) {
        ByteBuffer bytes = ByteBuffer.wrap(decoded(node)).order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[bytes.remaining() / 8];
        bytes.asDoubleBuffer().get(values);
        return values;
    }

    private static byte[] decoded(JsonNode node) {
        return Base64.getDecoder().decode(node.asString());
    }

    private static String encoded(double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        return encoded(bytes.array());
    }

    private static String encoded(long[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return encoded(bytes.array());
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
