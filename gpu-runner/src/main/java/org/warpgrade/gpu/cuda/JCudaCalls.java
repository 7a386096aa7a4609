package org.warpgrade.gpu.cuda;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jcuda.NativePointerObject;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUfunction;
import jcuda.driver.CUfunction_attribute;
import jcuda.driver.CUjit_option;
import jcuda.driver.CUlimit;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;
import jcuda.driver.JITOptions;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Dim3;

/**
 * The driver through JCuda. One context per instance; its calls come from one thread at a time. The stream is a blocking
 * one: copies to and from the host, which are the default stream's, wait for what is on it.
 */
final class JCudaCalls implements CudaDriver {

    private static final int JIT_LOG_BYTES = 16 << 10;

    /** A device address both ways: JCuda keeps the number to itself and its subclasses. */
    private static final class Address extends CUdeviceptr {

        /** Yet to be filled by a call. */
        Address() {}

        private Address(long value) {
            super(new CUdeviceptr(), value);
        }

        static Address of(long value) {
            return new Address(value);
        }

        long value() {
            return getNativePointer() + getByteOffset();
        }
    }

    private final List<NativePointerObject> handles = new ArrayList<>();
    private final CUdevice device = new CUdevice();
    private final CUcontext context = new CUcontext();
    private final CUstream stream = new CUstream();
    private @Nullable MethodHandle resetPersistingL2;

    /**
     * Binds JCuda to the driver.
     *
     * @param natives a folder of our own where JCuda unpacks its binding: the temporary folder may be anyone's
     * @throws GpuUnavailableException if the machine has no CUDA driver
     */
    JCudaCalls(Path natives) {
        String temporary = System.getProperty("java.io.tmpdir");
        try {
            Files.createDirectories(natives);
            System.setProperty("java.io.tmpdir", natives.toString());
            JCudaDriver.setExceptionsEnabled(false);
        } catch (UnsatisfiedLinkError e) {
            throw new GpuUnavailableException("this machine has no CUDA driver (libcuda.so.1).");
        } catch (IOException e) {
            throw new GpuUnavailableException("the folder " + natives + " cannot be written: " + e.getMessage() + ".");
        } finally {
            System.setProperty("java.io.tmpdir", temporary);
        }
    }

    @Override
    public int init() {
        return JCudaDriver.cuInit(0);
    }

    @Override
    public int version(int[] version) {
        return JCudaDriver.cuDriverGetVersion(version);
    }

    @Override
    public int deviceCount(int[] count) {
        return JCudaDriver.cuDeviceGetCount(count);
    }

    @Override
    public int open(int ordinal) {
        int got = JCudaDriver.cuDeviceGet(device, ordinal);
        if (got != CUresult.CUDA_SUCCESS) {
            return got;
        }
        int created = JCudaDriver.cuCtxCreate(context, 0, device);
        return created != CUresult.CUDA_SUCCESS ? created : JCudaDriver.cuStreamCreate(stream, 0);
    }

    @Override
    public int makeCurrent() {
        return JCudaDriver.cuCtxSetCurrent(context);
    }

    @Override
    public int deviceName(String[] name) {
        byte[] bytes = new byte[256];
        int code = JCudaDriver.cuDeviceGetName(bytes, bytes.length, device);
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        name[0] = new String(bytes, 0, end, StandardCharsets.UTF_8);
        return code;
    }

    @Override
    public int attribute(int attribute, int[] value) {
        return JCudaDriver.cuDeviceGetAttribute(value, attribute, device);
    }

    @Override
    public int loadModule(String ptx, long[] module, String[] errorLog) {
        CUmodule loaded = new CUmodule();
        JITOptions options = new JITOptions();
        options.putInt(CUjit_option.CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES, JIT_LOG_BYTES);
        options.putBytes(CUjit_option.CU_JIT_ERROR_LOG_BUFFER, new byte[JIT_LOG_BYTES]);
        byte[] text = (ptx + '\0').getBytes(StandardCharsets.UTF_8);
        int code = JCudaDriver.cuModuleLoadDataJIT(loaded, Pointer.to(text), options);
        String log = options.getString(CUjit_option.CU_JIT_ERROR_LOG_BUFFER);
        errorLog[0] = log == null ? "" : log.replace("\0", "").strip();
        module[0] = handle(loaded);
        return code;
    }

    @Override
    public int unloadModule(long module) {
        int code = JCudaDriver.cuModuleUnload((CUmodule) handles.get((int) module));
        // Functions of the module came after it; nothing else is made while a module is loaded.
        handles.subList((int) module, handles.size()).clear();
        return code;
    }

    @Override
    public int function(long module, String name, long[] function) {
        CUfunction found = new CUfunction();
        int code = JCudaDriver.cuModuleGetFunction(found, (CUmodule) handles.get((int) module), name);
        function[0] = handle(found);
        return code;
    }

    @Override
    public int maxDynamicShared(long function, int bytes) {
        return JCudaDriver.cuFuncSetAttribute(
                (CUfunction) handles.get((int) function),
                CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES,
                bytes);
    }

    @Override
    public int variable(long module, String name, long[] address, long[] bytes) {
        Address found = new Address();
        int code = JCudaDriver.cuModuleGetGlobal(found, bytes, (CUmodule) handles.get((int) module), name);
        address[0] = found.value();
        return code;
    }

    @Override
    public int allocate(long bytes, long[] address) {
        Address allocated = new Address();
        int code = JCudaDriver.cuMemAlloc(allocated, bytes);
        address[0] = allocated.value();
        return code;
    }

    @Override
    public int free(long address) {
        return JCudaDriver.cuMemFree(Address.of(address));
    }

    @Override
    public int toDevice(long to, byte[] from) {
        return JCudaDriver.cuMemcpyHtoD(Address.of(to), Pointer.to(from), from.length);
    }

    @Override
    public int fromDevice(byte[] to, long from) {
        return JCudaDriver.cuMemcpyDtoH(Pointer.to(to), Address.of(from), to.length);
    }

    @Override
    public int copy(long to, long from, long bytes) {
        return JCudaDriver.cuMemcpyDtoDAsync(Address.of(to), Address.of(from), bytes, stream);
    }

    @Override
    public int fill(long to, byte value, long bytes) {
        return JCudaDriver.cuMemsetD8Async(Address.of(to), value, bytes, stream);
    }

    @Override
    public int fillWords(long to, int word, long words) {
        return JCudaDriver.cuMemsetD32Async(Address.of(to), word, words, stream);
    }

    @Override
    public int launch(
            long function,
            Dim3 grid,
            Dim3 block,
            int dynamicSharedBytes,
            List<byte[]> parameters,
            boolean cooperative) {
        CUfunction kernel = (CUfunction) handles.get((int) function);
        Pointer[] each = parameters.stream().map(Pointer::to).toArray(Pointer[]::new);
        Pointer all = each.length == 0 ? new Pointer() : Pointer.to(each);
        return cooperative
                ? JCudaDriver.cuLaunchCooperativeKernel(
                        kernel,
                        grid.x(),
                        grid.y(),
                        grid.z(),
                        block.x(),
                        block.y(),
                        block.z(),
                        dynamicSharedBytes,
                        stream,
                        all)
                : JCudaDriver.cuLaunchKernel(
                        kernel,
                        grid.x(),
                        grid.y(),
                        grid.z(),
                        block.x(),
                        block.y(),
                        block.z(),
                        dynamicSharedBytes,
                        stream,
                        all,
                        null);
    }

    @Override
    public int query() {
        return JCudaDriver.cuStreamQuery(stream);
    }

    @Override
    public int synchronize() {
        return JCudaDriver.cuCtxSynchronize();
    }

    @Override
    public int createEvent(long[] event) {
        CUevent created = new CUevent();
        int code = JCudaDriver.cuEventCreate(created, 0);
        event[0] = handle(created);
        return code;
    }

    @Override
    public int record(long event) {
        return JCudaDriver.cuEventRecord((CUevent) handles.get((int) event), stream);
    }

    @Override
    public int elapsed(long start, long end, float[] millis) {
        return JCudaDriver.cuEventElapsedTime(
                millis, (CUevent) handles.get((int) start), (CUevent) handles.get((int) end));
    }

    /**
     * JCuda 12.6 sends this call to its own copy of the CUDA runtime, which has notions of its own about contexts and about
     * how new a driver must be; so the driver is called by itself.
     */
    @Override
    public int limitHeap(long bytes) {
        return JCudaDriver.cuCtxSetLimit(CUlimit.CU_LIMIT_MALLOC_HEAP_SIZE, bytes);
    }

    @Override
    public int resetPersistingL2() {
        MethodHandle call = resetPersistingL2;
        if (call == null) {
            call = Linker.nativeLinker()
                    .downcallHandle(
                            SymbolLookup.libraryLookup("libcuda.so.1", Arena.global())
                                    .findOrThrow("cuCtxResetPersistingL2Cache"),
                            FunctionDescriptor.of(ValueLayout.JAVA_INT));
            resetPersistingL2 = call;
        }
        try {
            int code = (int) call.invokeExact();
            return code == CuResult.NOT_SUPPORTED ? CuResult.SUCCESS : code; // then no line persists
        } catch (Throwable e) {
            throw new IllegalStateException("cuCtxResetPersistingL2Cache cannot be called", e);
        }
    }

    private long handle(NativePointerObject object) {
        handles.add(object);
        return handles.size() - 1L;
    }
}
