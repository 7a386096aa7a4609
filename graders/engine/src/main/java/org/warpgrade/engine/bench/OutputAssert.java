package org.warpgrade.engine.bench;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.check.CheckFailure;
import org.warpgrade.engine.check.DeviceTensor;
import org.warpgrade.engine.check.Diagnosis;
import org.warpgrade.engine.check.HarnessFault;
import org.warpgrade.engine.check.Hypothesis;
import org.warpgrade.engine.check.TensorAssert;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.engine.diagnosis.Evidence;
import org.warpgrade.engine.diagnosis.Patterns;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.gpu.Finding;
import org.warpgrade.reference.oracle.OracleTensor;

/** Compares one output and, if it is wrong, finds the words for it. */
final class OutputAssert implements TensorAssert {

    private final CheckRun run;
    private final String name;
    private final int[] shape;
    private final double[] actual;
    private final long[] whole;
    private final BitSet unwritten;
    private final @Nullable DeviceBuffer buffer;

    /**
     * @param whole the values as integers, exact for 64-bit ones
     * @param buffer where the values stand in device memory, null if they were rearranged
     */
    OutputAssert(
            CheckRun run,
            String name,
            int[] shape,
            double[] actual,
            long[] whole,
            BitSet unwritten,
            @Nullable DeviceBuffer buffer) {
        this.run = run;
        this.name = name;
        this.shape = shape;
        this.actual = actual;
        this.whole = whole;
        this.unwritten = unwritten;
        this.buffer = buffer;
    }

    @Override
    public TensorAssert isCloseTo(OracleTensor expected, Tolerance tolerance, Hypothesis... hypotheses) {
        sameLength(expected.values().length);
        Comparison comparison = Comparison.of(actual, isSinglePrecision(), unwritten, expected, tolerance);
        return judge(comparison, expected, tolerance, null, hypotheses);
    }

    @Override
    public TensorAssert isEqualTo(int[] expected, Hypothesis... hypotheses) {
        return isEqualTo(Arrays.stream(expected).asLongStream().toArray(), hypotheses);
    }

    @Override
    public TensorAssert isEqualTo(long[] expected, Hypothesis... hypotheses) {
        sameLength(expected.length);
        double[] values = Arrays.stream(expected).asDoubleStream().toArray();
        Comparison comparison =
                Comparison.of(actual.length, unwritten, i -> whole[i] == expected[i] ? 0 : Double.POSITIVE_INFINITY);
        return judge(comparison, OracleTensor.of(name, values, shape), Tolerance.exact(), null, hypotheses);
    }

    @Override
    public TensorAssert hasSameBitsAs(DeviceTensor other, String relationEnglish, String relationChinese) {
        sameLength(other.values().length);
        Comparison comparison = Comparison.of(actual.length, unwritten, i -> {
            boolean bothNaN = Double.isNaN(actual[i]) && Float.isNaN(other.values()[i]);
            return bothNaN || actual[i] == other.values()[i] ? 0 : Double.POSITIVE_INFINITY;
        });
        return judge(comparison, oracle(other), Tolerance.exact(), new Text(relationEnglish, relationChinese));
    }

    @Override
    public TensorAssert isCloseToRun(
            DeviceTensor other, Tolerance tolerance, String relationEnglish, String relationChinese) {
        sameLength(other.values().length);
        OracleTensor expected = oracle(other);
        Comparison comparison = Comparison.of(actual, isSinglePrecision(), unwritten, expected, tolerance);
        return judge(comparison, expected, tolerance, new Text(relationEnglish, relationChinese));
    }

    private TensorAssert judge(
            Comparison comparison,
            OracleTensor expected,
            Tolerance tolerance,
            @Nullable Text relation,
            Hypothesis... hypotheses) {
        run.record().compared(comparison.worstRatio());
        if (comparison.wrong().isEmpty()) {
            return this;
        }
        Diagnosis diagnosis = diagnose(comparison, expected, tolerance, List.of(hypotheses));
        Text text = run.wording().wrongTensor(diagnosis, relation);
        throw new CheckFailure(CheckStatus.FAILED, text, diagnosis, birthsOfNan(comparison, expected));
    }

    /** Where a value that is not finite came from, if a finite one was expected. */
    private List<Finding> birthsOfNan(Comparison comparison, OracleTensor expected) {
        boolean notFinite = comparison.wrong().stream()
                .anyMatch(
                        i -> !unwritten.get(i) && !Double.isFinite(actual[i]) && Double.isFinite(expected.values()[i]));
        return notFinite ? run.birthsOfNan() : List.of();
    }

    private Diagnosis diagnose(
            Comparison comparison, OracleTensor expected, Tolerance tolerance, List<Hypothesis> hypotheses) {
        BitSet wrong = comparison.wrong();
        int first = wrong.nextSetBit(0);
        BitSet neverWritten = (BitSet) unwritten.clone();
        neverWritten.and(wrong);
        Evidence evidence = new Evidence(
                name, shape, expected.values(), actual, wrong, neverWritten, run.blockSizes(), run.inputs());
        Text hypothesis = cause(hypotheses, expected, tolerance);
        Patterns.Story story = hypothesis == null ? Patterns.of(evidence) : Patterns.ofExplained(evidence);
        ErrorMap map = ErrorMap.of(shape, wrong);
        CheckRun.Writers writers = buffer == null ? CheckRun.Writers.UNKNOWN : run.writers(buffer, first, map);
        return new Diagnosis(
                name,
                CheckBench.boxed(shape),
                CheckBench.boxed(coordinate(first)),
                expected.values()[first],
                actual[first],
                Math.abs(actual[first] - expected.values()[first]),
                tolerance.bound(expected, first),
                tolerance.formula(),
                wrong.cardinality(),
                actual.length,
                story.where(),
                hypothesis == null ? story.cause() : hypothesis,
                comparison.worstRatio(),
                neverWritten.get(first) ? null : writers.first(),
                map.cells(),
                map.rows(),
                map.columns(),
                run.family(),
                run.caseLabel(),
                writers.blocks());
    }

    /** The first known mistake that the values show. */
    private @Nullable Text cause(List<Hypothesis> hypotheses, OracleTensor expected, Tolerance tolerance) {
        double[] right = hypotheses.isEmpty() ? new double[0] : tolerance.bounds(expected);
        for (Hypothesis hypothesis : hypotheses) {
            OracleTensor mistaken = hypothesis.mistaken().get();
            if (mistaken.values().length == actual.length && explains(mistaken, expected, tolerance, right)) {
                return hypothesis.cause();
            }
        }
        return null;
    }

    /**
     * Whether the submission's values are those of the mistake: nearly all where either differs from what is right (a
     * mistaken formula may be ill-conditioned here and there), at a bound some times wider for the same reason. A mistake
     * that shows nowhere in this tensor explains nothing.
     */
    private boolean explains(OracleTensor mistaken, OracleTensor expected, Tolerance tolerance, double[] right) {
        double[] bounds = tolerance.bounds(mistaken);
        boolean shows = false;
        int different = 0;
        int alike = 0;
        // More unlike than that, and no rest of the tensor makes up for it: of long tensors a start is enough to tell.
        int most = (int) (0.05 * actual.length);
        for (int i = 0; i < actual.length && different - alike <= most; i++) {
            boolean mistakeShows = !(Comparison.ratio(mistaken.values()[i], expected.values()[i], right[i]) <= 1);
            boolean wrong = !(Comparison.ratio(actual[i], expected.values()[i], right[i]) <= 1);
            shows |= mistakeShows;
            if (mistakeShows || wrong) {
                double wide = 8 * bounds[i] + 1e-5 * Math.abs(mistaken.values()[i]);
                different++;
                alike += Comparison.ratio(actual[i], mistaken.values()[i], wide) <= 1 ? 1 : 0;
            }
        }
        return shows && alike >= 0.95 * different;
    }

    private int[] coordinate(int element) {
        int[] at = new int[shape.length];
        int rest = element;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            at[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return at;
    }

    private boolean isSinglePrecision() {
        return buffer == null || buffer.type() == ElementType.F32;
    }

    private static OracleTensor oracle(DeviceTensor tensor) {
        double[] values = new double[tensor.values().length];
        Arrays.setAll(values, i -> tensor.values()[i]);
        return OracleTensor.of(tensor.name(), values, tensor.shape());
    }

    private void sameLength(int expected) {
        if (expected != actual.length) {
            throw new HarnessFault(name + " has " + actual.length + " elements but the check expects " + expected);
        }
    }
}
