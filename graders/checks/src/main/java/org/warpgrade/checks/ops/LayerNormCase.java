package org.warpgrade.checks.ops;

import static org.warpgrade.gpu.Argument.f32;
import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.nullPointer;
import static org.warpgrade.gpu.Argument.pointer;
import static org.warpgrade.gpu.DeviceBuffer.Access.IN;
import static org.warpgrade.gpu.ElementType.F32;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.DeviceTensor;
import org.warpgrade.engine.check.Hypothesis;
import org.warpgrade.engine.check.Run;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.LayerNormOracle;
import org.warpgrade.reference.oracle.OracleTensor;

/**
 * One input of LayerNorm. Tolerances follow curriculum C15.4; that of {@code rstd}, which the curriculum leaves open, is
 * {@code |r-o| <= o (1e-5 + (2^-22 |mean| o)^2)}: a rounding of the mean adds its square to the variance.
 *
 * @param b null for no bias
 */
record LayerNormCase(float[] x, float[] g, float @Nullable [] b, int rows, int cols, float eps) {

    /** What a run wrote. */
    record Outputs(Run run, DeviceBuffer y, DeviceBuffer mean, DeviceBuffer rstd) {

        /** Some rows of y, mean and rstd, for comparison with another run. */
        List<DeviceTensor> rows(int from, int to) {
            int cols = y.shape()[1];
            return List.of(
                    new DeviceTensor(
                            "y",
                            new int[] {to - from, cols},
                            Arrays.copyOfRange(run.floats(y), from * cols, to * cols)),
                    new DeviceTensor("mean", new int[] {to - from}, Arrays.copyOfRange(run.floats(mean), from, to)),
                    new DeviceTensor("rstd", new int[] {to - from}, Arrays.copyOfRange(run.floats(rstd), from, to)));
        }

        /** Verifies that y, mean and rstd are bit for bit those of another run. */
        void haveSameBitsAs(List<DeviceTensor> other, String english, String chinese) {
            run.assertThat(mean).hasSameBitsAs(other.get(1), english, chinese);
            run.assertThat(rstd).hasSameBitsAs(other.get(2), english, chinese);
            run.assertThat(y).hasSameBitsAs(other.get(0), english, chinese);
        }
    }

    /** Normal values; the rows have different means, so that a row taken for another shows. */
    static LayerNormCase normal(Bench bench, String label, int rows, int cols, float eps) {
        float[] x = bench.inputs("x " + label).normals(rows * cols);
        for (int i = 0; i < x.length; i++) {
            x[i] += 0.5f * (i / cols % 7) - 1;
        }
        return of(bench, label, x, rows, cols, eps);
    }

    /**
     * The given rows with a gain and a bias that differ from column to column. The bias is small: one that cancels a large
     * term would leave its rounding behind, for which the tolerance, relative to what is left, has no room.
     */
    static LayerNormCase of(Bench bench, String label, float[] x, int rows, int cols, float eps) {
        Inputs affine = bench.inputs("g and b " + label);
        return new LayerNormCase(
                x, affine.uniforms(cols, 0.5f, 2), affine.uniforms(cols, -0.125f, 0.125f), rows, cols, eps);
    }

    Outputs run(Bench bench, String family) {
        DeviceBuffer y = DeviceBuffer.output("y", F32, rows, cols);
        DeviceBuffer mean = DeviceBuffer.output("mean", F32, rows);
        DeviceBuffer rstd = DeviceBuffer.output("rstd", F32, rows);
        Call call = Call.of(
                "layernorm",
                pointer(DeviceBuffer.floats("x", IN, x, rows, cols)),
                pointer(DeviceBuffer.floats("g", IN, g)),
                b == null ? nullPointer() : pointer(DeviceBuffer.floats("b", IN, b)),
                pointer(y),
                pointer(mean),
                pointer(rstd),
                i32(rows),
                i32(cols),
                f32(eps));
        return new Outputs(bench.run(family, "rows=" + rows + " cols=" + cols + " eps=" + eps, call), y, mean, rstd);
    }

    /** Runs the case and compares mean, rstd and y, in this order, so that the first wrong stage is told. */
    void verify(Bench bench, String family) {
        Outputs outputs = run(bench, family);
        verify(outputs, rstdHypotheses());
    }

    void verify(Outputs outputs, List<Hypothesis> rstdHypotheses) {
        LayerNormOracle oracle = oracle();
        outputs.run()
                .assertThat(outputs.mean())
                .isCloseTo(oracle.mean(), meanTolerance(), meanHypotheses().toArray(Hypothesis[]::new));
        outputs.run()
                .assertThat(outputs.rstd())
                .isCloseTo(oracle.rstd(), rstdTolerance(), rstdHypotheses.toArray(Hypothesis[]::new));
        outputs.run()
                .assertThat(outputs.y())
                .isCloseTo(oracle.y(), yTolerance(), yHypotheses().toArray(Hypothesis[]::new));
    }

    LayerNormOracle oracle() {
        return LayerNormOracle.forward(x, g, b, rows, cols, eps);
    }

    Tolerance yTolerance() {
        return Tolerance.perElement(yBounds(), "|y-o| <= 2e-6 + 2e-5 |o| + 2^-22 |mean| rstd |g|");
    }

    /** ELEM(2e-6, 2e-5) and what a rounding of the mean may do. */
    double[] yBounds() {
        OracleTensor y = oracle().y();
        double[] bounds = new double[rows * cols];
        Arrays.setAll(bounds, i -> 2e-6 + 2e-5 * Math.abs(y.values()[i]) + 0x1p-22 * y.conditionSums()[i]);
        return bounds;
    }

    private Tolerance meanTolerance() {
        OracleTensor mean = oracle().mean();
        double[] bounds = new double[rows];
        Tolerance sum = Tolerance.sum(cols);
        Arrays.setAll(bounds, row -> sum.bound(mean, row) / cols);
        return Tolerance.perElement(bounds, "|y-o| <= (1e-6 + 2^-22 (4 + sqrt cols) sum|x|) / cols");
    }

    private Tolerance rstdTolerance() {
        OracleTensor rstd = oracle().rstd();
        double[] bounds = new double[rows];
        boolean wellConditioned = true;
        for (int row = 0; row < rows; row++) {
            double shift = 0x1p-22 * rstd.conditionSums()[row];
            bounds[row] = rstd.values()[row] * (1e-5 + shift * shift);
            wellConditioned &= !(shift * shift > 1e-8);
        }
        if (wellConditioned) {
            return Tolerance.elem(0, 1e-5);
        }
        return Tolerance.perElement(bounds, "|y-o| <= o (1e-5 + (2^-22 |mean| o)^2)");
    }

    private List<Hypothesis> meanHypotheses() {
        List<Hypothesis> known = new ArrayList<>();
        for (int block = 32; block <= 1024; block *= 2) {
            int reached = block;
            if (cols > block) {
                known.add(Hypothesis.of(
                        "the mean leaves out every column from " + block
                                + " on: does the loop over the row stride past blockDim.x?",
                        "均值漏掉了第 " + block + " 列以后的所有元素：对行的循环是否以 blockDim.x 为步长继续往后走？",
                        () -> means(row -> sum(row, 0, reached) / cols)));
            }
        }
        if (cols > 32 && cols % 32 != 0) {
            known.add(Hypothesis.of(
                    "the mean leaves out the last cols % 32 columns: is cols / 32 rounded down?",
                    "均值漏掉了最后 cols % 32 列：cols / 32 是否被向下取整了？", () -> means(row -> sum(row, 0, cols / 32 * 32) / cols)));
        }
        if (rows > 1) {
            known.add(Hypothesis.of(
                    "every row has the mean of the whole batch: are the sums kept per row?",
                    "每一行都得到整个批的均值：求和是否按行分开？",
                    () -> means(row -> sum(0, 0, rows * cols) / ((double) rows * cols))));
        }
        return known;
    }

    List<Hypothesis> rstdHypotheses() {
        List<Hypothesis> known = new ArrayList<>();
        if (cols > 1) {
            known.add(Hypothesis.of(
                    "rstd fits a variance divided by cols - 1: LayerNorm divides by cols",
                    "rstd 与除以 cols - 1 的方差相符：LayerNorm 应除以 cols",
                    () -> rstds(row -> 1 / Math.sqrt(variance(row) * cols / (cols - 1.0) + eps))));
        }
        known.add(Hypothesis.of(
                "rstd fits 1 / (sqrt(variance) + eps): eps belongs under the root",
                "rstd 与 1 / (sqrt(方差) + eps) 相符：eps 应放在根号里",
                () -> rstds(row -> 1 / (Math.sqrt(variance(row)) + eps))));
        known.add(Hypothesis.of(
                "rstd fits 1 / sqrt(variance): is eps missing?",
                "rstd 与 1 / sqrt(方差) 相符：是否漏了 eps？",
                () -> rstds(row -> 1 / Math.sqrt(variance(row)))));
        known.add(Hypothesis.of(
                "rstd holds the standard deviation: its reciprocal is asked for",
                "rstd 里是标准差：这里要的是它的倒数",
                () -> rstds(row -> Math.sqrt(variance(row) + eps))));
        known.add(Hypothesis.of(
                "rstd fits the mean square of x: is the mean taken off before squaring?",
                "rstd 与 x 的均方相符：平方之前是否减去了均值？",
                () -> rstds(row -> 1 / Math.sqrt(meanSquare(row) + eps))));
        known.add(Hypothesis.of(
                "the NaN of a row is lost in rstd: fmaxf and a comparison turn it into a number",
                "某行的 NaN 在 rstd 里消失了：fmaxf 或比较会把它变成普通数",
                () -> rstds(
                        row -> Double.isNaN(variance(row)) ? 1 / Math.sqrt(eps) : 1 / Math.sqrt(variance(row) + eps))));
        return known;
    }

    private List<Hypothesis> yHypotheses() {
        List<Hypothesis> known = new ArrayList<>();
        float[] zero = new float[cols];
        float[] one = new float[cols];
        Arrays.fill(one, 1);
        if (b != null) {
            known.add(Hypothesis.of(
                    "y is right without the bias: is b added?",
                    "不加偏置时 y 是对的：是否加了 b？",
                    () -> LayerNormOracle.forward(x, g, zero, rows, cols, eps).y()));
        }
        known.add(Hypothesis.of(
                "y is right without the gain: is (x - mean) * rstd multiplied by g?",
                "不乘增益时 y 是对的：(x - mean) * rstd 是否乘了 g？",
                () -> LayerNormOracle.forward(x, one, b, rows, cols, eps).y()));
        known.add(Hypothesis.of(
                "y fits g and b of the row: they are indexed by the column",
                "y 与按行取的 g、b 相符：它们应按列取",
                this::affineByRow));
        known.add(Hypothesis.of(
                "y fits x * rstd * g + b: is the mean taken off?",
                "y 与 x * rstd * g + b 相符：是否减去了均值？",
                () -> LayerNormOracle.normalised(
                        x, g, b, rows, cols, new double[rows], oracle().rstd().values())));
        known.add(Hypothesis.of(
                "y is normalised down each column, over the rows of the batch: that is BatchNorm; LayerNorm works along a row",
                "y 是沿列、跨批内各行归一化的：那是 BatchNorm；LayerNorm 沿一行进行",
                this::downTheColumns));
        return known;
    }

    private OracleTensor affineByRow() {
        LayerNormOracle oracle = oracle();
        double[] y = new double[rows * cols];
        for (int i = 0; i < y.length; i++) {
            int row = i / cols;
            double normal = (x[i] - oracle.mean().values()[row]) * oracle.rstd().values()[row];
            y[i] = row < cols ? normal * g[row] + (b == null ? 0 : b[row]) : Double.NaN;
        }
        return OracleTensor.of("y", y, rows, cols);
    }

    private OracleTensor downTheColumns() {
        double[] y = new double[rows * cols];
        for (int c = 0; c < cols; c++) {
            double mean = 0;
            for (int row = 0; row < rows; row++) {
                mean += x[row * cols + c] / (double) rows;
            }
            double variance = 0;
            for (int row = 0; row < rows; row++) {
                double deviation = x[row * cols + c] - mean;
                variance += deviation * deviation / rows;
            }
            for (int row = 0; row < rows; row++) {
                y[row * cols + c] =
                        (x[row * cols + c] - mean) / Math.sqrt(variance + eps) * g[c] + (b == null ? 0 : b[c]);
            }
        }
        return OracleTensor.of("y", y, rows, cols);
    }

    private double sum(int row, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += x[row * cols + i];
        }
        return sum;
    }

    private double meanSquare(int row) {
        double sum = 0;
        for (int c = 0; c < cols; c++) {
            sum += (double) x[row * cols + c] * x[row * cols + c];
        }
        return sum / cols;
    }

    private double variance(int row) {
        double mean = sum(row, 0, cols) / cols;
        double squares = 0;
        for (int c = 0; c < cols; c++) {
            squares += (x[row * cols + c] - mean) * (x[row * cols + c] - mean);
        }
        return squares / cols;
    }

    private OracleTensor means(IntToDoubleFunction of) {
        return perRow("mean", of);
    }

    private OracleTensor rstds(IntToDoubleFunction of) {
        return perRow("rstd", of);
    }

    private OracleTensor perRow(String name, IntToDoubleFunction of) {
        double[] values = new double[rows];
        Arrays.setAll(values, of);
        return OracleTensor.of(name, values, rows);
    }
}
