package org.warpgrade.gpu.host;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.host.DeviceBackend.KernelFacts;
import org.warpgrade.gpu.host.DeviceBackend.LaunchRequest;
import org.warpgrade.gpu.ptx.PtxVariable;
import org.warpgrade.gpu.ptx.typed.ModuleLayout;
import org.warpgrade.gpu.ptx.typed.Op.Slot;

/** Serves the CUDA runtime to one run's host code. */
public final class HostRuntime implements RuntimeCalls {

    /** Where findings and output of host code go. */
    public interface Sink {
        void finding(Finding finding);

        /** @param site the call that prints */
        void print(Site site, String text);
    }

    private record Pending(KernelFacts kernel, Dim3 grid, Dim3 block, int sharedBytes) {}

    private static final long FIRST_STREAM = 16;
    /** Wider or higher than any memory; two of them multiplied still fit a long. */
    private static final long WIDEST = 1L << 31;

    private static final String HOST_FUNCTION = "__warpgrade_host_";

    /** {@code cudaLimitMallocHeapSize}. */
    private static final int LIMIT_OF_THE_HEAP = 2;

    private static final int ROWS_BETWEEN_LOOKS = 1024;
    private static final int DIM3_BYTES = 3 * Integer.BYTES;
    private static final long STREAM_WINDOW = 1L << 24;

    private final DeviceBackend device;
    private final HostMemory memory;
    private final ManagedMemory managed;
    private final Sink sink;
    private final int maxLaunches;
    private final String entry;

    private final HostRandom random = new HostRandom();
    private final Map<Long, Pending> pending = new HashMap<>();
    private final Map<String, Integer> allowedShared = new HashMap<>();
    private final Set<Long> streams = new HashSet<>(Set.of(0L, 1L, 2L));
    private final Map<Long, Long> events = new HashMap<>();
    private final Map<Integer, Long> texts = new HashMap<>();
    private long nextHandle = FIRST_STREAM;
    private int launches;
    private int lastError;

    public HostRuntime(DeviceBackend device, HostMemory memory, Sink sink, int maxLaunches, String entry) {
        this.device = device;
        this.memory = memory;
        this.managed = new ManagedMemory(device);
        memory.share(managed);
        this.sink = sink;
        this.maxLaunches = maxLaunches;
        this.entry = entry;
    }

    /** Lets host code use the variables that are declared {@code __managed__}. */
    public void manage(ModuleLayout layout) {
        for (PtxVariable variable : layout.variables()) {
            Long address = layout.address(variable.name());
            if (variable.managed() && address != null) {
                managed.add(address, variable.bytes());
            }
        }
    }

    @Override
    public boolean call(String name, Site site) {
        String plain = name.startsWith("__cudaCDP2")
                ? name.substring("__cudaCDP2".length())
                : name.startsWith("__warpgrade_cuda") ? name.substring("__warpgrade_cuda".length()) : name;
        switch (plain) {
            // launches
            case "GetParameterBufferV2" -> parameterBuffer(site);
            case "LaunchDeviceV2" -> launchBuffered(site);
            case "LaunchKernel" -> launchByPointers(site, false);
            case "LaunchCooperativeKernel" -> launchByPointers(site, true);

            // memory
            case "Malloc", "MallocAsync" -> malloc(site, "cudaMalloc");
            case "MallocManaged" -> mallocManaged(site);
            case "Free", "FreeAsync" -> free(site);
            case "MallocPitch" -> mallocPitch(site);
            case "Memset", "MemsetAsync" ->
                memset(site, site.longArgument(0), site.intArgument(1), site.longArgument(2));
            case "Memset2D", "Memset2DAsync" -> memset2D(site);
            case "Memcpy", "MemcpyAsync" ->
                site.returnInt(remember(copy(
                        site, site.longArgument(0), site.longArgument(1), site.longArgument(2), site.intArgument(3))));
            case "Memcpy2D", "Memcpy2DAsync" -> memcpy2D(site);
            case "MemcpyToSymbol" ->
                site.returnInt(remember(copy(
                        site,
                        site.longArgument(0) + site.longArgument(3),
                        site.longArgument(1),
                        site.longArgument(2),
                        4)));
            case "MemcpyFromSymbol" ->
                site.returnInt(remember(copy(
                        site,
                        site.longArgument(0),
                        site.longArgument(1) + site.longArgument(3),
                        site.longArgument(2),
                        4)));
            case "MemGetInfo" -> {
                site.write(site.longArgument(0), longBytes(device.freeBytes()));
                site.write(site.longArgument(1), longBytes(device.totalBytes()));
                site.returnInt(0);
            }
            case "malloc" -> site.returnLong(memory.allocate(Math.max(1, site.longArgument(0))));
            case "free" -> {}
            case "__warpgrade_realloc", "__warpgrade_std_vector" ->
                site.returnLong(reallocate(site.longArgument(0), site.longArgument(1)));

            // random numbers
            case "__warpgrade_rand" -> site.returnInt(random.draw());
            case "__warpgrade_srand" -> random.seed(site.intArgument(0));
            case "__warpgrade_drand48" -> site.returnLong(Double.doubleToRawLongBits(random.draw48()));
            case "__warpgrade_srand48" -> random.seed48(site.longArgument(0));

            // streams and events
            case "StreamCreateWithFlags" -> {
                long handle = nextHandle++ + STREAM_WINDOW;
                streams.add(handle);
                site.write(site.longArgument(0), longBytes(handle));
                site.returnInt(0);
            }
            case "StreamDestroy" -> known(site, streams.remove(site.longArgument(0)));
            case "StreamSynchronize", "StreamQuery" -> synchronised(site, streams.contains(site.longArgument(0)));
            case "StreamWaitEvent" -> known(site, streams.contains(site.longArgument(0)));
            case "EventCreateWithFlags" -> {
                long handle = nextHandle++ + STREAM_WINDOW;
                events.put(handle, -1L);
                site.write(site.longArgument(0), longBytes(handle));
                site.returnInt(0);
            }
            case "EventRecord", "EventRecordWithFlags" ->
                known(site, events.computeIfPresent(site.longArgument(0), (_, _) -> System.nanoTime()) != null);
            case "EventDestroy" -> known(site, events.remove(site.longArgument(0)) != null);
            case "EventSynchronize", "EventQuery" -> synchronised(site, events.containsKey(site.longArgument(0)));
            case "EventElapsedTime" -> elapsed(site);

            // device, kernels, errors
            case "DeviceSynchronize", "DeviceReset" -> {
                managed.synchronised();
                site.returnInt(0);
            }
            case "SetDevice" ->
                site.returnInt(remember(site.intArgument(0) == 0 ? CudaError.SUCCESS : CudaError.INVALID_DEVICE));
            case "GetDevice" -> outInt(site, 0, 0);
            case "GetDeviceCount" -> outInt(site, 0, 1);
            case "DeviceGetAttribute" -> outInt(site, 0, DeviceAttributes.value(site.intArgument(1)));
            case "__warpgrade_deviceName" -> {
                site.write(site.longArgument(0), zeroTerminated("WarpGrade device (compute capability 8.0)"));
                site.returnInt(0);
            }
            case "RuntimeGetVersion" -> outInt(site, 0, 12060);
            case "DeviceGetLimit" -> {
                site.write(
                        site.longArgument(0),
                        longBytes(site.intArgument(1) == LIMIT_OF_THE_HEAP ? device.heapLimit() : 0));
                site.returnInt(0);
            }
            case "DeviceSetLimit" ->
                site.returnInt(remember(
                        site.intArgument(0) == LIMIT_OF_THE_HEAP
                                ? device.limitHeap(site.longArgument(1))
                                : CudaError.SUCCESS));
            case "DeviceGetCacheConfig", "DeviceGetSharedMemConfig" -> outInt(site, 0, 0);
            case "FuncSetAttribute" -> setAttribute(site);
            case "FuncGetAttributes" -> getAttributes(site);
            case "OccupancyMaxActiveBlocksPerMultiprocessor", "OccupancyMaxActiveBlocksPerMultiprocessorWithFlags" ->
                occupancy(site);
            case "OccupancyMaxPotentialBlockSize" -> potentialBlockSize(site);
            case "GetLastError" -> {
                site.returnInt(lastError);
                lastError = 0;
            }
            case "PeekAtLastError" -> site.returnInt(lastError);
            case "GetErrorString" -> site.returnLong(text(site.intArgument(0), CudaError.wordsOf(site.intArgument(0))));
            case "GetErrorName" ->
                site.returnLong(text(site.intArgument(0) + (1 << 20), CudaError.symbolOf(site.intArgument(0))));

            // output and end
            case "vprintf" -> PrintCalls.vprintf(site, text -> sink.print(site, text));
            case "__warpgrade_snprintf" -> PrintCalls.snprintf(site);
            case "__assertfail" -> throw PrintCalls.assertion(site);
            case "__warpgrade_exit" -> throw new EntryExit();
            default -> {
                return name.startsWith(HOST_FUNCTION)
                        && HostFunctions.call(name.substring(HOST_FUNCTION.length()), site);
            }
        }
        return true;
    }

    /** A larger or smaller place for what is there; how much of it is the program's nobody knows, so all that fits is moved. */
    private long reallocate(long pointer, long bytes) {
        long to = memory.allocate(Math.max(1, bytes));
        if (to != 0 && memory.holds(pointer, 1)) {
            System.arraycopy(memory.data(), memory.offset(pointer), memory.data(), memory.offset(to), (int)
                    Math.min(bytes, to - pointer));
        }
        return to;
    }

    // ------------------------------------------------------------------ launches

    private void parameterBuffer(Site site) {
        KernelFacts kernel = kernel(site, site.longArgument(0));
        Dim3 grid = dim3(site.argument(1, DIM3_BYTES));
        Dim3 block = dim3(site.argument(2, DIM3_BYTES));
        long shared = site.intArgument(3) & 0xFFFFFFFFL;
        if (!accepted(site, kernel, grid, block, shared)) {
            site.returnLong(0);
            return;
        }
        long buffer = memory.allocate(Math.max(8, kernel.parameterBytes()));
        if (buffer == 0) {
            remember(CudaError.MEMORY_ALLOCATION);
            site.returnLong(0);
            return;
        }
        pending.put(buffer, new Pending(kernel, grid, block, (int) shared));
        site.returnLong(buffer);
    }

    private void launchBuffered(Site site) {
        long buffer = site.longArgument(0);
        Pending launch = pending.remove(buffer);
        if (launch == null) {
            site.returnInt(remember(CudaError.INVALID_VALUE));
            return;
        }
        byte[] arguments = site.read(buffer, launch.kernel().parameterBytes());
        run(
                site,
                new LaunchRequest(
                        launch.kernel(),
                        launch.grid(),
                        launch.block(),
                        launch.sharedBytes(),
                        arguments,
                        false,
                        site.at()));
    }

    private void launchByPointers(Site site, boolean cooperative) {
        KernelFacts kernel = kernel(site, site.longArgument(0));
        Dim3 grid = new Dim3(site.intArgument(1), site.intArgument(2), site.intArgument(3));
        Dim3 block = new Dim3(site.intArgument(4), site.intArgument(5), site.intArgument(6));
        long pointers = site.longArgument(7);
        long shared = site.longArgument(8);
        if (!accepted(site, kernel, grid, block, shared)) {
            site.returnInt(lastError);
            return;
        }
        byte[] arguments = new byte[kernel.parameterBytes()];
        for (int i = 0; i < kernel.parameters().size(); i++) {
            Slot slot = kernel.parameters().get(i);
            long pointer = little(site.read(pointers + 8L * i, 8));
            System.arraycopy(site.read(pointer, slot.bytes()), 0, arguments, slot.offset(), slot.bytes());
        }
        run(site, new LaunchRequest(kernel, grid, block, (int) shared, arguments, cooperative, site.at()));
    }

    private KernelFacts kernel(Site site, long handle) {
        KernelFacts kernel = device.kernelAt(handle);
        if (kernel == null) {
            throw new ProgramFault(FindingKind.BAD_LAUNCH, "launches something that is not a __global__ function");
        }
        return kernel;
    }

    private boolean accepted(Site site, KernelFacts kernel, Dim3 grid, Dim3 block, long shared) {
        int allowed = allowedShared.getOrDefault(
                kernel.name(), Math.max(0, LaunchLimits.SHARED_BYTES - kernel.staticSharedBytes()));
        String complaint = LaunchLimits.complaint(kernel, grid, block, shared, allowed);
        if (complaint == null) {
            return true;
        }
        remember(CudaError.INVALID_CONFIGURATION);
        sink.finding(new Finding(
                FindingKind.BAD_LAUNCH,
                Severity.ERROR,
                site.at(),
                kernel.displayName(),
                null,
                null,
                "the kernel was not launched: " + complaint));
        return false;
    }

    private void run(Site site, LaunchRequest request) {
        if (++launches > maxLaunches) {
            throw new ProgramFault(
                    FindingKind.LAUNCH_BUDGET, "more than " + maxLaunches + " kernel launches: is this loop endless?");
        }
        managed.handOver();
        device.launch(request);
        managed.launched(request.kernel().displayName(), request.at());
        site.returnInt(0);
    }

    // ------------------------------------------------------------------ memory

    /** The address; 0 if there is none. */
    private long malloc(Site site, String function) {
        long bytes = site.longArgument(1);
        long address = bytes == 0 ? 0 : device.allocate(bytes, site.at());
        if (bytes != 0 && address == 0) {
            sink.finding(note(
                    site,
                    FindingKind.MEMORY_BUDGET,
                    function + " of " + (bytes < 0 ? "a negative number of" : bytes) + " bytes failed: the device has "
                            + device.freeBytes() + " bytes left"));
            site.returnInt(remember(CudaError.MEMORY_ALLOCATION));
            return 0;
        }
        site.write(site.longArgument(0), longBytes(address));
        site.returnInt(0);
        return address;
    }

    private void mallocManaged(Site site) {
        long address = malloc(site, "cudaMallocManaged");
        if (address != 0) {
            managed.add(address, site.longArgument(1));
        }
    }

    private void free(Site site) {
        long address = site.longArgument(0);
        if (address != 0) {
            try {
                device.free(address);
                managed.remove(address);
                managed.synchronised();
            } catch (ProgramFault fault) {
                sink.finding(note(site, fault.kind(), "cudaFree " + fault.getMessage()));
                site.returnInt(remember(CudaError.INVALID_VALUE));
                return;
            }
        }
        site.returnInt(0);
    }

    private Finding note(Site site, FindingKind kind, String message) {
        return new Finding(kind, Severity.ERROR, site.at(), entry, null, null, message);
    }

    private void mallocPitch(Site site) {
        long width = site.longArgument(2);
        long height = site.longArgument(3);
        boolean possible = width >= 0 && width < WIDEST && height >= 0 && height < WIDEST;
        long pitch = possible ? (width + 511) / 512 * 512 : 0;
        long address = possible ? device.allocate(pitch * height, site.at()) : 0;
        if (address == 0) {
            site.returnInt(remember(CudaError.MEMORY_ALLOCATION));
            return;
        }
        site.write(site.longArgument(0), longBytes(address));
        site.write(site.longArgument(1), longBytes(pitch));
        site.returnInt(0);
    }

    private void memset(Site site, long to, int value, long bytes) {
        if (!device.isDeviceAddress(to) && bytes != 0) {
            site.returnInt(remember(CudaError.INVALID_VALUE));
            sink.finding(note(site, FindingKind.API_MISUSE, "cudaMemset of memory that is not device memory"));
            return;
        }
        managed.handOver();
        device.fill(to, (byte) value, bytes);
        managed.changed();
        site.returnInt(0);
    }

    private void memset2D(Site site) {
        long pitch = site.longArgument(1);
        long width = site.longArgument(3);
        long rows = width == 0 ? 0 : site.longArgument(4);
        if (rows > 0 && Long.compareUnsigned(width, pitch) > 0) {
            site.returnInt(remember(CudaError.INVALID_PITCH));
            return;
        }
        managed.handOver();
        managed.changed();
        for (long row = 0; row < rows; row++) {
            requireTime(row);
            device.fill(site.longArgument(0) + row * pitch, (byte) site.intArgument(2), width);
        }
        site.returnInt(0);
    }

    /** Rows are copied by the harness, not by instructions of the program that are counted. */
    private void requireTime(long row) {
        if (row % ROWS_BETWEEN_LOOKS == 0 && device.isOutOfTime()) {
            throw new ProgramFault(FindingKind.DEADLINE, "the program was still running when its time was over");
        }
    }

    private void memcpy2D(Site site) {
        long width = site.longArgument(4);
        long rows = width == 0 ? 0 : site.longArgument(5);
        boolean narrow = Long.compareUnsigned(width, site.longArgument(1)) > 0
                || Long.compareUnsigned(width, site.longArgument(3)) > 0;
        CudaError error = rows > 0 && narrow ? CudaError.INVALID_PITCH : CudaError.SUCCESS;
        for (long row = 0; row < rows && error == CudaError.SUCCESS; row++) {
            requireTime(row);
            error = copy(
                    site,
                    site.longArgument(0) + row * site.longArgument(1),
                    site.longArgument(2) + row * site.longArgument(3),
                    width,
                    site.intArgument(6));
        }
        site.returnInt(remember(error));
    }

    private CudaError copy(Site site, long to, long from, long bytes, int kind) {
        if (bytes == 0) {
            return CudaError.SUCCESS;
        }
        boolean toDevice = device.isDeviceAddress(to);
        boolean fromDevice = device.isDeviceAddress(from);
        boolean both = managed.holds(to, 1) || managed.holds(from, 1);
        boolean contradicts = !both
                && switch (kind) {
                    case 0 -> toDevice || fromDevice;
                    case 1 -> !toDevice || fromDevice;
                    case 2 -> toDevice || !fromDevice;
                    case 3 -> !toDevice || !fromDevice;
                    default -> false;
                };
        if (contradicts) {
            sink.finding(note(
                    site,
                    FindingKind.API_MISUSE,
                    "cudaMemcpy with kind " + kind + " from " + (fromDevice ? "device" : "host") + " to "
                            + (toDevice ? "device" : "host") + " memory"));
            return CudaError.INVALID_MEMCPY_DIRECTION;
        }
        if (bytes < 0 || bytes > Integer.MAX_VALUE) {
            return CudaError.INVALID_VALUE;
        }
        managed.handOver();
        if (toDevice && fromDevice) {
            device.copy(to, from, bytes);
        } else if (toDevice) {
            device.write(to, site.read(from, (int) bytes));
        } else if (fromDevice) {
            site.write(to, device.read(from, (int) bytes));
        } else {
            site.write(to, site.read(from, (int) bytes));
        }
        managed.changed();
        managed.synchronised();
        return CudaError.SUCCESS;
    }

    // ------------------------------------------------------------------ events, attributes, errors

    private void elapsed(Site site) {
        Long start = events.get(site.longArgument(1));
        Long end = events.get(site.longArgument(2));
        if (start == null || end == null || start < 0 || end < 0) {
            site.returnInt(remember(CudaError.INVALID_RESOURCE_HANDLE));
            return;
        }
        int bits = Float.floatToRawIntBits((end - start) / 1e6f);
        site.write(site.longArgument(0), intBytes(bits));
        site.returnInt(0);
    }

    /** Everything launched has run, so a query finds it done, too. */
    private void synchronised(Site site, boolean known) {
        managed.synchronised();
        known(site, known);
    }

    private void known(Site site, boolean known) {
        site.returnInt(remember(known ? CudaError.SUCCESS : CudaError.INVALID_RESOURCE_HANDLE));
    }

    private void outInt(Site site, int argument, int value) {
        site.write(site.longArgument(argument), intBytes(value));
        site.returnInt(0);
    }

    private void setAttribute(Site site) {
        KernelFacts kernel = kernel(site, site.longArgument(0));
        int value = site.intArgument(2);
        if (site.intArgument(1) == 8) {
            if (value < 0 || value + kernel.staticSharedBytes() > LaunchLimits.SHARED_BYTES_OPT_IN) {
                site.returnInt(remember(CudaError.INVALID_VALUE));
                return;
            }
            allowedShared.put(kernel.name(), Math.max(value, LaunchLimits.SHARED_BYTES - kernel.staticSharedBytes()));
        }
        site.returnInt(0);
    }

    private void getAttributes(Site site) {
        KernelFacts kernel = kernel(site, site.longArgument(1));
        byte[] attributes = new byte[144];
        put(attributes, 0, kernel.staticSharedBytes());
        put(attributes, 24, kernel.maxThreads() > 0 ? kernel.maxThreads() : LaunchLimits.THREADS_PER_BLOCK);
        put(attributes, 28, 32);
        put(attributes, 32, 85);
        put(attributes, 36, 80);
        put(
                attributes,
                44,
                allowedShared.getOrDefault(kernel.name(), LaunchLimits.SHARED_BYTES - kernel.staticSharedBytes()));
        site.write(site.longArgument(0), attributes);
        site.returnInt(0);
    }

    private void occupancy(Site site) {
        KernelFacts kernel = kernel(site, site.longArgument(1));
        outInt(site, 0, blocksPerMultiprocessor(kernel, site.intArgument(2), site.longArgument(3)));
    }

    private static int blocksPerMultiprocessor(KernelFacts kernel, int blockSize, long dynamicShared) {
        if (blockSize <= 0 || blockSize > LaunchLimits.THREADS_PER_BLOCK) {
            return 0;
        }
        long shared = kernel.staticSharedBytes() + dynamicShared + 1024;
        int byThreads = 2048 / ((blockSize + 31) / 32 * 32);
        return (int) Math.min(Math.min(32, byThreads), (164 << 10) / shared);
    }

    private void potentialBlockSize(Site site) {
        KernelFacts kernel = kernel(site, site.longArgument(2));
        int limit = site.intArgument(4);
        int most = kernel.maxThreads() > 0 ? kernel.maxThreads() : LaunchLimits.THREADS_PER_BLOCK;
        int size = limit > 0 ? Math.min(limit, most) : most;
        site.write(site.longArgument(0), intBytes(108 * blocksPerMultiprocessor(kernel, size, site.longArgument(3))));
        site.write(site.longArgument(1), intBytes(size));
        site.returnInt(0);
    }

    private long text(int key, String words) {
        return texts.computeIfAbsent(key, _ -> memory.place(zeroTerminated(words)));
    }

    private int remember(CudaError error) {
        if (error != CudaError.SUCCESS) {
            lastError = error.code();
        }
        return error.code();
    }

    // ------------------------------------------------------------------ bytes

    private static byte[] zeroTerminated(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return java.util.Arrays.copyOf(bytes, bytes.length + 1);
    }

    private static Dim3 dim3(byte[] bytes) {
        return new Dim3((int) little(bytes, 0, 4), (int) little(bytes, 4, 4), (int) little(bytes, 8, 4));
    }

    static long little(byte[] bytes) {
        return little(bytes, 0, bytes.length);
    }

    private static long little(byte[] bytes, int offset, int count) {
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << 8 | bytes[offset + i] & 0xFF;
        }
        return value;
    }

    private static byte[] longBytes(long value) {
        byte[] bytes = new byte[8];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (value >>> 8 * i);
        }
        return bytes;
    }

    private static byte[] intBytes(int value) {
        byte[] bytes = new byte[4];
        put(bytes, 0, value);
        return bytes;
    }

    private static void put(byte[] bytes, int offset, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[offset + i] = (byte) (value >>> 8 * i);
        }
    }
}
