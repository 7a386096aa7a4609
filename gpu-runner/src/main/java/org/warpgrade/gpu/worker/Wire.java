package org.warpgrade.gpu.worker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Buffers;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.LaunchRecord;
import org.warpgrade.gpu.Poison;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunLimits;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.RunTrace;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;

/**
 * Programs, calls and outcomes as bytes, both ways. Buffers are numbered in the order in which a call names them first, so
 * that an outcome can speak of them.
 */
final class Wire {

    private static final int LONGEST = Integer.MAX_VALUE - 64;

    private final List<DeviceBuffer> buffers = new ArrayList<>();
    private final Map<DeviceBuffer, Integer> numbers = new IdentityHashMap<>();
    private final SentBuffers sent;
    private final List<DeviceBuffer> kept;

    /** Everything is said in full. */
    Wire() {
        this(new SentBuffers(), List.of());
    }

    private Wire(SentBuffers sent, List<DeviceBuffer> kept) {
        this.sent = sent;
        this.kept = kept;
    }

    /** The owner's: buffers that the worker keeps go as numbers. */
    static Wire toWorker(SentBuffers sent) {
        return new Wire(sent, List.of());
    }

    /** The worker's. */
    static Wire fromOwner(List<DeviceBuffer> kept) {
        return new Wire(new SentBuffers(), kept);
    }

    /** The call's buffers in order; known after the call was written or read. */
    List<DeviceBuffer> buffers() {
        return buffers;
    }

    // ------------------------------------------------------------------ there

    void write(DataOutput out, Program program) throws IOException {
        text(out, program.source().name());
        text(out, program.ptx());
        text(out, program.compiler());
        out.writeInt(program.entries().size());
        for (Map.Entry<String, String> entry : program.entries().entrySet()) {
            text(out, entry.getKey());
            text(out, entry.getValue());
        }
        out.writeInt(program.hostVariables().size());
        for (String symbol : program.hostVariables()) {
            text(out, symbol);
        }
    }

    /** The source text stays behind: nothing that runs needs it. */
    Program readProgram(DataInput in) throws IOException {
        CudaSource source = new CudaSource(text(in), "");
        String ptx = text(in);
        String compiler = text(in);
        Map<String, String> entries = new HashMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            entries.put(text(in), text(in));
        }
        Set<String> hostVariables = new HashSet<>();
        for (int i = in.readInt(); i > 0; i--) {
            hostVariables.add(text(in));
        }
        return new Program(source, ptx, compiler, "", List.of(), entries, hostVariables);
    }

    void write(DataOutput out, Call call) throws IOException {
        text(out, call.entry());
        write(out, call.arguments());
    }

    Call readCall(DataInput in) throws IOException {
        return new Call(text(in), readArguments(in));
    }

    private void write(DataOutput out, List<Argument> arguments) throws IOException {
        out.writeInt(arguments.size());
        for (Argument argument : arguments) {
            write(out, argument);
        }
    }

    private List<Argument> readArguments(DataInput in) throws IOException {
        List<Argument> arguments = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            arguments.add(readArgument(in));
        }
        return arguments;
    }

    private void write(DataOutput out, Argument argument) throws IOException {
        switch (argument) {
            case Argument.Scalar(byte[] bytes) -> {
                out.writeByte('s');
                bytes(out, bytes);
            }
            case Argument.Pointer(DeviceBuffer buffer, long offset) -> {
                out.writeByte('p');
                write(out, buffer);
                out.writeLong(offset);
            }
            case Argument.Null() -> out.writeByte('0');
            case Argument.Struct(List<Argument> fields) -> {
                out.writeByte('f');
                write(out, fields);
            }
            case Argument.HostPointer(Argument pointee) -> {
                out.writeByte('h');
                write(out, pointee);
            }
            case Argument.DeviceStruct(String name, Argument pointee) -> {
                out.writeByte('d');
                text(out, name);
                write(out, pointee);
            }
        }
    }

    private Argument readArgument(DataInput in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 's' -> new Argument.Scalar(bytes(in));
            case 'p' -> new Argument.Pointer(readBuffer(in), in.readLong());
            case '0' -> new Argument.Null();
            case 'f' -> new Argument.Struct(readArguments(in));
            case 'h' -> new Argument.HostPointer(readArgument(in));
            case 'd' -> new Argument.DeviceStruct(text(in), readArgument(in));
            default -> throw new IOException("an argument of kind " + kind);
        };
    }

    private void write(DataOutput out, DeviceBuffer buffer) throws IOException {
        Integer known = numbers.get(buffer);
        out.writeInt(known == null ? buffers.size() : known);
        if (known != null) {
            return;
        }
        numbers.put(buffer, buffers.size());
        buffers.add(buffer);
        Integer keptAs = sent.numberOf(buffer);
        out.writeInt(keptAs == null ? -1 : keptAs);
        if (keptAs == null) {
            description(out, buffer);
        }
    }

    /** A buffer with all that it holds. */
    static void description(DataOutput out, DeviceBuffer buffer) throws IOException {
        text(out, buffer.name());
        out.writeByte(buffer.type().ordinal());
        out.writeByte(buffer.access().ordinal());
        int[] shape = buffer.shape();
        out.writeInt(shape.length);
        for (int extent : shape) {
            out.writeInt(extent);
        }
        byte[] initial = buffer.initial();
        out.writeBoolean(initial != null);
        if (initial != null) {
            bytes(out, initial);
        }
    }

    private DeviceBuffer readBuffer(DataInput in) throws IOException {
        int number = in.readInt();
        if (number < buffers.size()) {
            return buffers.get(number);
        }
        int keptAs = in.readInt();
        if (keptAs >= kept.size()) {
            throw new IOException("a buffer that nobody has sent");
        }
        DeviceBuffer buffer = keptAs < 0 ? readDescription(in) : kept.get(keptAs);
        buffers.add(buffer);
        return buffer;
    }

    static DeviceBuffer readDescription(DataInput in) throws IOException {
        String name = text(in);
        ElementType type = ElementType.values()[in.readByte()];
        DeviceBuffer.Access access = DeviceBuffer.Access.values()[in.readByte()];
        int[] shape = new int[in.readInt()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = in.readInt();
        }
        return in.readBoolean()
                ? DeviceBuffer.of(name, type, access, bytes(in), shape)
                : DeviceBuffer.output(name, type, shape);
    }

    void write(DataOutput out, RunSettings settings) throws IOException {
        out.writeByte(settings.poison().ordinal());
        out.writeLong(settings.schedule());
        RunLimits limits = settings.limits();
        out.writeLong(limits.deadline().toNanos());
        out.writeLong(limits.threadInstructions());
        out.writeLong(limits.deviceBytes());
        out.writeInt(limits.launches());
        out.writeInt(limits.printedBytes());
    }

    RunSettings readSettings(DataInput in) throws IOException {
        Poison poison = Poison.values()[in.readByte()];
        long schedule = in.readLong();
        RunLimits limits = new RunLimits(
                Duration.ofNanos(in.readLong()), in.readLong(), in.readLong(), in.readInt(), in.readInt());
        return RunSettings.defaults().withPoison(poison).withSchedule(schedule).withLimits(limits);
    }

    // ------------------------------------------------------------------ back

    void write(DataOutput out, RunOutcome outcome) throws IOException {
        switch (outcome) {
            case RunOutcome.Completed(Buffers contents, RunTrace trace) -> {
                out.writeByte('c');
                write(out, trace);
                write(out, contents);
            }
            case RunOutcome.Faulted(Finding fault, RunTrace trace) -> {
                out.writeByte('f');
                write(out, trace);
                write(out, fault);
            }
            case RunOutcome.TimedOut(Finding where, RunTrace trace) -> {
                out.writeByte('t');
                write(out, trace);
                write(out, where);
            }
            case RunOutcome.NoSuchEntry(String message, RunTrace trace) -> {
                out.writeByte('n');
                write(out, trace);
                text(out, message);
            }
            case RunOutcome.Unsupported(String message, SourceLocation at, RunTrace trace) -> {
                out.writeByte('u');
                write(out, trace);
                text(out, message);
                location(out, at);
            }
            case RunOutcome.DeviceLost(String message, RunTrace trace) -> {
                out.writeByte('l');
                write(out, trace);
                text(out, message);
            }
        }
    }

    RunOutcome readOutcome(DataInput in) throws IOException {
        int kind = in.readByte();
        RunTrace trace = readTrace(in);
        return switch (kind) {
            case 'c' -> new RunOutcome.Completed(readContents(in), trace);
            case 'f' -> new RunOutcome.Faulted(readFinding(in), trace);
            case 't' -> new RunOutcome.TimedOut(readFinding(in), trace);
            case 'n' -> new RunOutcome.NoSuchEntry(text(in), trace);
            case 'u' -> new RunOutcome.Unsupported(text(in), location(in), trace);
            case 'l' -> new RunOutcome.DeviceLost(text(in), trace);
            default -> throw new IOException("an outcome of kind " + kind);
        };
    }

    private void write(DataOutput out, Buffers contents) throws IOException {
        write(out, buffers, contents);
    }

    static void write(DataOutput out, List<DeviceBuffer> buffers, Buffers contents) throws IOException {
        for (DeviceBuffer buffer : buffers) {
            byte[] bytes = new byte[buffer.bytes()];
            contents.bytes(buffer).get(bytes);
            bytes(out, bytes);
        }
    }

    private Buffers readContents(DataInput in) throws IOException {
        return readContents(in, buffers);
    }

    static Buffers readContents(DataInput in, List<DeviceBuffer> buffers) throws IOException {
        Map<DeviceBuffer, byte[]> contents = new IdentityHashMap<>();
        for (DeviceBuffer buffer : buffers) {
            byte[] bytes = bytes(in);
            if (bytes.length != buffer.bytes()) {
                throw new IOException("a buffer of another size");
            }
            contents.put(buffer, bytes);
        }
        return new Buffers(contents, (_, _) -> null);
    }

    void write(DataOutput out, RunTrace trace) throws IOException {
        out.writeInt(trace.launches().size());
        for (LaunchRecord launch : trace.launches()) {
            text(out, launch.kernel());
            text(out, launch.displayName());
            location(out, launch.at());
            dim(out, launch.grid());
            dim(out, launch.block());
            out.writeInt(launch.dynamicSharedBytes());
            bytes(out, launch.arguments());
            out.writeLong(launch.threadInstructions());
            out.writeLong(launch.maxThreadInstructions());
            out.writeLong(launch.nanos());
        }
        out.writeInt(trace.findings().size());
        for (Finding finding : trace.findings()) {
            write(out, finding);
        }
        text(out, trace.printed());
        out.writeLong(trace.scratchBytes());
        out.writeLong(trace.hostInstructions());
        out.writeLong(trace.nanos());
    }

    RunTrace readTrace(DataInput in) throws IOException {
        List<LaunchRecord> launches = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            launches.add(new LaunchRecord(
                    text(in),
                    text(in),
                    location(in),
                    readDim(in),
                    readDim(in),
                    in.readInt(),
                    bytes(in),
                    in.readLong(),
                    in.readLong(),
                    in.readLong()));
        }
        List<Finding> findings = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            findings.add(readFinding(in));
        }
        return new RunTrace(launches, findings, text(in), in.readLong(), in.readLong(), in.readLong());
    }

    private static void write(DataOutput out, Finding finding) throws IOException {
        text(out, finding.kind().name());
        text(out, finding.severity().name());
        location(out, finding.at());
        optional(out, finding.kernel());
        optional(out, finding.block());
        optional(out, finding.thread());
        text(out, finding.message());
    }

    private static Finding readFinding(DataInput in) throws IOException {
        try {
            return new Finding(
                    FindingKind.valueOf(text(in)),
                    Severity.valueOf(text(in)),
                    location(in),
                    in.readBoolean() ? text(in) : null,
                    in.readBoolean() ? readDim(in) : null,
                    in.readBoolean() ? readDim(in) : null,
                    text(in));
        } catch (IllegalArgumentException e) {
            throw new IOException("a finding that is none", e);
        }
    }

    // ------------------------------------------------------------------ small things

    private static void location(DataOutput out, @Nullable SourceLocation at) throws IOException {
        out.writeBoolean(at != null);
        if (at != null) {
            text(out, at.file());
            out.writeInt(at.line());
            out.writeInt(at.column());
        }
    }

    private static @Nullable SourceLocation location(DataInput in) throws IOException {
        return in.readBoolean() ? new SourceLocation(text(in), in.readInt(), in.readInt()) : null;
    }

    private static void optional(DataOutput out, @Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            text(out, text);
        }
    }

    private static void optional(DataOutput out, @Nullable Dim3 dim) throws IOException {
        out.writeBoolean(dim != null);
        if (dim != null) {
            dim(out, dim);
        }
    }

    private static void dim(DataOutput out, Dim3 dim) throws IOException {
        out.writeInt(dim.x());
        out.writeInt(dim.y());
        out.writeInt(dim.z());
    }

    private static Dim3 readDim(DataInput in) throws IOException {
        return new Dim3(in.readInt(), in.readInt(), in.readInt());
    }

    static void text(DataOutput out, String text) throws IOException {
        bytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(DataInput in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static void bytes(DataOutput out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST) {
            throw new IOException("a length of " + length);
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
