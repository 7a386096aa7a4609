package org.warpgrade.gpu.cpu;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.ptx.typed.TypedModule;

/** Everything one run shares between its launches. */
final class RunContext {

    private final TypedModule module;
    private final DeviceMemory memory;
    private final RunSettings settings;
    private final Budget budget;
    private final FindingLog findings = new FindingLog();
    /** Where threads that run some of the blocks report. */
    private final ThreadLocal<@Nullable FindingLog> ofThread = new ThreadLocal<>();

    private final AtomicBoolean heapExhausted = new AtomicBoolean();
    private final PrintBuffer printed;
    private final Map<Allocation, Finding> readOnlyWrites = new LinkedHashMap<>();
    private final @Nullable NanOrigins nanOrigins;
    private final AtomicLong instructions = new AtomicLong();
    private final long begin = System.nanoTime();

    RunContext(TypedModule module, DeviceMemory memory, RunSettings settings) {
        this.module = module;
        this.memory = memory;
        this.settings = settings;
        this.budget = new Budget(settings.limits());
        this.nanOrigins = settings.traceNan() ? new NanOrigins() : null;
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
        FindingLog own = ofThread.get();
        return own == null ? findings : own;
    }

    /** From now on this thread's findings go there; null: to the run's own log again. */
    void reportingTo(@Nullable FindingLog log) {
        if (log == null) {
            ofThread.remove();
        } else {
            ofThread.set(log);
        }
    }

    /** Who follows NaNs; null if the settings do not ask for it. */
    @Nullable
    NanOrigins nanOrigins() {
        return nanOrigins;
    }

    PrintBuffer printed() {
        return printed;
    }

    /** Prints for the program; the first text that does not fit is a finding. */
    void print(String text, UnaryOperator<Finding> placed) {
        if (printed.append(text)) {
            int limit = settings.limits().printedBytes();
            findings.add(placed.apply(new Finding(
                    FindingKind.PRINT_BUDGET,
                    Severity.WARNING,
                    null,
                    null,
                    null,
                    null,
                    "prints more than " + limit + " bytes: what is beyond is not shown")));
        }
    }

    /** A kernel's {@code malloc} gave null: told of the first. */
    void noteFailedMalloc(long bytes, UnaryOperator<Finding> placed) {
        if (!heapExhausted.getAndSet(true)) {
            findings.add(placed.apply(new Finding(
                    FindingKind.MEMORY_BUDGET,
                    Severity.WARNING,
                    null,
                    null,
                    null,
                    null,
                    "malloc of " + bytes + " bytes gave null: of the kernels' heap, " + memory.heapAlive() + " of "
                            + memory.heapLimit() + " bytes are taken (cudaDeviceSetLimit makes it larger)")));
        }
    }

    /** Counts executed thread instructions; also the machine's clock. */
    void count(long threadInstructions) {
        instructions.addAndGet(threadInstructions);
    }

    long instructions() {
        return instructions.get();
    }

    boolean isOutOfSteps() {
        return instructions.get() > settings.limits().threadInstructions();
    }

    /** A clock that advances with work and is the same in every run. */
    long clock() {
        return instructions.get();
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

    /** The finding that ends a run without time or steps left; without a launch it is host code that runs on. */
    Finding budgetFinding(@Nullable KernelLaunch launch, long linearBlock, int thread, @Nullable SourceLocation at) {
        boolean time = budget.isOutOfTime();
        String what = time
                ? "the program was still running after "
                        + settings.limits().deadline().toMillis() / 1000.0 + " s"
                : "the program executed more than " + settings.limits().threadInstructions() + " instructions";
        FindingKind kind = time ? FindingKind.DEADLINE : FindingKind.STEP_BUDGET;
        String message = what + " and was here: is this loop endless?";
        return launch == null
                ? new Finding(kind, Severity.ERROR, at, null, null, null, message)
                : launch.finding(kind, Severity.ERROR, at, linearBlock, thread, message);
    }
}
