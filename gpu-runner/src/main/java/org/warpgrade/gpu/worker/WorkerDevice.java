package org.warpgrade.gpu.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Buffers;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceKind;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.RunTrace;
import org.warpgrade.gpu.cuda.GpuUnavailableException;
import org.warpgrade.gpu.timing.GpuState;
import org.warpgrade.gpu.timing.Repetition;
import org.warpgrade.gpu.timing.TimedDevice;
import org.warpgrade.gpu.timing.TimedOutputs;
import org.warpgrade.gpu.worker.Frames.Frame;
import org.warpgrade.gpu.worker.Frames.Kind;
import org.warpgrade.gpu.worker.GpuProcess.WorkerFailure;

/**
 * A GPU behind a process of its own. Whatever happens to that process is an outcome of the run that it was busy with, and
 * the next run gets a new one. The GPU belongs to this device, on the whole machine, until it is closed.
 */
public final class WorkerDevice implements TimedDevice {

    /** A driver that crashes once may have been unlucky; twice on the same call is how it is. */
    private static final int ATTEMPTS = 2;

    private static final Duration WAIT_FOR_A_GPU = Duration.ofHours(1);

    /** The entry's deadline is in processor time, at most so much longer by the clock. */
    private static final int CLOCK_PER_PROCESSOR_TIME = 4;

    private final WorkerCommand command;
    private final GpuLock lock;
    private final NvidiaSmi smi;
    private @Nullable GpuProcess worker;
    private String name;
    private int driverVersion;
    private long l2Bytes;

    /**
     * Opens the first GPU that is free, waiting for one if need be.
     *
     * @throws GpuUnavailableException if there is none on this machine, or none that can be used
     */
    public static WorkerDevice open() {
        NvidiaSmi smi = NvidiaSmi.ofMachine();
        return open(WorkerCommand.standard(), gpus(smi), GpuLock.folder(), smi, WAIT_FOR_A_GPU);
    }

    /**
     * Opens the first GPU that is free now.
     *
     * @throws GpuUnavailableException if none is, or none can be used
     */
    public static WorkerDevice openNow() {
        NvidiaSmi smi = NvidiaSmi.ofMachine();
        return open(WorkerCommand.standard(), gpus(smi), GpuLock.folder(), smi, Duration.ZERO);
    }

    /** Whether a driver has left traces; much cheaper than asking it. */
    public static boolean mayBeHere() {
        return Stream.of("/dev/nvidiactl", "/proc/driver/nvidia/version", "/dev/dxg")
                .anyMatch(file -> Files.exists(Path.of(file)));
    }

    /** Whether the worker runs on a driver double, whose times and peaks mean nothing. */
    public static boolean isRehearsal() {
        return WorkerCommand.isRehearsal();
    }

    /** The GPUs of this machine; empty without a driver. */
    public static List<Gpu> gpus() {
        return gpus(NvidiaSmi.ofMachine());
    }

    private static List<Gpu> gpus(NvidiaSmi smi) {
        String visible = System.getenv("CUDA_VISIBLE_DEVICES");
        List<Gpu> told = smi.gpus(visible);
        return told.isEmpty() && visible == null ? NvidiaSmi.ofDeviceFiles(Path.of("/dev")) : told;
    }

    static WorkerDevice open(WorkerCommand command, List<Gpu> gpus, Path locks, NvidiaSmi smi, Duration wait) {
        if (gpus.isEmpty()) {
            throw new GpuUnavailableException("this machine has no NVIDIA GPU that its driver shows.");
        }
        try {
            GpuLock lock = GpuLock.ofAny(gpus, locks, wait)
                    .orElseThrow(
                            () -> new GpuUnavailableException("every GPU of this machine is busy with another job."));
            try {
                return new WorkerDevice(command, lock, smi);
            } catch (GpuUnavailableException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new GpuUnavailableException(
                    "the lock of the GPU in " + locks + " cannot be taken: " + e.getMessage() + ".");
        }
    }

    private WorkerDevice(WorkerCommand command, GpuLock lock, NvidiaSmi smi) {
        this.command = command;
        this.lock = lock;
        this.smi = smi;
        this.name = lock.gpu().name();
        try {
            worker();
        } catch (WorkerFailure e) {
            throw new GpuUnavailableException("the GPU worker " + e.getMessage() + ".");
        }
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
        return driverVersion;
    }

    @Override
    public synchronized RunOutcome run(Program program, Call call, RunSettings settings) {
        return ask(
                new Question(Kind.RUN, program, List.of(call), settings),
                (wire, answer, _, printed) -> withOutput(wire.readOutcome(answer.content()), printed),
                lost -> lost);
    }

    @Override
    public synchronized Repetition time(Program program, Call rehearsal, Call timed, RunSettings settings) {
        return ask(
                new Question(Kind.TIME, program, List.of(rehearsal, timed), settings),
                (wire, answer, process, _) ->
                        RepetitionWire.read(wire, answer.content(), checksum -> new Fetched(checksum, timed, process)),
                Repetition.Ended::new);
    }

    /** @param calls the call, for timing the rehearsal and then the call that is timed */
    private record Question(Kind kind, Program program, List<Call> calls, RunSettings settings) {

        void writeTo(OutputStream requests, Wire wire, SentBuffers sent, String mark) throws IOException {
            if (kind == Kind.TIME) {
                for (Call call : calls) {
                    sent.send(requests, call.buffers());
                }
            }
            Frames.write(requests, kind, out -> {
                Wire.text(out, mark);
                wire.write(out, program);
                for (Call call : calls) {
                    wire.write(out, call);
                }
                wire.write(out, settings);
            });
        }
    }

    /** Outputs that the worker has: they come when somebody asks for them, as long as it does nothing else. */
    private final class Fetched implements TimedOutputs {

        private final long checksum;
        private final Call call;
        private final GpuProcess process;

        Fetched(long checksum, Call call, GpuProcess process) {
            this.checksum = checksum;
            this.call = call;
            this.process = process;
        }

        @Override
        public long checksum() {
            return checksum;
        }

        @Override
        public Buffers buffers() {
            synchronized (WorkerDevice.this) {
                try {
                    Frame answer =
                            process.ask(requests -> Frames.write(requests, Kind.FETCH, _ -> {}), command.grace());
                    if (answer.kind() != Kind.FETCH) {
                        throw new WorkerFailure("said " + answer.kind() + " out of turn");
                    }
                    return Wire.readContents(answer.content(), call.outputs());
                } catch (WorkerFailure e) {
                    end();
                    throw new IllegalStateException("the GPU worker " + e.getMessage(), e);
                } catch (IOException e) {
                    end();
                    throw new IllegalStateException("the GPU worker is out of order: " + e.getMessage(), e);
                }
            }
        }
    }

    private interface Reading<T> {
        T read(Wire wire, Frame answer, GpuProcess process, String printed) throws IOException;
    }

    private interface Losing<T> {
        T lost(RunOutcome outcome);
    }

    private <T> T ask(Question question, Reading<T> reading, Losing<T> losing) {
        String words = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return askOnce(question, reading);
            } catch (WorkerFailure e) {
                words = String.valueOf(e.getMessage());
                end();
            }
        }
        return losing.lost(new RunOutcome.DeviceLost("the GPU worker " + words, RunTrace.empty()));
    }

    private <T> T askOnce(Question question, Reading<T> reading) throws WorkerFailure {
        GpuProcess process = worker();
        Wire wire = Wire.toWorker(process.sent());
        String mark = "\u0001" + UUID.randomUUID() + "\n";
        process.printed().expect(mark);
        Duration most = question.settings()
                .limits()
                .deadline()
                .multipliedBy(CLOCK_PER_PROCESSOR_TIME)
                .plus(command.grace());
        Frame answer = process.ask(requests -> question.writeTo(requests, wire, process.sent(), mark), most);
        try {
            if (answer.kind() != Kind.DONE) {
                throw new WorkerFailure("said " + answer.kind() + " out of turn");
            }
            boolean lost = answer.content().readBoolean();
            String printed =
                    process.printed().upToMark(question.settings().limits().printedBytes());
            T result = reading.read(wire, answer, process, printed);
            if (lost) {
                end(); // its context is gone: the next run gets a new process
            }
            return result;
        } catch (IOException e) {
            throw new WorkerFailure("is out of order: " + e.getMessage());
        }
    }

    private GpuProcess worker() throws WorkerFailure {
        GpuProcess present = worker;
        if (present != null && present.isAlive()) {
            return present;
        }
        GpuProcess started;
        try {
            started = new GpuProcess(command.start(lock.gpu()));
        } catch (IOException e) {
            throw new WorkerFailure("could not be started: " + e.getMessage());
        }
        worker = started;
        Frame hello = started.expect(command.ready());
        try {
            switch (hello.kind()) {
                case READY -> {
                    name = Wire.text(hello.content());
                    driverVersion = hello.content().readInt();
                    l2Bytes = hello.content().readLong();
                }
                case UNAVAILABLE -> {
                    end();
                    throw new GpuUnavailableException(Wire.text(hello.content()));
                }
                case RUN, KEEP, FORGET, TIME, FETCH, DONE ->
                    throw new WorkerFailure("said " + hello.kind() + " before it was asked");
            }
        } catch (IOException e) {
            throw new WorkerFailure("is out of order: " + e.getMessage());
        }
        return started;
    }

    /** Ends the process, as between two submissions: the next run gets a new one. */
    public synchronized void renew() {
        end();
    }

    private void end() {
        if (worker != null) {
            worker.close();
            worker = null;
        }
    }

    private static RunOutcome withOutput(RunOutcome outcome, String printed) {
        RunTrace t = outcome.trace();
        RunTrace trace =
                new RunTrace(t.launches(), t.findings(), printed, t.scratchBytes(), t.hostInstructions(), t.nanos());
        return switch (outcome) {
            case RunOutcome.Completed o -> new RunOutcome.Completed(o.buffers(), trace);
            case RunOutcome.Faulted o -> new RunOutcome.Faulted(o.fault(), trace);
            case RunOutcome.TimedOut o -> new RunOutcome.TimedOut(o.where(), trace);
            case RunOutcome.NoSuchEntry o -> new RunOutcome.NoSuchEntry(o.message(), trace);
            case RunOutcome.Unsupported o -> new RunOutcome.Unsupported(o.message(), o.at(), trace);
            case RunOutcome.DeviceLost o -> new RunOutcome.DeviceLost(o.message(), trace);
        };
    }

    @Override
    public GpuState state() {
        return smi.state(lock.gpu());
    }

    @Override
    public long l2Bytes() {
        return l2Bytes;
    }

    @Override
    public synchronized void close() {
        end();
        lock.close();
    }
}
