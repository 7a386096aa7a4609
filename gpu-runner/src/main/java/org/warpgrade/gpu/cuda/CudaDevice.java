package org.warpgrade.gpu.cuda;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceKind;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.RunTrace;
import org.warpgrade.gpu.ptx.PtxModule;
import org.warpgrade.gpu.ptx.PtxParser;
import org.warpgrade.gpu.timing.GpuState;
import org.warpgrade.gpu.timing.Repetition;
import org.warpgrade.gpu.timing.TimedDevice;

/**
 * A GPU in this process. A kernel that faults or does not end takes the context with it: from then on every run is {@link
 * RunOutcome.DeviceLost}, so this is for a process that can be ended and made anew.
 */
public final class CudaDevice implements TimedDevice {

    private static final int COMPUTE_CAPABILITY_MAJOR = 75;
    private static final int COMPUTE_CAPABILITY_MINOR = 76;
    private static final int L2_BYTES = 38;

    /** Programs are compiled for compute capability 8.0. */
    private static final int LEAST_MAJOR = 8;

    /** Used where the driver does not tell the size of the L2. */
    private static final long USUAL_L2 = 40L << 20;

    private final CudaDriver driver;
    private final HostOutput output;
    private final GpuMemory memory;
    private final String name;
    private final int version;
    private final long l2Bytes;
    private final long start;
    private final long end;
    private final Map<Program, PtxModule> parsed = Collections.synchronizedMap(new WeakHashMap<>());
    private boolean lost;

    /**
     * Opens a GPU.
     *
     * @param natives folder for JCuda's binding
     * @throws GpuUnavailableException if there is no such GPU, no driver, or one that is too old
     */
    public static CudaDevice open(int ordinal, Path natives, HostOutput output) {
        return open(new JCudaCalls(natives), ordinal, output);
    }

    static CudaDevice open(CudaDriver driver, int ordinal, HostOutput output) {
        int[] count = new int[1];
        int code = driver.init();
        if (code == CuResult.SUCCESS) {
            code = driver.deviceCount(count);
        }
        if (code != CuResult.SUCCESS) {
            throw new GpuUnavailableException("the CUDA driver does not start: " + CuResult.name(code) + ".");
        }
        if (ordinal >= count[0]) {
            throw new GpuUnavailableException(
                    "there is no GPU " + ordinal + "; the CUDA driver sees " + count[0] + ".");
        }
        int opened = driver.open(ordinal);
        if (opened != CuResult.SUCCESS) {
            throw new GpuUnavailableException("GPU " + ordinal + " cannot be used: " + CuResult.name(opened) + ".");
        }
        return new CudaDevice(driver, output);
    }

    private CudaDevice(CudaDriver driver, HostOutput output) {
        this.driver = driver;
        this.output = output;
        this.memory = new GpuMemory(driver);
        String[] called = {"GPU"};
        int[] number = new int[1];
        DriverFailure.check(driver.deviceName(called), "tell the GPU's name");
        DriverFailure.check(driver.version(number), "tell its version");
        this.name = called[0];
        this.version = number[0];
        int major = attribute(COMPUTE_CAPABILITY_MAJOR);
        if (major < LEAST_MAJOR) {
            throw new GpuUnavailableException(String.format(
                    Locale.ROOT,
                    "the %s has compute capability %d.%d; WarpGrade's programs need 8.0.",
                    name,
                    major,
                    attribute(COMPUTE_CAPABILITY_MINOR)));
        }
        int l2 = attribute(L2_BYTES);
        this.l2Bytes = l2 > 0 ? l2 : USUAL_L2;
        this.start = event();
        this.end = event();
    }

    private int attribute(int attribute) {
        int[] value = new int[1];
        DriverFailure.check(driver.attribute(attribute, value), "tell attribute " + attribute);
        return value[0];
    }

    private long event() {
        long[] event = new long[1];
        DriverFailure.check(driver.createEvent(event), "create an event");
        return event[0];
    }

    @Override
    public DeviceKind kind() {
        return DeviceKind.CUDA;
    }

    @Override
    public String name() {
        return name;
    }

    /** The driver's version: 12060 for CUDA 12.6. */
    public int driverVersion() {
        return version;
    }

    /** Whether the context is gone, so that only a new process helps. */
    public synchronized boolean isLost() {
        return lost;
    }

    @Override
    public synchronized RunOutcome run(Program program, Call call, RunSettings settings) {
        return guarded(
                () -> {
                    try (LoadedModule loaded = load(program)) {
                        return remember(prepare(loaded, program, call, settings).run());
                    }
                },
                outcome -> outcome);
    }

    @Override
    public synchronized Repetition time(Program program, Call rehearsal, Call timed, RunSettings settings) {
        return guarded(
                () -> {
                    try (LoadedModule loaded = load(program)) {
                        return remember(new TimedRun(driver, memory, loaded, start, end, l2Bytes)
                                .time(prepare(loaded, program, rehearsal, settings), timed, settings));
                    }
                },
                Repetition.Ended::new);
    }

    private LoadedModule load(Program program) {
        DriverFailure.check(driver.makeCurrent(), "make the context current");
        return new LoadedModule(driver, PreparedPtx.of(program.ptx(), version), parse(program));
    }

    private CudaRun prepare(LoadedModule loaded, Program program, Call call, RunSettings settings) {
        memory.begin(settings.poison(), settings.limits().deviceBytes());
        return new CudaRun(driver, memory, output, loaded, parse(program), program, call, settings);
    }

    private PtxModule parse(Program program) {
        return parsed.computeIfAbsent(
                program, p -> PtxParser.parse(p.ptx(), p.source().name()));
    }

    /** A fault or an endless kernel of this program is the end of the context. */
    private <T> T remember(T outcome) {
        lost |= driver.query() != CuResult.SUCCESS;
        return outcome;
    }

    /** What goes wrong for other reasons than the program's is an outcome, too. */
    private <T> T guarded(Supplier<T> work, Function<RunOutcome, T> failed) {
        if (lost) {
            return failed.apply(
                    new RunOutcome.DeviceLost("the GPU's context ended with an earlier run", RunTrace.empty()));
        }
        try {
            return work.get();
        } catch (LoadedModule.ModuleRefused refused) {
            return failed.apply(
                    new RunOutcome.Unsupported(String.valueOf(refused.getMessage()), null, RunTrace.empty()));
        } catch (DriverFailure failure) {
            lost = true;
            return failed.apply(new RunOutcome.DeviceLost(String.valueOf(failure.getMessage()), RunTrace.empty()));
        }
    }

    /** Unknown here: reading it takes another program, which the process that owns this one asks. */
    @Override
    public GpuState state() {
        return GpuState.unknown();
    }

    @Override
    public long l2Bytes() {
        return l2Bytes;
    }

    @Override
    public synchronized void close() {
        if (!lost) {
            memory.close();
        }
        parsed.clear();
    }
}
