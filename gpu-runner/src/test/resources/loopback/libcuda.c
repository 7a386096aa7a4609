// A driver without a GPU for the native side of JCuda: "device" memory is this process's own, and kernels are the C functions
// below, known by name. It shows that every call arrives with the arguments that the CUDA driver API documents, down to the bytes
// of kernel parameters; not that CUDA works. Each call is written to the file that LOOPBACK_LOG names.
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int CUresult;
typedef int CUdevice;
typedef void* CUhandle;
typedef uint64_t CUdeviceptr;

static int sticky = 0;

static CUresult told(CUresult result, const char* format, ...) {
    const char* path = getenv("LOOPBACK_LOG");
    FILE* log = path ? fopen(path, "a") : NULL;
    if (log) {
        va_list arguments;
        va_start(arguments, format);
        vfprintf(log, format, arguments);
        va_end(arguments);
        fprintf(log, " -> %d\n", result);
        fclose(log);
    }
    return result;
}

CUresult cuInit(unsigned flags) { return told(0, "cuInit %u", flags); }
CUresult cuDriverGetVersion(int* version) { *version = 12060; return told(0, "cuDriverGetVersion"); }
CUresult cuDeviceGetCount(int* count) { *count = 1; return told(0, "cuDeviceGetCount"); }
CUresult cuDeviceGet(CUdevice* device, int ordinal) { *device = 40 + ordinal; return told(0, "cuDeviceGet %d", ordinal); }
CUresult cuDeviceGetName(char* name, int length, CUdevice device) {
    snprintf(name, length, "Loopback GPU");
    return told(0, "cuDeviceGetName %d %d", length, device);
}
CUresult cuDeviceGetAttribute(int* value, int attribute, CUdevice device) {
    *value = attribute == 75 ? 9 : attribute == 76 ? 0 : attribute == 38 ? 1 << 20 : 0;
    return told(0, "cuDeviceGetAttribute %d %d", attribute, device);
}

static int context;
CUresult cuCtxCreate_v2(CUhandle* made, unsigned flags, CUdevice device) {
    *made = &context;
    return told(0, "cuCtxCreate %u %d", flags, device);
}
CUresult cuCtxSetCurrent(CUhandle wanted) { return told(wanted == &context ? 0 : 201, "cuCtxSetCurrent"); }
CUresult cuCtxSynchronize(void) { fflush(stdout); return told(sticky, "cuCtxSynchronize"); }
CUresult cuCtxResetPersistingL2Cache(void) { return told(0, "cuCtxResetPersistingL2Cache"); }

static int stream;
CUresult cuStreamCreate(CUhandle* made, unsigned flags) { *made = &stream; return told(0, "cuStreamCreate %u", flags); }
CUresult cuStreamQuery(CUhandle wanted) { return wanted == &stream ? sticky : 400; }

// ---------------------------------------------------------------- memory

CUresult cuMemAlloc_v2(CUdeviceptr* address, size_t bytes) {
    *address = (CUdeviceptr)(uintptr_t)aligned_alloc(512, (bytes + 511) / 512 * 512);
    return told(0, "cuMemAlloc %zu", bytes);
}
CUresult cuMemFree_v2(CUdeviceptr address) { free((void*)(uintptr_t)address); return told(0, "cuMemFree"); }
CUresult cuMemcpyHtoD_v2(CUdeviceptr to, const void* from, size_t bytes) {
    memcpy((void*)(uintptr_t)to, from, bytes);
    return told(sticky, "cuMemcpyHtoD %zu", bytes);
}
CUresult cuMemcpyDtoH_v2(void* to, CUdeviceptr from, size_t bytes) {
    memcpy(to, (void*)(uintptr_t)from, bytes);
    return told(sticky, "cuMemcpyDtoH %zu", bytes);
}
CUresult cuMemcpyDtoDAsync_v2(CUdeviceptr to, CUdeviceptr from, size_t bytes, CUhandle on) {
    memmove((void*)(uintptr_t)to, (void*)(uintptr_t)from, bytes);
    return told(on == &stream ? sticky : 400, "cuMemcpyDtoDAsync %zu", bytes);
}
CUresult cuMemsetD8Async(CUdeviceptr to, unsigned char value, size_t bytes, CUhandle on) {
    memset((void*)(uintptr_t)to, value, bytes);
    return told(on == &stream ? sticky : 400, "cuMemsetD8Async %u %zu", value, bytes);
}
CUresult cuMemsetD32Async(CUdeviceptr to, unsigned value, size_t words, CUhandle on) {
    for (size_t i = 0; i < words; i++) {
        ((unsigned*)(uintptr_t)to)[i] = value;
    }
    return told(on == &stream ? sticky : 400, "cuMemsetD32Async %08x %zu", value, words);
}

// ---------------------------------------------------------------- modules

static char* loaded;
static char counter[4];
CUresult cuModuleLoadDataEx(CUhandle* module, const void* image, unsigned count, int* options, void** values) {
    const char* text = image;
    char* log = NULL;
    size_t room = 0;
    for (unsigned i = 0; i < count; i++) {
        if (options[i] == 5) {
            log = values[i]; // CU_JIT_ERROR_LOG_BUFFER
        } else if (options[i] == 6) {
            room = (size_t)(uintptr_t)values[i] & 0xFFFFFFFF; // CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES
        }
    }
    if (!strstr(text, ".version") || !strstr(text, ".target")) {
        return told(218, "cuModuleLoadDataEx not PTX");
    }
    if (strstr(text, "refused_by_the_driver")) {
        if (log && room) {
            snprintf(log, room, "ptxas application ptx input, line 9; error : no");
        }
        return told(218, "cuModuleLoadDataEx log of %zu bytes", room);
    }
    loaded = strdup(text);
    memcpy(counter, "\7\0\0\0", 4);
    *module = loaded;
    return told(0, "cuModuleLoadDataEx %u options, log of %zu bytes", count, room);
}
CUresult cuModuleUnload(CUhandle module) { return told(module == loaded ? 0 : 400, "cuModuleUnload"); }
CUresult cuModuleGetFunction(CUhandle* function, CUhandle module, const char* name) {
    char entry[300];
    snprintf(entry, sizeof entry, ".entry %s(", name);
    if (module != loaded || !strstr(loaded, entry)) {
        return told(500, "cuModuleGetFunction %s", name);
    }
    *function = strdup(name);
    return told(0, "cuModuleGetFunction %s", name);
}
CUresult cuModuleGetGlobal_v2(CUdeviceptr* address, size_t* bytes, CUhandle module, const char* name) {
    *address = (CUdeviceptr)(uintptr_t)counter;
    *bytes = sizeof counter;
    return told(module == loaded ? 0 : 400, "cuModuleGetGlobal %s", name);
}
CUresult cuFuncSetAttribute(CUhandle function, int attribute, int value) {
    return told(value <= 101376 ? 0 : 1, "cuFuncSetAttribute %s %d %d", (char*)function, attribute, value);
}

// ---------------------------------------------------------------- kernels

struct pair { int32_t a; double b; };

static CUresult run(const char* name, unsigned threads, void** p) {
    if (strstr(name, "saxpy")) {
        int n = *(int*)p[0];
        float a = *(float*)p[1];
        float* x = *(float**)p[2];
        float* y = *(float**)p[3];
        for (int i = 0; i < n && i < (int)threads; i++) {
            y[i] += a * x[i];
        }
    } else if (strstr(name, "mixed")) {
        signed char c = *(signed char*)p[0];
        double d = *(double*)p[1];
        struct pair s = *(struct pair*)p[2];
        short t = *(short*)p[3];
        int64_t l = *(int64_t*)p[4];
        double* out = *(double**)p[5];
        out[0] = c, out[1] = d, out[2] = s.a, out[3] = s.b, out[4] = t, out[5] = (double)l;
    } else if (strstr(name, "speaks")) {
        printf("kernel says %d\n", *(int*)p[0]);
    } else if (strstr(name, "faults")) {
        sticky = 700;
    }
    return sticky;
}
CUresult cuLaunchKernel(
        CUhandle function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned shared,
        CUhandle on, void** parameters, void** extra) {
    if (on != &stream || extra != NULL || sticky) {
        return told(sticky ? sticky : 400, "cuLaunchKernel %s", (char*)function);
    }
    run(function, gx * gy * gz * bx * by * bz, parameters); // a fault shows when somebody asks for it, as on a GPU
    return told(0, "cuLaunchKernel %s %u %u %u x %u %u %u shared %u", (char*)function, gx, gy, gz, bx, by, bz, shared);
}
CUresult cuLaunchCooperativeKernel(
        CUhandle function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned shared,
        CUhandle on, void** parameters) {
    if (on != &stream || gx > 100) {
        return told(gx > 100 ? 720 : 400, "cuLaunchCooperativeKernel %s", (char*)function);
    }
    run(function, gx * gy * gz * bx * by * bz, parameters);
    return told(0, "cuLaunchCooperativeKernel %s %u %u %u x %u %u %u shared %u", (char*)function, gx, gy, gz, bx, by, bz, shared);
}

// ---------------------------------------------------------------- events

static float now = 0;
CUresult cuEventCreate(CUhandle* made, unsigned flags) {
    *made = calloc(1, sizeof(float));
    return told(0, "cuEventCreate %u", flags);
}
CUresult cuEventRecord(CUhandle event, CUhandle on) {
    *(float*)event = now += 0.125f;
    return told(on == &stream ? 0 : 400, "cuEventRecord");
}
CUresult cuEventElapsedTime(float* millis, CUhandle start, CUhandle end) {
    *millis = *(float*)end - *(float*)start;
    return told(0, "cuEventElapsedTime");
}
