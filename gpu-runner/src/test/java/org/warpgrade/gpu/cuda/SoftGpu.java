package org.warpgrade.gpu.cuda;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.RunLimits;
import org.warpgrade.gpu.cpu.SoftKernels;
import org.warpgrade.gpu.ptx.PtxParser;
import org.warpgrade.gpu.ptx.typed.Op.Slot;

/**
 * A driver without a GPU: kernels run on the interpreter, faults are sticky, and a call can be made to fail. It shows that
 * the device calls a driver rightly, not that CUDA works.
 */
final class SoftGpu implements CudaDriver {

    private final SoftKernels kernels;
    private final Consumer<String> standardOutput;
    private final List<Object> handles = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    private String failing = "";
    private int failure;
    private int state = CuResult.SUCCESS;
    private double clock;

    int devices = 1;
    int computeCapability = 8;
    int sharedLimit = 163 << 10;
    Runnable atLaunch = () -> {};

    private record Function(SoftKernels.Loaded module, String name) {}

    SoftGpu() {
        this(_ -> {});
    }

    /** @param standardOutput gets what kernels print */
    SoftGpu(Consumer<String> standardOutput) {
        this(standardOutput, Duration.ofMillis(300));
    }

    /** @param patience what takes longer never ends */
    SoftGpu(Consumer<String> standardOutput, Duration patience) {
        this.standardOutput = standardOutput;
        RunLimits limits = RunLimits.defaults().withDeadline(patience);
        this.kernels = new SoftKernels(limits);
    }

    /** From now on the named call gives this code. */
    void fail(String call, int code) {
        failing = call;
        failure = code;
    }

    private int code(String call) {
        calls.add(call);
        if (call.equals(failing)) {
            return failure;
        }
        return state == CuResult.NOT_READY ? CuResult.SUCCESS : state;
    }

    @Override
    public int init() {
        return code("init");
    }

    @Override
    public int version(int[] version) {
        version[0] = 12060;
        return code("version");
    }

    @Override
    public int deviceCount(int[] count) {
        count[0] = devices;
        return code("deviceCount");
    }

    @Override
    public int open(int ordinal) {
        return code("open");
    }

    @Override
    public int makeCurrent() {
        return code("makeCurrent");
    }

    @Override
    public int deviceName(String[] name) {
        name[0] = "Soft GPU";
        return code("deviceName");
    }

    @Override
    public int attribute(int attribute, int[] value) {
        value[0] = attribute == 75 ? computeCapability : attribute == 38 ? 1 << 20 : 0;
        return code("attribute");
    }

    @Override
    public int loadModule(String ptx, long[] module, String[] errorLog) {
        int code = code("loadModule");
        if (code != CuResult.SUCCESS) {
            errorLog[0] = "ptxas fatal : no";
            return code;
        }
        module[0] = handle(kernels.load(PtxParser.parse(ptx, "soft.cu")));
        return code;
    }

    @Override
    public int unloadModule(long module) {
        return code("unloadModule");
    }

    @Override
    public int function(long module, String name, long[] function) {
        SoftKernels.Loaded loaded = (SoftKernels.Loaded) handles.get((int) module);
        function[0] = handle(new Function(loaded, name));
        return loaded.defines(name) ? code("function") : 500;
    }

    @Override
    public int maxDynamicShared(long function, int bytes) {
        return bytes > sharedLimit ? 1 : code("maxDynamicShared");
    }

    @Override
    public int variable(long module, String name, long[] address, long[] bytes) {
        Long at = ((SoftKernels.Loaded) handles.get((int) module)).address(name);
        if (at == null) {
            return 500;
        }
        address[0] = at;
        bytes[0] = 0;
        while (kernels.holds(at, bytes[0] + 1)) {
            bytes[0]++;
        }
        return code("variable");
    }

    @Override
    public int allocate(long bytes, long[] address) {
        int code = code("allocate");
        if (code == CuResult.SUCCESS) {
            address[0] = kernels.allocate(bytes);
        }
        return code;
    }

    @Override
    public int free(long address) {
        return code("free");
    }

    @Override
    public int toDevice(long to, byte[] from) {
        int code = code("toDevice");
        if (code == CuResult.SUCCESS) {
            kernels.write(to, from);
        }
        return code;
    }

    @Override
    public int fromDevice(byte[] to, long from) {
        int code = code("fromDevice");
        if (code == CuResult.SUCCESS) {
            System.arraycopy(kernels.read(from, to.length), 0, to, 0, to.length);
        }
        return code;
    }

    @Override
    public int copy(long to, long from, long bytes) {
        kernels.write(to, kernels.read(from, (int) bytes));
        return code("copy");
    }

    @Override
    public int fill(long to, byte value, long bytes) {
        byte[] data = new byte[(int) bytes];
        java.util.Arrays.fill(data, value);
        kernels.write(to, data);
        return code("fill");
    }

    @Override
    public int fillWords(long to, int word, long words) {
        kernels.fillWords(to, word, words);
        return code("fillWords");
    }

    @Override
    public int launch(
            long function,
            Dim3 grid,
            Dim3 block,
            int dynamicSharedBytes,
            List<byte[]> parameters,
            boolean cooperative) {
        int code = code("launch");
        if (code != CuResult.SUCCESS) {
            return code;
        }
        atLaunch.run();
        Function kernel = (Function) handles.get((int) function);
        List<Slot> slots = kernel.module().kernel(kernel.name()).parameters();
        byte[] area = new byte[kernel.module().kernel(kernel.name()).parameterBytes()];
        for (int i = 0; i < slots.size(); i++) {
            System.arraycopy(
                    parameters.get(i),
                    0,
                    area,
                    slots.get(i).offset(),
                    slots.get(i).bytes());
        }
        StringBuilder printed = new StringBuilder();
        Finding ended = kernel.module().launch(kernel.name(), grid, block, dynamicSharedBytes, area, printed);
        if (!printed.isEmpty()) {
            standardOutput.accept(printed.toString());
        }
        clock += 0.001 * grid.count();
        state = ended == null ? CuResult.SUCCESS : stateAfter(ended);
        return CuResult.SUCCESS;
    }

    private static int stateAfter(Finding ended) {
        return switch (ended.kind()) {
            case DEADLINE, STEP_BUDGET, DEADLOCK -> CuResult.NOT_READY;
            case MISALIGNED -> 716;
            case ASSERTION -> 710;
            case TRAP -> 719;
            case STACK_OVERFLOW -> 714;
            default -> 700;
        };
    }

    @Override
    public int query() {
        calls.add("query");
        return "query".equals(failing) ? failure : state;
    }

    @Override
    public int synchronize() {
        return code("synchronize");
    }

    @Override
    public int createEvent(long[] event) {
        event[0] = handle(new double[1]);
        return code("createEvent");
    }

    @Override
    public int record(long event) {
        ((double[]) handles.get((int) event))[0] = clock;
        return code("record");
    }

    @Override
    public int elapsed(long start, long end, float[] millis) {
        millis[0] = (float) (((double[]) handles.get((int) end))[0] - ((double[]) handles.get((int) start))[0]);
        return code("elapsed");
    }

    @Override
    public int limitHeap(long bytes) {
        return code("limitHeap");
    }

    @Override
    public int resetPersistingL2() {
        return code("resetPersistingL2");
    }

    private long handle(Object object) {
        handles.add(object);
        return handles.size() - 1L;
    }
}
