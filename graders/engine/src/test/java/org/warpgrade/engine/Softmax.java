package org.warpgrade.engine;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Assignment.CheckSpec;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.assignments.Text;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Program;
import org.warpgrade.reference.oracle.OracleTensor;

/** The assignment of the engine's own tests: {@code softmax(x, y, rows, cols)} in Java. */
public final class Softmax {

    public static final Program PROGRAM =
            new Program(new CudaSource("softmax.cu", ""), "", "fake compiler", "", List.of(), Map.of());

    private Softmax() {}

    /** The right answer in single precision, a row at a time. */
    public static void right(FakeDevice.Memory memory) {
        rows(memory, memory.i32(3));
    }

    /** Handles only the first columns of each row. */
    public static void rows(FakeDevice.Memory memory, int handled) {
        int rows = memory.i32(2);
        int columns = memory.i32(3);
        ByteBuffer x = memory.at(0);
        ByteBuffer y = memory.at(1);
        for (int row = 0; row < rows; row++) {
            float[] logits = new float[columns];
            x.asFloatBuffer().get(row * columns, logits);
            OracleTensor p = oracle(logits, 1, columns);
            for (int column = 0; column < Math.min(handled, columns); column++) {
                y.putFloat(4 * (row * columns + column), (float) p.values()[column]);
            }
        }
    }

    public static OracleTensor oracle(float[] x, int rows, int columns) {
        double[] y = new double[x.length];
        for (int row = 0; row < rows; row++) {
            double max = Double.NEGATIVE_INFINITY;
            double sum = 0;
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                max = Math.max(max, x[i]);
            }
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                y[i] = Math.exp(x[i] - max);
                sum += y[i];
            }
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                y[i] /= sum;
            }
        }
        return OracleTensor.of("y", y, rows, columns);
    }

    public static Assignment assignment() {
        return new Assignment(
                "fake-softmax",
                "OPS",
                new Text("Row softmax", "行 softmax"),
                2,
                List.of(),
                List.of(),
                List.of(),
                List.of(check("P1", Visibility.PUBLIC), check("H1", Visibility.HIDDEN), check("H2", Visibility.HIDDEN)),
                new Assignment.Performance("NONE", "", 0, 0),
                new Assignment.Budgets("", ""),
                List.of(),
                Path.of("fake-softmax"));
    }

    public static CheckSpec check(String id, Visibility visibility) {
        return new CheckSpec(
                id, new Text("check " + id, "检查 " + id), "family " + id, id.equals("P1") ? 10 : 45, visibility);
    }
}
