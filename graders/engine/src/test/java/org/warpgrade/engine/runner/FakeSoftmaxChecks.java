package org.warpgrade.engine.runner;

import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.pointer;

import org.warpgrade.engine.Softmax;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.ChecksFor;
import org.warpgrade.engine.check.GradedCheck;
import org.warpgrade.engine.check.Run;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.ElementType;

/** The checks of the engine's own test assignment; run by {@link CheckRunner}, not by surefire. */
@ChecksFor("fake-softmax")
class FakeSoftmaxChecks {

    @GradedCheck("P1")
    void three_numbers(Bench bench) {
        softmax(bench, 1, 3);
    }

    @GradedCheck("H1")
    void ragged_columns(Bench bench) {
        for (int cols : new int[] {1, 31, 33}) {
            softmax(bench, 2, cols);
        }
    }

    @GradedCheck("H2")
    void long_rows(Bench bench) {
        softmax(bench, 3, 1025);
    }

    private static void softmax(Bench bench, int rows, int cols) {
        float[] x = bench.inputs("x" + cols).normals(rows * cols);
        DeviceBuffer in = DeviceBuffer.floats("x", Access.IN, x, rows, cols);
        DeviceBuffer out = DeviceBuffer.output("y", ElementType.F32, rows, cols);
        Run run = bench.run(
                "some rows",
                "rows=" + rows + " cols=" + cols,
                Call.of("softmax", pointer(in), pointer(out), i32(rows), i32(cols)));
        run.assertThat(out).isCloseTo(Softmax.oracle(x, rows, cols), Tolerance.elem(1e-7, 1e-5));
    }
}
