package org.warpgrade.gpu.cpu;

import java.util.LinkedHashMap;
import java.util.Map;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.ptx.typed.TypedModule;

/** Everything one run shares between its launches. */
final class RunContext {

    private final TypedModule module;
    private final DeviceMemory memory;
    private final RunSettings settings;
    private final Budget budget;
    private final FindingLog findings = new FindingLog();
    private final PrintBuffer printed;
    private final Map<Allocation, Finding> readOnlyWrites = new LinkedHashMap<>();
    private long instructions;
    private final long begin = System.nanoTime();

    RunContext(TypedModule module, DeviceMemory memory, RunSettings settings) {
        this.module = module;
        this.memory = memory;
        this.settings = settings;
        this.budget = new Budget(settings.limits());
        this.printed = new PrintBuffer(settings.limits().printedBytes());
    }

    TypedModule module() {
        return module;
    }

    DeviceMemory memory() {
        return memory;
    }

    RunSettings settings() {
        return settings;
    }

    Budget budget() {
        return budget;
    }

    FindingLog findings() {
        return findings;
    }

    PrintBuffer printed() {
        return printed;
    }

    /** Counts executed thread instructions; also the machine's clock. */
    void count(int threadInstructions) {
        instructions += threadInstructions;
    }

    long instructions() {
        return instructions;
    }

    /** A clock that advances with work and is the same in every run. */
    long clock() {
        return instructions;
    }

    /** Remembers the first write to an input; it is a finding only if the bytes differ in the end. */
    synchronized void noteReadOnlyWrite(Allocation allocation, Finding finding) {
        readOnlyWrites.putIfAbsent(allocation, finding);
    }

    Map<Allocation, Finding> readOnlyWrites() {
        return readOnlyWrites;
    }

    long nanos() {
        return System.nanoTime() - begin;
    }
}
