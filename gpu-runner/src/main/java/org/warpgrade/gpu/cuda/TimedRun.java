package org.warpgrade.gpu.cuda;

import java.util.HashMap;
import java.util.Map;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.timing.Repetition;
import org.warpgrade.gpu.timing.TimedOutputs;

/**
 * The timed part of a repetition: what the entry queued in a rehearsal is carried out once more, without the entry, on
 * variables that hold what they held before it and on other inputs. So the time is that of the GPU's work alone, and
 * nothing that the rehearsal left behind can be of use.
 */
final class TimedRun {

    /** The flush writes this many times the L2: tens of microseconds, in which the launches that come after are queued. */
    private static final int FLUSH = 4;

    private final CudaDriver driver;
    private final GpuMemory memory;
    private final LoadedModule module;
    private final long start;
    private final long end;
    private final long l2Bytes;

    TimedRun(CudaDriver driver, GpuMemory memory, LoadedModule module, long start, long end, long l2Bytes) {
        this.driver = driver;
        this.memory = memory;
        this.module = module;
        this.start = start;
        this.end = end;
        this.l2Bytes = l2Bytes;
    }

    /** @param timed what the buffers hold in the timed part */
    Repetition time(CudaRun run, Call timed, RunSettings settings) {
        Map<LoadedModule.Variable, Long> initial = keepVariables();
        long flush = memory.reserve(FLUSH * l2Bytes);
        RunOutcome outcome = run.run();
        if (!(outcome instanceof RunOutcome.Completed first) || hasErrors(first)) {
            return new Repetition.Ended(outcome);
        }
        if (run.backend().readsBack()) {
            return new Repetition.NotTimable(
                    "the entry copies results to the host between its launches; what the host does cannot be timed fairly");
        }
        run.give(timed);
        memory.restore();
        initial.forEach((variable, copy) -> DriverFailure.check(
                driver.copy(variable.address(), copy, variable.bytes()), "restore " + variable.name()));
        DriverFailure.check(driver.resetPersistingL2(), "reset persisting lines");
        Patience patience = new Patience(settings.limits().deadline(), System::nanoTime);
        DriverFailure.check(patience.waitFor(driver), "restore memory");
        DriverFailure.check(driver.fillWords(flush, 0x5A5A5A5A, FLUSH * l2Bytes / 4), "flush the L2");
        DriverFailure.check(driver.record(start), "record an event");
        for (Queued work : run.backend().queued()) {
            DriverFailure.check(work.submit(driver), "repeat a launch");
        }
        DriverFailure.check(driver.record(end), "record an event");
        int code = patience.waitFor(driver);
        if (code != CuResult.SUCCESS) {
            return new Repetition.Ended(later(run, code));
        }
        return timed(run, timed);
    }

    private Map<LoadedModule.Variable, Long> keepVariables() {
        Map<LoadedModule.Variable, Long> copies = new HashMap<>();
        for (LoadedModule.Variable variable : module.variables()) {
            long copy = memory.reserve(variable.bytes());
            DriverFailure.check(driver.copy(copy, variable.address(), variable.bytes()), "keep " + variable.name());
            copies.put(variable, copy);
        }
        return copies;
    }

    private static boolean hasErrors(RunOutcome.Completed completed) {
        return completed.trace().findings().stream().anyMatch(f -> f.severity() == Severity.ERROR);
    }

    private Repetition timed(CudaRun run, Call timed) {
        float[] millis = new float[1];
        DriverFailure.check(driver.elapsed(start, end, millis), "read the time");
        RunOutcome outcome = run.completed();
        return outcome instanceof RunOutcome.Completed second
                ? new Repetition.Timed(1000.0 * millis[0], TimedOutputs.of(timed, second.buffers()), second.trace())
                : new Repetition.Ended(outcome);
    }

    /** The rehearsal was right and this was not: it remembered something, or a race went the other way. */
    private static RunOutcome later(CudaRun run, int code) {
        CuResult.Fault fault = CuResult.fault(code);
        boolean late = code == CuResult.NOT_READY || code == CuResult.LAUNCH_TIMEOUT;
        if (fault == null && !late) {
            throw new DriverFailure("the GPU failed while it was timed: " + CuResult.name(code));
        }
        Finding finding = new Finding(
                late ? FindingKind.DEADLINE : fault.kind(),
                Severity.ERROR,
                null,
                run.backend().launches().isEmpty()
                        ? null
                        : run.backend().launches().getLast().displayName(),
                null,
                null,
                late
                        ? "did not end when it was run a second time"
                        : "when run a second time, a kernel " + fault.words());
        return late ? new RunOutcome.TimedOut(finding, run.trace()) : new RunOutcome.Faulted(finding, run.trace());
    }
}
