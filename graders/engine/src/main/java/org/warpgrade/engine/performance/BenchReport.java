package org.warpgrade.engine.performance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run of {@code bench} as it is saved, to be compared with a later one.
 *
 * @param schema version of this shape, {@code 1}
 * @param kind {@code model} or {@code measured}
 * @param device kind of the device: {@code cpu}, {@code cuda}
 * @param gpu name of the GPU that was measured, empty for a model
 * @param files in the order of the command line
 */
public record BenchReport(int schema, String kind, String device, String gpu, List<Entry> files) {

    public static final int SCHEMA = 1;

    /**
     * One file of the run.
     *
     * @param file name without folder
     * @param sha256 of its bytes
     * @param assignment its assignment's id
     * @param problem the sizes for people
     * @param whole whether every block was counted
     * @param metrics of the whole file, by name
     * @param kernels metrics of each kernel, by name for people
     * @param micros every time that counted, of {@code candidate} and {@code reference}, pair by pair; empty for a model
     * @param withoutTime why no time counts, empty where one does or where there is a model
     */
    public record Entry(
            String file,
            String sha256,
            String assignment,
            String problem,
            boolean whole,
            Map<String, Double> metrics,
            Map<String, Map<String, Double>> kernels,
            Map<String, List<Double>> micros,
            String withoutTime) {}

    /** The same file in an older run: by name, else the only one of the assignment there. */
    public Optional<Entry> counterpart(Entry newer) {
        return files.stream()
                .filter(e ->
                        e.assignment().equals(newer.assignment()) && e.file().equals(newer.file()))
                .findFirst()
                .or(() -> {
                    List<Entry> same = files.stream()
                            .filter(e -> e.assignment().equals(newer.assignment()))
                            .toList();
                    return same.size() == 1 ? Optional.of(same.getFirst()) : Optional.empty();
                });
    }

    /** As JSON text that ends with a newline. */
    public String json() {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        return mapper.writeValueAsString(this) + "\n";
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws IllegalArgumentException if it is something else, with the reason
     */
    public static BenchReport read(String json) {
        try {
            JsonNode root = JsonMapper.shared().readTree(json);
            int schema = root.path("schema").asInt(0);
            if (schema != SCHEMA || !root.path("files").isArray()) {
                throw new IllegalArgumentException("this is no saved run of bench, schema " + SCHEMA);
            }
            List<Entry> files = new ArrayList<>();
            root.path("files").forEach(node -> files.add(entry(node)));
            return new BenchReport(
                    schema,
                    root.path("kind").asString(""),
                    root.path("device").asString(""),
                    root.path("gpu").asString(""),
                    List.copyOf(files));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Entry entry(JsonNode node) {
        Map<String, Map<String, Double>> kernels = new LinkedHashMap<>();
        node.path("kernels").properties().forEach(k -> kernels.put(k.getKey(), numbers(k.getValue())));
        return new Entry(
                node.path("file").asString(""),
                node.path("sha256").asString(""),
                node.path("assignment").asString(""),
                node.path("problem").asString(""),
                node.path("whole").asBoolean(false),
                numbers(node.path("metrics")),
                kernels,
                samples(node.path("micros")),
                node.path("withoutTime").asString(""));
    }

    private static Map<String, List<Double>> samples(JsonNode node) {
        Map<String, List<Double>> samples = new LinkedHashMap<>();
        node.properties().forEach(side -> {
            List<Double> times = new ArrayList<>();
            side.getValue().forEach(time -> times.add(time.asDouble()));
            samples.put(side.getKey(), times);
        });
        return samples;
    }

    private static Map<String, Double> numbers(JsonNode node) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        node.properties().forEach(n -> numbers.put(n.getKey(), n.getValue().asDouble()));
        return numbers;
    }
}
