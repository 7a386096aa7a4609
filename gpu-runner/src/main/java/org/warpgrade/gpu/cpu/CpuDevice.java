package org.warpgrade.gpu.cpu;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.DeviceKind;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.ptx.PtxParser;
import org.warpgrade.gpu.ptx.typed.TypedModule;

/** The device that is always there: PTX on the JVM, memory-safe, with findings. */
public final class CpuDevice implements Device {

    private final Map<Program, TypedModule> modules = Collections.synchronizedMap(new WeakHashMap<>());

    @Override
    public DeviceKind kind() {
        return DeviceKind.CPU;
    }

    @Override
    public String name() {
        return "CPU device (" + Runtime.getRuntime().availableProcessors() + " cores)";
    }

    @Override
    public RunOutcome run(Program program, Call call, RunSettings settings) {
        return new CpuRun(module(program), program, call, settings).run();
    }

    private TypedModule module(Program program) {
        return modules.computeIfAbsent(
                program, p -> new TypedModule(PtxParser.parse(p.ptx(), p.source().name())));
    }

    @Override
    public void close() {
        modules.clear();
    }
}
