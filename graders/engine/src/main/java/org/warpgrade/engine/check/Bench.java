package org.warpgrade.engine.check;

import org.warpgrade.assignments.Assignment;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceKind;
import org.warpgrade.reference.inputs.Inputs;

/**
 * Where a check meets the submission. The engine hands one to every {@link GradedCheck} method as its parameter.
 *
 * <pre>{@code
 * @GradedCheck("H1")
 * void ragged_sizes(Bench bench) {
 *     for (int cols : new int[] {1, 31, 32, 33, 255, 257, 1000, 1025}) {
 *         float[] x = bench.inputs("x" + cols).normals(3 * cols);
 *         DeviceBuffer in = DeviceBuffer.floats("x", IN, x, 3, cols);
 *         DeviceBuffer out = DeviceBuffer.output("y", F32, 3, cols);
 *         Run run = bench.run("ragged columns", "rows=3 cols=" + cols,
 *                 Call.of("softmax", pointer(in), pointer(out), i32(3), i32(cols)));
 *         run.assertThat(out).isCloseTo(SoftmaxOracle.forward(x, 3, cols), Tolerance.elem(1e-7, 1e-5));
 *     }
 * }
 * }</pre>
 */
public interface Bench {

    Assignment assignment();

    /** Where the submission runs; checks may not decide differently by device, only leave out what it cannot hold. */
    DeviceKind device();

    /** The input stream of this check and label: a pure function of (assignment, check, seed, label). */
    Inputs inputs(String label);

    /**
     * Whether the submission defines this {@code extern "C"} host entry: for entries that a student may leave out, such as
     * the stage views of composed assignments.
     */
    boolean defines(String entry);

    /**
     * Runs the call on two differently poisoned memories (and block orders) and demands bit-identical results. Fails
     * the check with a finding if the submission faults, times out, writes where it may not, or depends on the poison.
     *
     * @param family the family of the case for the student: {@code ragged columns}; no data in it
     * @param caseLabel the case with its sizes for the instructor; told to students only in public checks
     * @param call what to run; the entry is named as in the assignment
     */
    Run run(String family, String caseLabel, Call call);

    /** Fails the check with a message in both languages: for properties that no tensor comparison expresses. */
    AssertionError failure(String english, String chinese);
}
