package org.warpgrade.gpu.cpu;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Buffers;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.LaunchRecord;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.RunTrace;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.compile.KernelNames;
import org.warpgrade.gpu.host.DeviceBackend;
import org.warpgrade.gpu.host.EntryExit;
import org.warpgrade.gpu.host.HostMemory;
import org.warpgrade.gpu.host.HostRuntime;
import org.warpgrade.gpu.host.LaunchLimits;
import org.warpgrade.gpu.host.ProgramFault;
import org.warpgrade.gpu.host.RuntimeCalls;
import org.warpgrade.gpu.ptx.typed.TypedFunction;
import org.warpgrade.gpu.ptx.typed.TypedModule;
import org.warpgrade.gpu.ptx.typed.UnsupportedPtxException;

/** One run of one call: places the buffers, runs the entry, reads the buffers back. */
final class CpuRun {

    /** Threads per block when a call names a kernel instead of an entry. */
    private static final int DIRECT_BLOCK = 128;

    private final TypedModule module;
    private final Program program;
    private final Call call;
    private final RunSettings settings;
    private final DeviceMemory memory;
    private final RunContext context;
    private final CpuBackend backend;
    private final HostMemory host = new HostMemory();
    private final Map<DeviceBuffer, Allocation> placed = new IdentityHashMap<>();
    private long hostInstructions;

    CpuRun(CpuProgram loaded, Executor executor, int threads, Program program, Call call, RunSettings settings) {
        this.module = loaded.module();
        this.program = program;
        this.call = call;
        this.settings = settings;
        this.memory = new DeviceMemory(
                module.layout().end(), settings.poison(), settings.limits().deviceBytes(), settings.trackWriters());
        this.context = new RunContext(module, memory, settings);
        this.backend = new CpuBackend(
                context,
                loaded,
                settings.traceNan() ? Executor.WARP_INTERPRETER : executor,
                threads,
                program.source().name());
    }

    RunOutcome run() {
        String symbol = program.symbolOf(call.entry());
        try {
            TypedFunction entry = module.function(symbol, symbol);
            if (entry == null) {
                return new RunOutcome.NoSuchEntry("the program defines no function " + call.entry(), trace());
            }
            ModuleVariables variables = new ModuleVariables(module.layout());
            variables.placeIn(memory);
            variables.placeIn(host);
            byte[] arguments = arguments(entry);
            if (entry.kernel()) {
                launchDirectly(entry, arguments);
            } else {
                runEntry(entry, arguments);
            }
            afterwards();
            return new RunOutcome.Completed(buffers(), trace());
        } catch (RunStopped stopped) {
            Finding finding = stopped.finding();
            context.findings().add(finding);
            return switch (finding.kind()) {
                case DEADLINE, STEP_BUDGET, DEADLOCK -> new RunOutcome.TimedOut(finding, trace());
                default -> new RunOutcome.Faulted(finding, trace());
            };
        } catch (ProgramFault fault) {
            // Raised by the harness on the program's behalf, outside of any instruction.
            Finding finding = new Finding(
                    fault.kind(), Severity.ERROR, null, call.entry(), null, null, String.valueOf(fault.getMessage()));
            context.findings().add(finding);
            return new RunOutcome.Faulted(finding, trace());
        } catch (ArgumentPlacement.Mismatch other) {
            return new RunOutcome.NoSuchEntry(call.entry() + " " + other.getMessage(), trace());
        } catch (UnsupportedPtxException unsupported) {
            return new RunOutcome.Unsupported(String.valueOf(unsupported.getMessage()), unsupported.at(), trace());
        }
    }

    // ------------------------------------------------------------------ before

    private byte[] arguments(TypedFunction entry) throws ArgumentPlacement.Mismatch {
        ArgumentPlacement placement = new ArgumentPlacement(
                new ArgumentPlacement.Places() {
                    @Override
                    public long addressOf(DeviceBuffer buffer) {
                        return placed.computeIfAbsent(buffer, CpuRun.this::place)
                                .base();
                    }

                    @Override
                    public long placeOnDevice(String name, byte[] bytes) {
                        return memory.argument(name, bytes.length, bytes, true).base();
                    }
                },
                host);
        return placement.parameters(CpuBackend.facts(entry), entry.kernel(), call.arguments());
    }

    private Allocation place(DeviceBuffer buffer) {
        return memory.argument(
                buffer.name(), buffer.bytes(), buffer.initial(), buffer.access() == DeviceBuffer.Access.IN);
    }

    // ------------------------------------------------------------------ the run

    private void runEntry(TypedFunction entry, byte[] arguments) {
        HostRuntime runtime = new HostRuntime(
                backend,
                host,
                new HostRuntime.Sink() {
                    @Override
                    public void finding(Finding finding) {
                        context.findings().add(finding);
                    }

                    @Override
                    public void print(RuntimeCalls.Site site, String text) {
                        context.print(text, site::placed);
                    }
                },
                settings.limits().launches(),
                KernelNames.readable(entry.name()));
        runtime.manage(module.layout());
        WarpInterpreter interpreter =
                new WarpInterpreter(context, entry.name(), new LaneMemory(memory, host), runtime, null, null);
        BlockState thread = new BlockState(entry, null, 0, arguments, settings.poison(), false);
        BlockScheduler scheduler = BlockScheduler.forHost(context, interpreter);
        try {
            while (!thread.isDone()) {
                scheduler.turn(thread);
            }
        } catch (EntryExit exit) {
            // The entry ended itself; what it launched has run.
        } finally {
            hostInstructions = thread.warps.getFirst().steps[0];
        }
    }

    /** A driver kernel: one thread per case, the number of cases is its last argument. */
    private void launchDirectly(TypedFunction kernel, byte[] arguments) {
        Argument last = call.arguments().getLast();
        int cases = last instanceof Argument.Scalar(byte[] bytes) && bytes.length == 4 ? Bytes.getInt(bytes, 0) : 1;
        if (cases <= 0) {
            return;
        }
        DeviceBackend.KernelFacts facts = CpuBackend.facts(kernel);
        Dim3 grid = new Dim3((cases + DIRECT_BLOCK - 1) / DIRECT_BLOCK, 1, 1);
        Dim3 block = new Dim3(DIRECT_BLOCK, 1, 1);
        // The kernel is the harness', but what it calls may take more than a block has.
        String complaint = LaunchLimits.complaint(facts, grid, block, 0, 0);
        if (complaint != null) {
            throw new ProgramFault(FindingKind.BAD_LAUNCH, "the kernel was not launched: " + complaint);
        }
        backend.launch(new DeviceBackend.LaunchRequest(facts, grid, block, 0, arguments, false, null));
    }

    // ------------------------------------------------------------------ after

    private void afterwards() {
        placed.forEach((buffer, allocation) -> {
            if (buffer.access() == DeviceBuffer.Access.IN) {
                // a watch sees every write, also of what is put back later
                Finding write = context.readOnlyWrites().get(allocation);
                if (write != null) {
                    context.findings().add(write);
                } else if (!java.util.Arrays.equals(allocation.data(), buffer.initial())) {
                    context.findings().add(writtenInput(allocation));
                }
            }
        });
        NanOrigins nans = context.nanOrigins();
        if (nans != null) {
            nans.reaching(placed).forEach(context.findings()::add);
        }
        memory.leaks().stream()
                .collect(Collectors.groupingBy(
                        leak -> String.valueOf(leak.at()), LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(this::tellLeak);
    }

    /** Leaks of one line are told together. */
    private void tellLeak(List<Allocation> leaks) {
        context.findings()
                .add(new Finding(
                        FindingKind.LEAK,
                        Severity.WARNING,
                        leaks.getFirst().at(),
                        call.entry(),
                        null,
                        null,
                        leaks.size() + " allocation" + (leaks.size() == 1 ? "" : "s") + " of "
                                + leaks.stream().mapToLong(Allocation::size).sum() + " bytes never freed"));
    }

    /** Without a watch on the accesses, the bytes alone tell. */
    private Finding writtenInput(Allocation allocation) {
        return new Finding(
                FindingKind.WRITE_TO_READ_ONLY,
                Severity.ERROR,
                null,
                backend.launches().isEmpty()
                        ? null
                        : backend.launches().getLast().displayName(),
                null,
                null,
                DeviceMemory.writesToInput(allocation));
    }

    private Buffers buffers() {
        Map<DeviceBuffer, byte[]> contents = new IdentityHashMap<>();
        placed.forEach((buffer, allocation) -> contents.put(buffer, allocation.data()));
        List<LaunchRecord> launches = List.copyOf(backend.launches());
        return new Buffers(contents, (buffer, offset) -> writer(buffer, offset, launches));
    }

    private Buffers.@Nullable Writer writer(DeviceBuffer buffer, long offset, List<LaunchRecord> launches) {
        Allocation allocation = placed.get(buffer);
        long[] writers = allocation == null ? null : allocation.writers();
        long code = writers == null ? 0 : writers[(int) (offset >> 2)];
        if (code == 0) {
            return null;
        }
        LaunchRecord launch = launches.get(WriterCode.launch(code));
        return new Buffers.Writer(
                WriterCode.launch(code),
                launch.displayName(),
                KernelLaunch.index(WriterCode.block(code), launch.grid()),
                KernelLaunch.index(WriterCode.thread(code), launch.block()));
    }

    private RunTrace trace() {
        return new RunTrace(
                backend.launches(),
                context.findings().all(),
                context.printed().text(),
                memory.programPeak(),
                hostInstructions,
                context.nanos());
    }
}
