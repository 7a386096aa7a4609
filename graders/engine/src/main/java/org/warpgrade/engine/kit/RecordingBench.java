package org.warpgrade.engine.kit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.CounterAssert;
import org.warpgrade.engine.check.DeviceTensor;
import org.warpgrade.engine.check.Hypothesis;
import org.warpgrade.engine.check.Run;
import org.warpgrade.engine.check.TensorAssert;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.engine.kit.RecordedCase.Expected;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceKind;
import org.warpgrade.gpu.RunTrace;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.OracleTensor;

/**
 * Lets a check run on a reference, and writes down what it asks. A check that decides by looking at an output itself
 * cannot be written down: {@link #complete()} is false then.
 */
final class RecordingBench implements Bench {

    private static final double[] NONE = {};

    private final Bench bench;
    private final List<RecordedCase> cases = new ArrayList<>();
    private boolean complete = true;

    RecordingBench(Bench bench) {
        this.bench = bench;
    }

    List<RecordedCase> cases() {
        return cases;
    }

    boolean complete() {
        return complete && cases.stream().allMatch(c -> !c.expected().isEmpty());
    }

    @Override
    public Assignment assignment() {
        return bench.assignment();
    }

    @Override
    public DeviceKind device() {
        return bench.device();
    }

    @Override
    public Inputs inputs(String label) {
        return bench.inputs(label);
    }

    @Override
    public boolean defines(String entry) {
        // stage views help to explain a failure; the kit explains without them
        return false;
    }

    @Override
    public Run run(String family, String caseLabel, Call call) {
        List<Expected> expected = new ArrayList<>();
        Run run = new RecordingRun(bench.run(family, caseLabel, call), expected);
        cases.add(new RecordedCase(family, caseLabel, call, expected));
        return run;
    }

    @Override
    public AssertionError failure(String english, String chinese) {
        return bench.failure(english, chinese);
    }

    private <T> T unrecorded(T value) {
        complete = false;
        return value;
    }

    private final class RecordingRun implements Run {

        private final Run run;
        private final List<Expected> expected;

        RecordingRun(Run run, List<Expected> expected) {
            this.run = run;
            this.expected = expected;
        }

        @Override
        public TensorAssert assertThat(DeviceBuffer output) {
            return new RecordingAssert(run.assertThat(output), output, null, expected);
        }

        @Override
        public TensorAssert assertThatRows(DeviceBuffer output, int... rows) {
            return new RecordingAssert(run.assertThatRows(output, rows), output, rows, expected);
        }

        @Override
        public TensorAssert assertThat(DeviceTensor rearranged) {
            return unrecorded(run.assertThat(rearranged));
        }

        @Override
        public DeviceTensor tensor(DeviceBuffer buffer) {
            look(buffer);
            return run.tensor(buffer);
        }

        @Override
        public float[] floats(DeviceBuffer buffer) {
            look(buffer);
            return run.floats(buffer);
        }

        @Override
        public double[] doubles(DeviceBuffer buffer) {
            look(buffer);
            return run.doubles(buffer);
        }

        @Override
        public int[] ints(DeviceBuffer buffer) {
            look(buffer);
            return run.ints(buffer);
        }

        @Override
        public long[] longs(DeviceBuffer buffer) {
            look(buffer);
            return run.longs(buffer);
        }

        @Override
        public byte[] bytes(DeviceBuffer buffer) {
            look(buffer);
            return run.bytes(buffer);
        }

        /** Whoever looks at an output after it was compared as a whole decides at most on details. */
        private void look(DeviceBuffer buffer) {
            complete &= expected.stream().anyMatch(value -> value.buffer() == buffer);
        }

        @Override
        public Run launchesAtMost(int limit) {
            return unrecorded(this);
        }

        @Override
        public Run allocatesAtMost(long scratchBytes) {
            return unrecorded(this);
        }

        @Override
        public Run executesAtMostPerThread(long instructions, String hintEnglish, String hintChinese) {
            return unrecorded(this);
        }

        @Override
        public Run usesParallelThreads() {
            return unrecorded(this);
        }

        @Override
        public Run satisfies(boolean holds, String english, String chinese) {
            return unrecorded(this);
        }

        @Override
        public CounterAssert counters() {
            return unrecorded(run.counters());
        }

        @Override
        public RunTrace trace() {
            return unrecorded(run.trace());
        }
    }

    private final class RecordingAssert implements TensorAssert {

        private final TensorAssert checked;
        private final DeviceBuffer buffer;
        private final int @Nullable [] rows;
        private final List<Expected> expected;

        RecordingAssert(TensorAssert checked, DeviceBuffer buffer, int @Nullable [] rows, List<Expected> expected) {
            this.checked = checked;
            this.buffer = buffer;
            this.rows = rows;
            this.expected = expected;
        }

        @Override
        public TensorAssert isCloseTo(OracleTensor oracle, Tolerance tolerance, Hypothesis... hypotheses) {
            checked.isCloseTo(oracle, tolerance, hypotheses);
            expected.add(new Expected(
                    buffer,
                    rows,
                    oracle.values(),
                    oracle.conditionSums(),
                    tolerance.bounds(oracle),
                    tolerance.formula(),
                    null,
                    false));
            return this;
        }

        @Override
        public TensorAssert isEqualTo(int[] values, Hypothesis... hypotheses) {
            checked.isEqualTo(values, hypotheses);
            long[] wide = Arrays.stream(values).asLongStream().toArray();
            expected.add(new Expected(buffer, rows, null, NONE, NONE, "", wide, false));
            return this;
        }

        @Override
        public TensorAssert isEqualTo(long[] values, Hypothesis... hypotheses) {
            checked.isEqualTo(values, hypotheses);
            expected.add(new Expected(buffer, rows, null, NONE, NONE, "", values, true));
            return this;
        }

        @Override
        public TensorAssert hasSameBitsAs(DeviceTensor other, String english, String chinese) {
            return unrecorded(this);
        }

        @Override
        public TensorAssert isCloseToRun(DeviceTensor other, Tolerance tolerance, String english, String chinese) {
            return unrecorded(this);
        }
    }
}
