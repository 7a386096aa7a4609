package org.warpgrade.engine.kit;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.CheckFailure;
import org.warpgrade.engine.check.HarnessFault;
import org.warpgrade.engine.check.Run;
import org.warpgrade.engine.check.TensorAssert;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.engine.kit.RecordedCase.Expected;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.reference.oracle.OracleTensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks of a submission what a public check asked of the reference when the kit was made. */
public final class RecordedChecks {

    private static final Text ABSENT =
            new Text("This check is not in the student kit; it runs when your work is graded.", "学生工具包不含此检查；评分时会运行它。");

    private RecordedChecks() {}

    /** Where the cases of an assignment lie on the class path. */
    static String resource(String assignment) {
        return "org/warpgrade/engine/kit/" + assignment + ".json";
    }

    /** The check of that id, of the bench's assignment. Called by the classes that {@link KitClasses} makes. */
    public static void replay(Bench bench, String check) {
        String name = resource(bench.assignment().id());
        try (InputStream in = RecordedChecks.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new HarnessFault("the kit has no " + name);
            }
            JsonNode cases = JsonMapper.shared().readTree(in).path(check);
            if (!cases.isArray()) {
                throw new CheckFailure(CheckStatus.NOT_ASSESSED, ABSENT, null, List.of());
            }
            for (JsonNode node : cases) {
                replay(bench, RecordedJson.read(node));
            }
        } catch (IOException e) {
            throw new HarnessFault("the kit's " + name + " cannot be read", e);
        }
    }

    private static void replay(Bench bench, RecordedCase recorded) {
        Run run = bench.run(recorded.family(), recorded.label(), recorded.call());
        for (Expected expected : recorded.expected()) {
            int[] rows = expected.rows();
            TensorAssert output =
                    rows == null ? run.assertThat(expected.buffer()) : run.assertThatRows(expected.buffer(), rows);
            double[] values = expected.values();
            long[] integers = expected.integers();
            if (values != null) {
                OracleTensor oracle =
                        new OracleTensor(expected.buffer().name(), expected.shape(), values, expected.conditionSums());
                output.isCloseTo(oracle, Tolerance.perElement(expected.bounds(), expected.formula()));
            } else if (integers != null && expected.wide()) {
                output.isEqualTo(integers);
            } else if (integers != null) {
                output.isEqualTo(
                        Arrays.stream(integers).mapToInt(Math::toIntExact).toArray());
            }
        }
    }
}
