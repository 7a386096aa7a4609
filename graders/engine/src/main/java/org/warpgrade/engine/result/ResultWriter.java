package org.warpgrade.engine.result;

import java.io.Writer;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.check.Diagnosis;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.engine.result.GradingResult.CountedRun;
import org.warpgrade.engine.result.GradingResult.KernelInfo;
import org.warpgrade.engine.result.GradingResult.OccupancyInfo;
import org.warpgrade.engine.result.GradingResult.PerformanceInfo;
import org.warpgrade.engine.result.GradingResult.SpeedPoints;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.SourceLocation;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * Writes the fields of a result in the order of {@code result.schema.json}. Streams, because building a mapper would take
 * longer than grading many a submission.
 */
final class ResultWriter implements AutoCloseable {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;

    ResultWriter(Writer out) {
        this.json = FACTORY.createGenerator(pretty(), out);
    }

    private static ObjectWriteContext pretty() {
        return new ObjectWriteContext.Base() {
            @Override
            public PrettyPrinter getPrettyPrinter() {
                return new DefaultPrettyPrinter();
            }

            @Override
            public boolean hasPrettyPrinter() {
                return true;
            }
        };
    }

    void write(GradingResult result) {
        json.writeStartObject();
        json.writeNumberProperty("schema", result.schema());
        json.writeStringProperty("assignment", result.assignment());
        text("title", result.title());
        json.writeObjectPropertyStart("submission");
        json.writeStringProperty("file", result.submission().file());
        json.writeStringProperty("sha256", result.submission().sha256());
        json.writeStringProperty("text", result.submission().text());
        json.writeEndObject();
        json.writeStringProperty("verdict", result.verdict().id());
        json.writeObjectPropertyStart("score");
        json.writeNumberProperty("earned", result.score().earned());
        json.writeNumberProperty("possible", result.score().possible());
        json.writeEndObject();
        json.writeObjectPropertyStart("device");
        json.writeStringProperty("kind", result.device().kind());
        json.writeStringProperty("name", result.device().name());
        json.writeEndObject();
        if (result.seed() == null) {
            json.writeNullProperty("seed");
        } else {
            json.writeNumberProperty("seed", result.seed());
        }
        json.writeStringProperty("compiler", result.compiler());
        json.writeObjectPropertyStart("harness");
        json.writeStringProperty("version", result.harness().version());
        json.writeStringProperty("commit", result.harness().commit());
        json.writeEndObject();
        objects("diagnostics", result.diagnostics(), this::diagnostic);
        objects("checks", result.checks(), this::check);
        objects("kernels", result.kernels(), this::kernel);
        if (result.performance() == null) {
            json.writeNullProperty("performance");
        } else {
            performance(result.performance());
        }
        json.writeStringProperty("printed", result.printed());
        text("message", result.message());
        numbers("timings", result.timings());
        json.writeEndObject();
    }

    private void diagnostic(Diagnostic diagnostic) {
        json.writeStringProperty("severity", id(diagnostic.severity()));
        location(diagnostic.at());
        json.writeStringProperty("message", diagnostic.message());
    }

    private void check(CheckResult check) {
        json.writeStringProperty("id", check.id());
        text("title", check.title());
        json.writeStringProperty("family", check.family());
        json.writeStringProperty("visibility", id(check.visibility()));
        json.writeNumberProperty("points", check.points());
        json.writeNumberProperty("earned", check.earned());
        json.writeStringProperty("status", check.status().id());
        text("message", check.message());
        if (check.diagnosis() == null) {
            json.writeNullProperty("diagnosis");
        } else {
            diagnosis(check.diagnosis());
        }
        objects("findings", check.findings(), this::finding);
        number("millis", check.millis());
    }

    private void diagnosis(Diagnosis d) {
        json.writeObjectPropertyStart("diagnosis");
        json.writeStringProperty("tensor", d.tensor());
        integers("shape", d.shape());
        integers("coordinate", d.coordinate());
        number("expected", d.expected());
        number("actual", d.actual());
        number("error", d.error());
        number("bound", d.bound());
        json.writeStringProperty("tolerance", d.tolerance());
        json.writeNumberProperty("wrong", d.wrong());
        json.writeNumberProperty("total", d.total());
        text("pattern", d.pattern());
        text("likelyCause", d.likelyCause());
        number("worstRatio", d.worstRatio());
        optional("writer", d.writer());
        json.writeObjectPropertyStart("map");
        json.writeNumberProperty("rows", d.mapRows());
        json.writeNumberProperty("columns", d.mapColumns());
        json.writeArrayPropertyStart("cells");
        d.map().forEach(this::value);
        json.writeEndArray();
        integers("blocks", d.blocks());
        json.writeEndObject();
        json.writeStringProperty("family", d.family());
        json.writeStringProperty("caseLabel", d.caseLabel());
        json.writeEndObject();
    }

    private void finding(Finding finding) {
        json.writeStringProperty("kind", finding.kind().id());
        json.writeStringProperty("severity", id(finding.severity()));
        location(finding.at());
        optional("kernel", finding.kernel());
        index("block", finding.block());
        index("thread", finding.thread());
        json.writeStringProperty("message", finding.message());
    }

    private void kernel(KernelInfo kernel) {
        json.writeStringProperty("name", kernel.name());
        json.writeStringProperty("displayName", kernel.displayName());
        json.writeNumberProperty("line", kernel.line());
        json.writeNumberProperty("registers", kernel.registers());
        json.writeNumberProperty("spillBytes", kernel.spillBytes());
        json.writeNumberProperty("sharedBytes", kernel.sharedBytes());
        json.writeNumberProperty("blockThreads", kernel.blockThreads());
        json.writeNumberProperty("launches", kernel.launches());
        json.writeObjectPropertyStart("occupancy");
        for (Map.Entry<String, OccupancyInfo> entry : kernel.occupancy().entrySet()) {
            json.writeObjectPropertyStart(entry.getKey());
            number("fraction", entry.getValue().fraction());
            json.writeStringProperty("limiter", entry.getValue().limiter());
            json.writeEndObject();
        }
        json.writeEndObject();
        numbers("counters", kernel.counters());
        objects("lines", kernel.lines(), line -> {
            json.writeNumberProperty("line", line.line());
            numbers("counters", line.counters());
        });
        if (kernel.counted() == null) {
            json.writeNullProperty("counted");
        } else {
            counted(kernel.counted());
        }
    }

    private void counted(CountedRun counted) {
        json.writeObjectPropertyStart("counted");
        json.writeStringProperty("check", counted.check());
        json.writeStringProperty("caseLabel", counted.caseLabel());
        json.writeNumberProperty("launches", counted.launches());
        json.writeNumberProperty("blocks", counted.blocks());
        json.writeNumberProperty("countedBlocks", counted.countedBlocks());
        json.writeEndObject();
    }

    private void performance(PerformanceInfo performance) {
        json.writeObjectPropertyStart("performance");
        json.writeStringProperty("kind", performance.kind());
        numbers("metrics", performance.metrics());
        json.writeStringProperty("problem", performance.problem());
        objects("roofs", performance.roofs(), roof -> {
            json.writeStringProperty("gpu", roof.gpu());
            json.writeStringProperty("architecture", roof.architecture());
            number("bytesPerSecond", roof.bytesPerSecond());
            numbers("flopsPerSecond", roof.flopsPerSecond());
        });
        objects("kernels", performance.kernels(), kernel -> {
            json.writeStringProperty("name", kernel.name());
            json.writeStringProperty("displayName", kernel.displayName());
            json.writeStringProperty("type", kernel.type());
            number("flops", kernel.flops());
            number("compulsoryBytes", kernel.compulsoryBytes());
            number("requestedBytes", kernel.requestedBytes());
            numbers("metrics", kernel.metrics());
        });
        if (performance.points() == null) {
            json.writeNullProperty("points");
        } else {
            points(performance.points());
        }
        json.writeEndObject();
    }

    private void points(SpeedPoints points) {
        json.writeObjectPropertyStart("points");
        json.writeNumberProperty("earned", points.earned());
        json.writeNumberProperty("possible", points.possible());
        json.writeBooleanProperty("assessed", points.assessed());
        text("message", points.message());
        json.writeEndObject();
    }

    private void text(String name, Text text) {
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("en", text.en());
        json.writeStringProperty("zh", text.zh());
        json.writeEndObject();
    }

    private void location(@Nullable SourceLocation at) {
        optional("file", at == null ? null : at.file());
        json.writeNumberProperty("line", at == null ? 0 : at.line());
        json.writeNumberProperty("column", at == null ? 0 : at.column());
    }

    private void index(String name, @Nullable Dim3 index) {
        if (index == null) {
            json.writeNullProperty(name);
            return;
        }
        json.writeArrayPropertyStart(name);
        json.writeNumber(index.x());
        json.writeNumber(index.y());
        json.writeNumber(index.z());
        json.writeEndArray();
    }

    private void optional(String name, @Nullable String value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value);
        }
    }

    private void integers(String name, Collection<Integer> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeNumber);
        json.writeEndArray();
    }

    private void numbers(String name, Map<String, Double> values) {
        json.writeObjectPropertyStart(name);
        values.forEach(this::number);
        json.writeEndObject();
    }

    private void number(String name, double value) {
        json.writeName(name);
        value(value);
    }

    private void value(double value) {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(Double.toString(value));
        }
    }

    private <T> void objects(String name, Collection<T> values, Consumer<T> fields) {
        json.writeArrayPropertyStart(name);
        for (T value : values) {
            json.writeStartObject();
            fields.accept(value);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static String id(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public void close() {
        json.close();
    }
}
