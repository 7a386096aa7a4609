package org.warpgrade.gpu.timing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CompileRejected;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunLimits;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.compile.CompileRequest;
import org.warpgrade.gpu.compile.NvrtcCompiler;

/** Measures what the GPU reaches with kernels of ours, {@code peaks.cu}: the ground that floors stand on. */
public final class PeakMeter {

    /** The best of so many: a peak is what is possible, not what is usual. */
    private static final int REPETITIONS = 7;

    /** The copy moves this much each way: many times any L2. */
    private static final long COPY_BYTES = 512L << 20;

    private static final int ROUNDS = 2048;
    private static final int TENSOR_ROUNDS = 256;

    /** {@code peaks.cu}: 4096 blocks of 256 threads with 8 chains, a fused multiply-add as two operations. */
    private static final double FMA_OPERATIONS = 4096.0 * 256 * 8 * 2 * ROUNDS;

    /** {@code peaks.cu}: 4096 blocks of 8 warps with 4 tiles of 16 x 16 x 16. */
    private static final double TENSOR_OPERATIONS = 4096.0 * 8 * 4 * 2 * 16 * 16 * 16 * TENSOR_ROUNDS;

    private final Program program;

    public PeakMeter(NvrtcCompiler compiler) {
        this.program = switch (compiler.compile(CompileRequest.of(new CudaSource("peaks.cu", source())))) {
            case Program compiled -> compiled;
            case CompileRejected rejected ->
                throw new IllegalStateException("peaks.cu does not compile: " + rejected.log());
        };
    }

    /** Takes a few tens of milliseconds of the GPU's time. */
    public Peaks measure(TimedDevice device) {
        double copy = 2.0 * COPY_BYTES / seconds(device, Call.of("peak_copy", Argument.i64(COPY_BYTES)));
        double fma = FMA_OPERATIONS / seconds(device, Call.of("peak_fma", Argument.i32(ROUNDS)));
        double tensor = TENSOR_OPERATIONS / seconds(device, Call.of("peak_tensor", Argument.i32(TENSOR_ROUNDS)));
        return new Peaks(copy, fma, tensor, device.l2Bytes());
    }

    /**
     * What a single timed launch takes longer than one of many between the same two events, relative: the price of our
     * events, of the flush before them, and of gaps that the GPU might see.
     */
    public double overhead(TimedDevice device) {
        int many = 20;
        double one = seconds(device, Call.of("peak_fma_times", Argument.i32(ROUNDS), Argument.i32(1)));
        double bare = seconds(device, Call.of("peak_fma_times", Argument.i32(ROUNDS), Argument.i32(many))) / many;
        return one / bare - 1;
    }

    private double seconds(TimedDevice device, Call call) {
        RunSettings settings =
                RunSettings.defaults().withLimits(RunLimits.defaults().withDeviceBytes(3 * COPY_BYTES));
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < REPETITIONS; i++) {
            switch (device.time(program, call, call, settings)) {
                case Repetition.Timed timed -> best = Math.min(best, timed.micros() / 1e6);
                case Repetition.Ended _, Repetition.NotTimable _ ->
                    throw new IllegalStateException(call.entry() + " of peaks.cu did not run");
            }
        }
        return best;
    }

    static String source() {
        try (InputStream in = PeakMeter.class.getResourceAsStream("peaks.cu")) {
            if (in == null) {
                throw new IllegalStateException("peaks.cu is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
