package org.warpgrade.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import nu.validator.client.EmbeddedValidator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.warpgrade.engine.result.Audience;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.ResultJson;
import org.warpgrade.reports.exchange.JUnitXml;
import org.warpgrade.reports.exchange.Sarif;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every format against the description that its readers go by. */
class FormatsTests {

    static Stream<GradingResult> results() {
        return Stream.of(Results.passed(), Results.failed(), Results.doesNotCompile(), Results.hostile());
    }

    @Nested
    class SarifLogs {

        private final Schema schema = schema("/schema/sarif-schema-2.1.0.json", SpecificationVersion.DRAFT_7);

        @ParameterizedTest
        @MethodSource("org.warpgrade.reports.FormatsTests#results")
        void keep_to_the_official_schema(GradingResult result) {
            for (String language : new String[] {"en", "zh"}) {
                assertThat(schema.validate(Sarif.render(student(result), language), InputFormat.JSON))
                        .isEmpty();
            }
        }

        @Test
        void a_broken_one_would_be_seen() {
            String broken = Sarif.render(student(Results.failed()), "en").replace("\"startLine\"", "\"firstLine\"");

            assertThat(schema.validate(broken, InputFormat.JSON)).isNotEmpty();
        }
    }

    @Nested
    class ResultFiles {

        private final Schema schema =
                schema("/org/warpgrade/engine/result/result.schema.json", SpecificationVersion.DRAFT_2020_12);

        @ParameterizedTest
        @MethodSource("org.warpgrade.reports.FormatsTests#results")
        void keep_to_our_schema_for_each_audience(GradingResult result) {
            for (Audience audience : Audience.values()) {
                String json = ResultJson.write(Reports.forAudience(result, audience));

                assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
            }
        }
    }

    @Nested
    class JUnitFiles {

        @ParameterizedTest
        @MethodSource("org.warpgrade.reports.FormatsTests#results")
        void have_the_shape_that_jenkins_reads(GradingResult result) throws Exception {
            for (String language : new String[] {"en", "zh"}) {
                validate(JUnitXml.render(student(result), language));
            }
        }

        @Test
        void a_broken_one_would_be_seen() {
            String broken = JUnitXml.render(student(Results.failed()), "en").replace("classname=", "class=");

            assertThatThrownBy(() -> validate(broken)).isInstanceOf(SAXException.class);
        }

        private void validate(String xml) throws SAXException, IOException {
            SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(FormatsTests.class.getResource("junit.xsd"))
                    .newValidator()
                    .validate(new StreamSource(new StringReader(xml)));
        }
    }

    /** The Nu Html Checker takes seconds to start; run it with the browser tests. */
    @Nested
    @Tag("browser")
    class Pages {

        /** Bytes of stack: the checker walks its schemas by recursion. */
        private static final long DEEP = 64 << 20;

        @ParameterizedTest
        @MethodSource("org.warpgrade.reports.SamplePages#names")
        void the_nu_html_checker_finds_no_error(String page) throws Exception {
            assertThat(check(SamplePages.html(page))).isEmpty();
        }

        @Test
        void a_broken_page_would_be_seen() throws Exception {
            assertThat(check("<!DOCTYPE html><html lang=en><title>x</title><p><div></p>"))
                    .isNotEmpty();
        }

        /** What it says, errors and warnings and remarks alike. */
        private List<String> check(String html) throws Exception {
            EmbeddedValidator checker = new EmbeddedValidator();
            checker.setOutputFormat(EmbeddedValidator.OutputFormat.JSON);
            checker.setForceHTML(true);
            byte[] page = html.getBytes(StandardCharsets.UTF_8);
            FutureTask<String> check = new FutureTask<>(
                    () -> checker.validate(new ByteArrayInputStream(page)).strip());
            new Thread(null, check, "checker", DEEP).start();
            return JsonMapper.shared()
                    .readTree(check.get())
                    .path("messages")
                    .valueStream()
                    .map(JsonNode::toString)
                    .toList();
        }
    }

    private static GradingResult student(GradingResult result) {
        return Inert.of(Reports.forAudience(result, Audience.STUDENT));
    }

    private static Schema schema(String resource, SpecificationVersion version) {
        try (InputStream in = Objects.requireNonNull(FormatsTests.class.getResourceAsStream(resource), resource)) {
            return SchemaRegistry.withDefaultDialect(version)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
