package org.warpgrade.gpu.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.cuda.CudaDevice;
import org.warpgrade.gpu.cuda.GpuUnavailableException;
import org.warpgrade.gpu.cuda.HostOutput;
import org.warpgrade.gpu.timing.Repetition;
import org.warpgrade.gpu.timing.TimedOutputs;
import org.warpgrade.gpu.worker.Frames.Frame;
import org.warpgrade.gpu.worker.Frames.Kind;

/**
 * The worker process: opens the one GPU that it is shown, then runs what comes in on standard input until that ends. It
 * answers on file descriptor 3; standard output belongs to the program that runs, whose kernels print there.
 */
public final class GpuService {

    private final InputStream requests;
    private final OutputStream answers;
    private final OutputStream standardOutput;
    private final MethodHandle flush;
    private final List<DeviceBuffer> kept = new ArrayList<>();
    private @Nullable Call last;
    private @Nullable TimedOutputs lastOutputs;

    private GpuService(InputStream requests, OutputStream answers) {
        this.requests = new BufferedInputStream(requests);
        this.answers = new BufferedOutputStream(answers, 1 << 16);
        this.standardOutput = new FileOutputStream(FileDescriptor.out);
        Linker linker = Linker.nativeLinker();
        this.flush = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("fflush"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    }

    /** @param arguments the folder for JCuda's binding */
    public static void main(String[] arguments) throws IOException {
        Path natives = Path.of(arguments[0]);
        serve(output -> CudaDevice.open(0, natives, output));
    }

    /** Opens the device of a worker. */
    @FunctionalInterface
    public interface Opening {
        CudaDevice open(HostOutput output);
    }

    /** Serves until the owner closes the channel. */
    public static void serve(Opening opening) throws IOException {
        endWithOwner();
        GpuService service = new GpuService(System.in, new FileOutputStream("/dev/fd/3"));
        try (CudaDevice device = opening.open(service::print)) {
            Frames.write(service.answers, Kind.READY, out -> {
                Wire.text(out, device.name());
                out.writeInt(device.driverVersion());
                out.writeLong(device.l2Bytes());
            });
            while (service.next(device)) {
                // until the owner has no more
            }
        } catch (GpuUnavailableException | LinkageError e) {
            Frames.write(service.answers, Kind.UNAVAILABLE, out -> Wire.text(out, String.valueOf(e.getMessage())));
        }
    }

    /** A worker in the middle of a kernel does not read its channel; the GPU is free again as soon as nobody owns it. */
    private static void endWithOwner() {
        ProcessHandle.current()
                .parent()
                .ifPresent(owner ->
                        owner.onExit().thenRun(() -> Runtime.getRuntime().halt(3)));
    }

    private boolean next(CudaDevice device) throws IOException {
        Frame request;
        try {
            request = Frames.read(requests);
        } catch (java.io.EOFException end) {
            return false;
        }
        switch (request.kind()) {
            case KEEP -> kept.add(Wire.readDescription(request.content()));
            case FORGET -> kept.clear();
            case RUN -> run(device, request.content());
            case TIME -> time(device, request.content());
            case FETCH -> fetch();
            case READY, UNAVAILABLE, DONE -> throw new IOException("the owner said " + request.kind());
        }
        return true;
    }

    private void run(CudaDevice device, DataInputStream in) throws IOException {
        Wire wire = new Wire();
        String mark = Wire.text(in);
        Program program = wire.readProgram(in);
        Call call = wire.readCall(in);
        RunOutcome outcome = device.run(program, call, wire.readSettings(in));
        done(device, mark, out -> wire.write(out, outcome));
    }

    private void time(CudaDevice device, DataInputStream in) throws IOException {
        lastOutputs = null; // room for the next
        Wire wire = Wire.fromOwner(kept);
        String mark = Wire.text(in);
        Program program = wire.readProgram(in);
        Call rehearsal = wire.readCall(in);
        Call timed = wire.readCall(in);
        Repetition repetition = device.time(program, rehearsal, timed, wire.readSettings(in));
        last = timed;
        lastOutputs = repetition instanceof Repetition.Timed done ? done.outputs() : null;
        done(device, mark, out -> RepetitionWire.write(wire, out, repetition));
    }

    private void fetch() throws IOException {
        Call call = last;
        TimedOutputs outputs = lastOutputs;
        if (call == null || outputs == null) {
            throw new IOException("the owner asks for what was not timed");
        }
        long bytes = call.outputs().stream().mapToLong(DeviceBuffer::bytes).sum();
        Frames.write(answers, Kind.FETCH, bytes, out -> Wire.write(out, call.outputs(), outputs.buffers()));
    }

    /** The mark on standard output tells the owner that everything printed before belongs to this run. */
    private void done(CudaDevice device, String mark, Frames.Content content) throws IOException {
        flushNative();
        standardOutput.write(mark.getBytes(StandardCharsets.UTF_8));
        standardOutput.flush();
        boolean lost = device.isLost();
        Frames.write(answers, Kind.DONE, out -> {
            out.writeBoolean(lost);
            content.writeTo(out);
        });
    }

    /** Host code's output goes where that of kernels goes, so that both are in order. */
    private void print(String text, StringBuilder ignored) {
        try {
            flushNative();
            standardOutput.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The driver prints through the C library, which keeps it back as long as standard output is no terminal. */
    private void flushNative() {
        try {
            int ignored = (int) flush.invokeExact(MemorySegment.NULL);
        } catch (Throwable e) {
            throw new IllegalStateException("fflush failed", e);
        }
    }
}
