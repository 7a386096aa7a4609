package org.warpgrade.gpu.cuda;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Buffers;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.RunTrace;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.compile.KernelNames;
import org.warpgrade.gpu.cpu.ArgumentPlacement;
import org.warpgrade.gpu.cpu.EntryMachine;
import org.warpgrade.gpu.cpu.ModuleVariables;
import org.warpgrade.gpu.host.DeviceBackend.KernelFacts;
import org.warpgrade.gpu.host.DeviceBackend.LaunchRequest;
import org.warpgrade.gpu.host.HostMemory;
import org.warpgrade.gpu.host.HostRuntime;
import org.warpgrade.gpu.host.HostVariables;
import org.warpgrade.gpu.host.RuntimeCalls;
import org.warpgrade.gpu.ptx.PtxFunction;
import org.warpgrade.gpu.ptx.PtxModule;
import org.warpgrade.gpu.ptx.typed.ModuleLayout;
import org.warpgrade.gpu.ptx.typed.TypedFunction;
import org.warpgrade.gpu.ptx.typed.TypedModule;
import org.warpgrade.gpu.ptx.typed.UnsupportedPtxException;

/** One run of one call on the GPU: places the buffers, runs the entry, reads the buffers back. Made for one use. */
final class CudaRun {

    /** Threads per block when a call names a kernel instead of an entry, as on the CPU device. */
    private static final int DIRECT_BLOCK = 128;

    private final CudaDriver driver;
    private final GpuMemory memory;
    private final HostOutput output;
    private final Program program;
    private final Call call;
    private final RunSettings settings;
    private final TypedModule module;
    private final LoadedModule loaded;
    private final KernelShapes shapes;
    private final CudaBackend backend;
    private final HostMemory host = new HostMemory();
    private final Map<DeviceBuffer, GpuMemory.Piece> placed = new IdentityHashMap<>();
    private final List<GpuMemory.Piece> structs = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final StringBuilder printed = new StringBuilder();
    private final long begin = System.nanoTime();
    private long hostInstructions;

    CudaRun(
            CudaDriver driver,
            GpuMemory memory,
            HostOutput output,
            LoadedModule loaded,
            PtxModule parsed,
            Program program,
            Call call,
            RunSettings settings) {
        this.driver = driver;
        this.memory = memory;
        this.output = output;
        this.loaded = loaded;
        this.program = program;
        this.call = call;
        this.settings = settings;
        this.module = new TypedModule(parsed, new ModuleLayout(parsed, addresses(parsed, program, loaded)));
        this.shapes = new KernelShapes(module);
        this.backend = new CudaBackend(
                driver, memory, loaded, shapes, new Patience(settings.limits().deadline(), System::nanoTime));
    }

    /** The host's variables are in the GPU's memory, too, where nobody looks at them. */
    private static Map<String, Long> addresses(PtxModule parsed, Program program, LoadedModule loaded) {
        Map<String, Long> addresses = new HashMap<>(loaded.addresses());
        addresses.putAll(HostVariables.addresses(parsed, program.hostVariables()));
        return addresses;
    }

    /** @throws DriverFailure if the GPU fails for reasons of its own */
    RunOutcome run() {
        new ModuleVariables(module.layout()).placeIn(host);
        String symbol = program.symbolOf(call.entry());
        PtxFunction entry = module.module().functions().get(symbol);
        if (entry == null || entry.declaration()) {
            return new RunOutcome.NoSuchEntry("the program defines no function " + call.entry(), trace());
        }
        try {
            KernelFacts shape = shapes.of(entry);
            byte[] arguments = arguments(shape, entry.kernel());
            Finding ended = entry.kernel() ? launchDirectly(shape, arguments) : runEntry(symbol, arguments);
            if (ended != null) {
                return ended(ended);
            }
            leaks();
            return completed();
        } catch (LaunchEnded launch) {
            return ended(launch.finding());
        } catch (ArgumentPlacement.Mismatch other) {
            return new RunOutcome.NoSuchEntry(call.entry() + " " + other.getMessage(), trace());
        } catch (UnsupportedPtxException unsupported) {
            return new RunOutcome.Unsupported(String.valueOf(unsupported.getMessage()), unsupported.at(), trace());
        } catch (GpuTooSmall small) {
            return new RunOutcome.Unsupported(String.valueOf(small.getMessage()), null, trace());
        }
    }

    /** From now on the buffers are those of another call, which differs in their contents alone. */
    void give(Call other) {
        List<DeviceBuffer> mine = call.buffers();
        List<DeviceBuffer> theirs = other.buffers();
        for (int i = 0; i < mine.size(); i++) {
            GpuMemory.Piece piece = placed.remove(mine.get(i));
            if (piece != null) {
                piece.initial = theirs.get(i).initial();
                placed.put(theirs.get(i), piece);
            }
        }
    }

    /** What the entry queued. */
    CudaBackend backend() {
        return backend;
    }

    // ------------------------------------------------------------------ before

    private byte[] arguments(KernelFacts shape, boolean kernel) throws ArgumentPlacement.Mismatch {
        ArgumentPlacement placement = new ArgumentPlacement(
                new ArgumentPlacement.Places() {
                    @Override
                    public long addressOf(DeviceBuffer buffer) {
                        return placed.computeIfAbsent(buffer, b -> memory.argument(b.name(), b.initial(), b.bytes()))
                                .base;
                    }

                    @Override
                    public long placeOnDevice(String name, byte[] bytes) {
                        GpuMemory.Piece piece = memory.argument(name, bytes, bytes.length);
                        structs.add(piece);
                        return piece.base;
                    }
                },
                host);
        return placement.parameters(shape, kernel, call.arguments());
    }

    // ------------------------------------------------------------------ the run

    private @Nullable Finding runEntry(String symbol, byte[] arguments) {
        TypedFunction entry = module.function(symbol, symbol);
        if (entry == null) {
            throw new IllegalStateException("entry " + symbol + " has vanished");
        }
        HostRuntime runtime = new HostRuntime(
                backend,
                host,
                new HostRuntime.Sink() {
                    @Override
                    public void finding(Finding finding) {
                        findings.add(finding);
                    }

                    @Override
                    public void print(RuntimeCalls.Site site, String text) {
                        output.print(text, printed);
                    }
                },
                settings.limits().launches(),
                KernelNames.readable(symbol));
        runtime.manage(module.layout());
        EntryMachine machine = new EntryMachine(module, settings, host, backend);
        try {
            return machine.run(entry, arguments, runtime);
        } finally {
            hostInstructions = machine.instructions();
        }
    }

    /** A driver kernel: one thread per case, the number of cases is its last argument. */
    private @Nullable Finding launchDirectly(KernelFacts kernel, byte[] arguments) {
        Argument last = call.arguments().getLast();
        int cases = last instanceof Argument.Scalar(byte[] bytes) && bytes.length == 4
                ? bytes[0] & 0xFF | (bytes[1] & 0xFF) << 8 | (bytes[2] & 0xFF) << 16 | bytes[3] << 24
                : 1;
        if (cases > 0) {
            Dim3 grid = new Dim3((cases + DIRECT_BLOCK - 1) / DIRECT_BLOCK, 1, 1);
            backend.launch(new LaunchRequest(kernel, grid, new Dim3(DIRECT_BLOCK, 1, 1), 0, arguments, false, null));
        }
        return null;
    }

    // ------------------------------------------------------------------ after

    private RunOutcome ended(Finding finding) {
        findings.add(finding);
        return switch (finding.kind()) {
            case DEADLINE, STEP_BUDGET, DEADLOCK -> new RunOutcome.TimedOut(finding, trace());
            default -> new RunOutcome.Faulted(finding, trace());
        };
    }

    /** A program that wrote where it may not is told so as if it had been stopped there, as on the CPU device. */
    RunOutcome completed() {
        String kernel = backend.launches().isEmpty()
                ? null
                : backend.launches().getLast().displayName();
        Finding damage = memory.damage(kernel);
        if (damage != null) {
            return ended(damage);
        }
        Map<DeviceBuffer, byte[]> contents = new IdentityHashMap<>();
        placed.forEach((buffer, piece) -> contents.put(buffer, memory.read(piece)));
        contents.forEach((buffer, bytes) -> {
            GpuMemory.Piece piece = placed.get(buffer);
            if (piece != null && buffer.access() == DeviceBuffer.Access.IN && !memory.isAsGiven(piece, bytes)) {
                findings.add(writtenInput(piece, kernel));
            }
        });
        structs.stream()
                .filter(s -> !memory.isAsGiven(s, memory.read(s)))
                .forEach(s -> findings.add(writtenInput(s, kernel)));
        return new RunOutcome.Completed(new Buffers(contents, (_, _) -> null), trace());
    }

    private static Finding writtenInput(GpuMemory.Piece piece, @Nullable String kernel) {
        return new Finding(
                FindingKind.WRITE_TO_READ_ONLY,
                Severity.ERROR,
                null,
                kernel,
                null,
                null,
                "writes to the input " + piece.name + ", which must stay as it is");
    }

    private void leaks() {
        List<GpuMemory.Piece> leaks = memory.leaks();
        if (!leaks.isEmpty()) {
            findings.add(new Finding(
                    FindingKind.LEAK,
                    Severity.WARNING,
                    null,
                    call.entry(),
                    null,
                    null,
                    leaks.size() + " allocation" + (leaks.size() == 1 ? "" : "s") + " of "
                            + leaks.stream().mapToLong(p -> p.bytes).sum() + " bytes never freed"));
        }
    }

    RunTrace trace() {
        return new RunTrace(
                backend.launches(),
                findings,
                printed.toString(),
                memory.programPeak(),
                hostInstructions,
                System.nanoTime() - begin);
    }
}
