package org.warpgrade.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Buffers;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceKind;
import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.LaunchCounters;
import org.warpgrade.gpu.LaunchRecord;
import org.warpgrade.gpu.Poison;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.RunTrace;

/** A device whose programs are Java: one launch of 256 threads that runs the given body. */
public final class FakeDevice implements Device {

    /** What a program does with its memory. */
    public interface Body {
        void run(Memory memory);
    }

    /** The memory of one run, and how the run is set up. */
    public static final class Memory {
        private final Call call;
        private final RunSettings settings;
        private final Map<DeviceBuffer, byte[]> contents = new IdentityHashMap<>();
        private final List<Finding> findings = new ArrayList<>();
        private long threadInstructions = 1000;
        private @Nullable LaunchCounters counted;

        Memory(Call call, RunSettings settings) {
            this.call = call;
            this.settings = settings;
            for (Argument argument : call.arguments()) {
                if (argument instanceof Argument.Pointer(DeviceBuffer buffer, long ignored)) {
                    contents.put(buffer, start(buffer, settings.poison()));
                }
            }
        }

        private static byte[] start(DeviceBuffer buffer, Poison poison) {
            byte[] bytes = buffer.initial();
            if (bytes == null) {
                bytes = new byte[buffer.bytes()];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = poison.byteAt(i);
                }
            }
            return bytes;
        }

        public Call call() {
            return call;
        }

        public RunSettings settings() {
            return settings;
        }

        public int i32(int argument) {
            return ByteBuffer.wrap(((Argument.Scalar) call.arguments().get(argument)).bytes())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getInt();
        }

        /** The buffer of an argument as memory that can be read and written. */
        public ByteBuffer at(int argument) {
            DeviceBuffer buffer = ((Argument.Pointer) call.arguments().get(argument)).buffer();
            return ByteBuffer.wrap(contents.get(buffer)).order(ByteOrder.LITTLE_ENDIAN);
        }

        public void find(Finding finding) {
            findings.add(finding);
        }

        public void executed(long instructions) {
            threadInstructions = instructions;
        }

        /** What a run that is counted tells of its launch. */
        public void counted(LaunchCounters counters) {
            counted = counters;
        }

        public RunTrace trace() {
            LaunchRecord launch = new LaunchRecord(
                    "_Z14softmax_kernelPKfPfii",
                    "softmax_kernel",
                    null,
                    new Dim3(2, 1, 1),
                    new Dim3(256, 1, 1),
                    0,
                    new byte[0],
                    threadInstructions,
                    threadInstructions / 512,
                    1000,
                    settings.counters().isOn() ? counted : null);
            return new RunTrace(List.of(launch), findings, "printed " + call.entry() + "\n", 64, 10, 1000);
        }

        public RunOutcome completed() {
            Buffers.WriterLog writers = (buffer, offset) -> settings.trackWriters()
                    ? new Buffers.Writer(0, "softmax_kernel", new Dim3(0, 0, 0), new Dim3((int) offset / 4, 0, 0))
                    : null;
            return new RunOutcome.Completed(new Buffers(contents, writers), trace());
        }
    }

    /** What a program does, and how its run ends. */
    public interface Behaviour {
        RunOutcome run(Memory memory);
    }

    private final Behaviour behaviour;

    private FakeDevice(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    public static FakeDevice running(Body body) {
        return new FakeDevice(memory -> {
            body.run(memory);
            return memory.completed();
        });
    }

    public static FakeDevice behaving(Behaviour behaviour) {
        return new FakeDevice(behaviour);
    }

    @Override
    public DeviceKind kind() {
        return DeviceKind.CPU;
    }

    @Override
    public String name() {
        return "fake device";
    }

    @Override
    public RunOutcome run(Program program, Call call, RunSettings settings) {
        return behaviour.run(new Memory(call, settings));
    }

    @Override
    public void close() {}
}
