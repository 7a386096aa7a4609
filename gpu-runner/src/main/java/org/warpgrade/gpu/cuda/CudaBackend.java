package org.warpgrade.gpu.cuda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.LaunchRecord;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.cpu.EntryMachine;
import org.warpgrade.gpu.host.CudaError;
import org.warpgrade.gpu.host.DeviceBackend;
import org.warpgrade.gpu.ptx.typed.AddressMap;
import org.warpgrade.gpu.ptx.typed.Op.Slot;

/** The GPU as host code sees it. Every launch is waited for, so that a fault has the kernel that made it. */
final class CudaBackend implements DeviceBackend, EntryMachine.ForeignMemory {

    private final CudaDriver driver;
    private final GpuMemory memory;
    private final LoadedModule module;
    private final KernelShapes shapes;
    private final Patience patience;
    private final List<LaunchRecord> launches = new ArrayList<>();
    private final List<Queued> queued = new ArrayList<>();
    private long heapLimit = DEFAULT_HEAP_BYTES;
    private boolean readsBack;

    CudaBackend(CudaDriver driver, GpuMemory memory, LoadedModule module, KernelShapes shapes, Patience patience) {
        this.driver = driver;
        this.memory = memory;
        this.module = module;
        this.shapes = shapes;
        this.patience = patience;
    }

    List<LaunchRecord> launches() {
        return launches;
    }

    /** Everything that the entry gave the GPU to do, in order. */
    List<Queued> queued() {
        return queued;
    }

    /** Whether the entry looked at what kernels wrote. */
    boolean readsBack() {
        return readsBack;
    }

    // ------------------------------------------------------------------ memory

    @Override
    public long allocate(long bytes) {
        GpuMemory.Piece piece = memory.allocate(bytes);
        return piece == null ? 0 : piece.base;
    }

    @Override
    public void free(long address) {
        memory.free(address);
    }

    @Override
    public void fill(long address, byte value, long bytes) {
        if (bytes != 0) {
            check(address, bytes, true);
            submit(new Queued.Fill(address, value, bytes), "fill memory");
        }
    }

    @Override
    public void copy(long to, long from, long bytes) {
        check(from, bytes, false);
        check(to, bytes, true);
        submit(new Queued.Copy(to, from, bytes), "copy memory");
    }

    @Override
    public byte[] read(long address, int bytes) {
        check(address, bytes, false);
        readsBack = true;
        return memory.read(address, bytes);
    }

    @Override
    public void write(long address, byte[] bytes) {
        check(address, bytes.length, true);
        submit(new Queued.Write(address, bytes), "copy to the GPU");
    }

    private void check(long address, long bytes, boolean write) {
        if (module.variableAt(address, bytes) == null) {
            memory.check(address, bytes, write);
        }
    }

    private void submit(Queued work, String what) {
        DriverFailure.check(work.submit(driver), what);
        queued.add(work);
    }

    @Override
    public boolean isDeviceAddress(long address) {
        return isDevice(address);
    }

    @Override
    public boolean isDevice(long address) {
        return AddressMap.windowOf(address) == AddressMap.GLOBAL
                || memory.holds(address)
                || module.variableAt(address, 1) != null;
    }

    @Override
    public byte @Nullable [] variable(long address, int bytes) {
        return module.variableAt(address, bytes) == null ? null : memory.read(address, bytes);
    }

    @Override
    public String describe(long address) {
        LoadedModule.Variable variable = module.variableAt(address, 1);
        if (variable == null) {
            return memory.describe(address);
        }
        long offset = address - variable.address();
        return offset == 0 ? variable.name() : variable.name() + " + " + offset + " bytes";
    }

    @Override
    public long freeBytes() {
        return memory.freeBytes();
    }

    @Override
    public long totalBytes() {
        return memory.budget();
    }

    @Override
    public long heapLimit() {
        return heapLimit;
    }

    /** The context keeps the limit for later programs; of a process of its own there is one. */
    @Override
    public CudaError limitHeap(long bytes) {
        int code = driver.limitHeap(bytes);
        if (code == CuResult.INVALID_VALUE) {
            return CudaError.INVALID_VALUE;
        }
        if (code == CuResult.OUT_OF_MEMORY) {
            return CudaError.MEMORY_ALLOCATION;
        }
        DriverFailure.check(code, "set the size of the kernels' heap");
        heapLimit = bytes;
        return CudaError.SUCCESS;
    }

    // ------------------------------------------------------------------ launches

    @Override
    public @Nullable KernelFacts kernelAt(long address) {
        return shapes.at(address);
    }

    @Override
    public void launch(LaunchRequest request) {
        long function = module.function(request.kernel().name());
        Queued.Launch launch = new Queued.Launch(
                function,
                request.grid(),
                request.block(),
                request.dynamicSharedBytes(),
                parameters(request.kernel().parameters(), request.arguments()),
                request.cooperative());
        allowShared(function, request);
        long begin = System.nanoTime();
        try {
            submitted(request, launch.submit(driver));
            queued.add(launch);
            completed(request, patience.waitFor(driver));
        } finally {
            launches.add(new LaunchRecord(
                    request.kernel().name(),
                    request.kernel().displayName(),
                    request.at(),
                    request.grid(),
                    request.block(),
                    request.dynamicSharedBytes(),
                    request.arguments(),
                    0,
                    0,
                    System.nanoTime() - begin));
        }
    }

    private static List<byte[]> parameters(List<Slot> slots, byte[] arguments) {
        return slots.stream()
                .map(slot -> Arrays.copyOfRange(arguments, slot.offset(), slot.offset() + slot.bytes()))
                .toList();
    }

    /** Host code has been told that it may; whether this GPU has so much is another matter. */
    private void allowShared(long function, LaunchRequest request) {
        int dynamic = request.dynamicSharedBytes();
        if (request.kernel().staticSharedBytes() + dynamic > 48 << 10
                && driver.maxDynamicShared(function, dynamic) != CuResult.SUCCESS) {
            throw new GpuTooSmall("this GPU has no " + (request.kernel().staticSharedBytes() + dynamic)
                    + " bytes of shared memory for a block of "
                    + request.kernel().displayName());
        }
    }

    private void submitted(LaunchRequest request, int code) {
        if (code == CuResult.COOPERATIVE_LAUNCH_TOO_LARGE) {
            throw new GpuTooSmall("this GPU cannot hold the " + request.grid().count() + " blocks of "
                    + request.kernel().displayName() + " at once, as a cooperative launch needs");
        }
        completed(request, code);
    }

    private void completed(LaunchRequest request, int code) {
        if (code == CuResult.SUCCESS) {
            return;
        }
        if (code == CuResult.NOT_READY || code == CuResult.LAUNCH_TIMEOUT) {
            throw new LaunchEnded(finding(
                    request,
                    FindingKind.DEADLINE,
                    String.format(
                            Locale.ROOT,
                            "the kernel was still running after %s s: is a loop endless, or do threads wait for one another?",
                            patience.allowed().toMillis() / 1000.0)));
        }
        CuResult.Fault fault = CuResult.fault(code);
        if (fault == null) {
            DriverFailure.check(code, "run " + request.kernel().displayName());
            return;
        }
        throw new LaunchEnded(
                finding(request, fault.kind(), "the kernel " + fault.words() + Advice.CPU_NAMES_THE_LINE));
    }

    /** The GPU does not tell the line; that of the launch is known. */
    private static Finding finding(LaunchRequest request, FindingKind kind, String message) {
        return new Finding(kind, Severity.ERROR, request.at(), request.kernel().displayName(), null, null, message);
    }
}
