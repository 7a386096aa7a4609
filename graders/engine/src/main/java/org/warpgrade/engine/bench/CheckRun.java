package org.warpgrade.engine.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.check.CheckFailure;
import org.warpgrade.engine.check.CounterAssert;
import org.warpgrade.engine.check.DeviceTensor;
import org.warpgrade.engine.check.Run;
import org.warpgrade.engine.check.TensorAssert;
import org.warpgrade.engine.diagnosis.Evidence;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.gpu.Buffers.Writer;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.LaunchRecord;
import org.warpgrade.gpu.RunOutcome.Completed;
import org.warpgrade.gpu.RunTrace;

/** A run that completed, twice the same. */
final class CheckRun implements Run {

    private final CheckBench bench;
    private final TwoRuns runs;
    private final Wording wording;
    private final String family;
    private final String caseLabel;

    CheckRun(CheckBench bench, TwoRuns runs, Wording wording, String family, String caseLabel) {
        this.bench = bench;
        this.runs = runs;
        this.wording = wording;
        this.family = family;
        this.caseLabel = caseLabel;
    }

    @Override
    public TensorAssert assertThat(DeviceBuffer output) {
        byte[] bytes = runs.bytes(output);
        return new OutputAssert(
                this,
                output.name(),
                output.shape(),
                Elements.of(bytes, output.type()),
                Elements.wholeNumbers(bytes, output.type()),
                runs.unwritten(output),
                output);
    }

    @Override
    public TensorAssert assertThat(DeviceTensor rearranged) {
        double[] values = widened(rearranged.values());
        long[] whole = Arrays.stream(values).mapToLong(v -> (long) v).toArray();
        return new OutputAssert(this, rearranged.name(), rearranged.shape(), values, whole, new BitSet(), null);
    }

    @Override
    public DeviceTensor tensor(DeviceBuffer buffer) {
        return new DeviceTensor(
                buffer.name(), buffer.shape(), narrowed(Elements.of(runs.bytes(buffer), buffer.type())));
    }

    @Override
    public float[] floats(DeviceBuffer buffer) {
        return runs.first().buffers().floats(buffer);
    }

    @Override
    public double[] doubles(DeviceBuffer buffer) {
        return runs.first().buffers().doubles(buffer);
    }

    @Override
    public int[] ints(DeviceBuffer buffer) {
        return runs.first().buffers().ints(buffer);
    }

    @Override
    public long[] longs(DeviceBuffer buffer) {
        return runs.first().buffers().longs(buffer);
    }

    @Override
    public byte[] bytes(DeviceBuffer buffer) {
        return runs.bytes(buffer);
    }

    @Override
    public RunTrace trace() {
        return runs.first().trace();
    }

    @Override
    public Run launchesAtMost(int limit) {
        int launches = trace().launches().size();
        return satisfies(
                launches <= limit,
                "The entry makes " + counted(launches, "kernel launch", "kernel launches") + "; at most " + limit
                        + " allowed.",
                "入口函数启动了 " + launches + " 次内核；最多允许 " + limit + " 次。");
    }

    @Override
    public Run allocatesAtMost(long scratchBytes) {
        long bytes = trace().scratchBytes();
        return satisfies(
                bytes <= scratchBytes,
                "The entry holds " + counted(bytes, "byte", "bytes") + " of device memory of its own; at most "
                        + scratchBytes + " allowed.",
                "入口函数自行分配了 " + bytes + " 字节设备内存；最多允许 " + scratchBytes + " 字节。");
    }

    @Override
    public Run executesAtMostPerThread(long instructions, String hintEnglish, String hintChinese) {
        for (LaunchRecord launch : trace().launches()) {
            long most = launch.maxThreadInstructions();
            satisfies(
                    most <= instructions,
                    "A thread of " + launch.displayName() + " executes " + most + " instructions; at most "
                            + instructions + " allowed: " + hintEnglish,
                    launch.displayName() + " 的一个线程执行了 " + most + " 条指令；最多允许 " + instructions + " 条：" + hintChinese);
        }
        return this;
    }

    @Override
    public Run usesParallelThreads() {
        List<LaunchRecord> launches = trace().launches();
        satisfies(!launches.isEmpty(), "The entry launches no kernel.", "入口函数没有启动任何内核。");
        long threads = launches.stream()
                .mapToLong(launch -> launch.grid().count() * launch.block().count())
                .max()
                .orElse(0);
        return satisfies(threads > 1, "All work is done by a single thread.", "全部工作由单个线程完成。");
    }

    @Override
    public CounterAssert counters() {
        return new CountedRun(
                wording, bench.counting(runs.call(), wording).trace().launches());
    }

    @Override
    public Run satisfies(boolean holds, String english, String chinese) {
        if (!holds) {
            throw failure(wording.plain(english, chinese));
        }
        return this;
    }

    CheckRecord record() {
        return bench.record();
    }

    Wording wording() {
        return wording;
    }

    String family() {
        return family;
    }

    String caseLabel() {
        return caseLabel;
    }

    List<Integer> blockSizes() {
        return trace().launches().stream()
                .map(launch -> (int) launch.block().count())
                .distinct()
                .toList();
    }

    /** What the entry was given, for "the output is an input". */
    List<Evidence.Input> inputs() {
        List<Evidence.Input> inputs = new ArrayList<>();
        for (DeviceBuffer buffer : TwoRuns.buffers(runs.call())) {
            byte[] initial = buffer.initial();
            if (initial != null) {
                inputs.add(new Evidence.Input(buffer.name(), Elements.of(initial, buffer.type())));
            }
        }
        return inputs;
    }

    /**
     * Who wrote some elements last.
     *
     * @param first the writer of the first wrong element, null if nobody wrote it or the device cannot tell
     * @param blocks the number of the block that wrote the first element of each cell of the map, empty if nobody can tell
     */
    record Writers(@Nullable String first, List<Integer> blocks) {
        static final Writers UNKNOWN = new Writers(null, List.of());
    }

    /** The call again, watched; {@code element} is the first wrong one. */
    Writers writers(DeviceBuffer buffer, int element, ErrorMap map) {
        Completed tracked = bench.trackingWriters(runs.call());
        if (tracked == null) {
            return Writers.UNKNOWN;
        }
        Writer first = tracked.buffers().writerOf(buffer, element);
        List<Integer> blocks = map.firsts().stream()
                .map(cell -> cell < 0 ? -1 : block(tracked, tracked.buffers().writerOf(buffer, cell)))
                .toList();
        boolean known = blocks.stream().anyMatch(block -> block >= 0);
        return new Writers(first == null ? null : Wording.writer(first), known ? blocks : List.of());
    }

    /** The block's number in its grid, x fastest. */
    private static int block(Completed tracked, @Nullable Writer writer) {
        List<LaunchRecord> launches = tracked.trace().launches();
        if (writer == null || writer.launch() < 0 || writer.launch() >= launches.size()) {
            return -1;
        }
        Dim3 grid = launches.get(writer.launch()).grid();
        Dim3 at = writer.block();
        return at.x() + grid.x() * (at.y() + grid.y() * at.z());
    }

    List<Finding> birthsOfNan() {
        return bench.birthsOfNan(runs.call());
    }

    private static CheckFailure failure(Text text) {
        return new CheckFailure(CheckStatus.FAILED, text, null, List.of());
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, i -> values[i]);
        return wide;
    }

    private static float[] narrowed(double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }

    private static String counted(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
