// WarpGrade's CUDA runtime for entries that run inside the PTX machine.
//
// NVRTC itself declares the device runtime (cudaMalloc, cudaFree, cudaMemcpyAsync, cudaGetLastError, ...) when it compiles
// relocatable code; they become calls of __cudaCDP2*. What a host program uses beyond that is declared here and becomes
// calls of __warpgrade_*. RUNTIME_CALLS.md lists every such call with its meaning. This file is always included first.
#ifndef WARPGRADE_CUDA_RUNTIME_H
#define WARPGRADE_CUDA_RUNTIME_H

#include <stddef.h>
#include <stdint.h>
#include <limits.h>
#include <float.h>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <stdio.h>
#include <time.h>
#include <warpgrade/always.h>

// Entries are compiled for the same machine as kernels, so "host only" means nothing more than "no kernel".
#undef __host__
#define __host__

extern "C" {
__device__ cudaError_t __warpgrade_cudaDeviceSynchronize(void);
__device__ cudaError_t __warpgrade_cudaDeviceReset(void);
__device__ cudaError_t __warpgrade_cudaSetDevice(int device);
__device__ cudaError_t __warpgrade_cudaDeviceSetLimit(int limit, size_t value);
__device__ cudaError_t __warpgrade_cudaMemGetInfo(size_t* available, size_t* total);
__device__ cudaError_t __warpgrade_deviceName(char* name, int capacity, int device);
__device__ cudaError_t __warpgrade_cudaMemset(void* to, int value, size_t bytes);
__device__ cudaError_t __warpgrade_cudaMemset2D(void* to, size_t pitch, int value, size_t width, size_t height);
__device__ cudaError_t __warpgrade_cudaMemcpy(void* to, const void* from, size_t bytes, int kind);
__device__ cudaError_t __warpgrade_cudaMemcpy2D(
    void* to, size_t toPitch, const void* from, size_t fromPitch, size_t width, size_t height, int kind);
__device__ cudaError_t __warpgrade_cudaMemcpyToSymbol(
    const void* symbol, const void* from, size_t bytes, size_t offset, int kind, cudaStream_t stream);
__device__ cudaError_t __warpgrade_cudaMemcpyFromSymbol(
    void* to, const void* symbol, size_t bytes, size_t offset, int kind, cudaStream_t stream);
__device__ cudaError_t __warpgrade_cudaMallocPitch(void** pointer, size_t* pitch, size_t width, size_t height);
__device__ cudaError_t __warpgrade_cudaMallocAsync(void** pointer, size_t bytes, cudaStream_t stream);
__device__ cudaError_t __warpgrade_cudaMallocManaged(void** pointer, size_t bytes);
__device__ cudaError_t __warpgrade_cudaFreeAsync(void* pointer, cudaStream_t stream);
__device__ cudaError_t __warpgrade_cudaStreamSynchronize(cudaStream_t stream);
__device__ cudaError_t __warpgrade_cudaStreamQuery(cudaStream_t stream);
__device__ cudaError_t __warpgrade_cudaEventSynchronize(cudaEvent_t event);
__device__ cudaError_t __warpgrade_cudaEventQuery(cudaEvent_t event);
__device__ cudaError_t __warpgrade_cudaEventElapsedTime(float* milliseconds, cudaEvent_t start, cudaEvent_t end);
__device__ cudaError_t __warpgrade_cudaFuncSetAttribute(const void* kernel, int attribute, int value);
__device__ cudaError_t __warpgrade_cudaOccupancyMaxPotentialBlockSize(
    int* minGridSize, int* blockSize, const void* kernel, size_t dynamicSharedBytes, int blockSizeLimit);
__device__ cudaError_t __warpgrade_cudaLaunchKernel(
    const void* kernel, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned blockX, unsigned blockY,
    unsigned blockZ, void** arguments, size_t dynamicSharedBytes, cudaStream_t stream);
__device__ cudaError_t __warpgrade_cudaLaunchCooperativeKernel(
    const void* kernel, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned blockX, unsigned blockY,
    unsigned blockZ, void** arguments, size_t dynamicSharedBytes, cudaStream_t stream);
}

#define WARPGRADE_API static __inline__ __device__

// ---- device ---------------------------------------------------------------------------------------------------------

WARPGRADE_API cudaError_t cudaDeviceSynchronize() { return __warpgrade_cudaDeviceSynchronize(); }
WARPGRADE_API cudaError_t cudaThreadSynchronize() { return __warpgrade_cudaDeviceSynchronize(); }
WARPGRADE_API cudaError_t cudaDeviceReset() { return __warpgrade_cudaDeviceReset(); }
WARPGRADE_API cudaError_t cudaSetDevice(int device) { return __warpgrade_cudaSetDevice(device); }
WARPGRADE_API cudaError_t cudaSetDeviceFlags(unsigned int) { return cudaSuccess; }
WARPGRADE_API cudaError_t cudaDeviceSetCacheConfig(cudaFuncCache) { return cudaSuccess; }
WARPGRADE_API cudaError_t cudaDeviceSetSharedMemConfig(cudaSharedMemConfig) { return cudaSuccess; }
WARPGRADE_API cudaError_t cudaDeviceSetLimit(cudaLimit limit, size_t value) {
    return __warpgrade_cudaDeviceSetLimit((int)limit, value);
}
WARPGRADE_API cudaError_t cudaDriverGetVersion(int* version) { return cudaRuntimeGetVersion(version); }
WARPGRADE_API cudaError_t cudaMemGetInfo(size_t* available, size_t* total) {
    return __warpgrade_cudaMemGetInfo(available, total);
}

/// The properties come from cudaDeviceGetAttribute, one by one; a property without an attribute is 0.
#undef cudaGetDeviceProperties
static __device__ __noinline__ cudaError_t cudaGetDeviceProperties(cudaDeviceProp* properties, int device) {
    struct Number {
        int attribute;
        int cudaDeviceProp::*member;
    };
    struct Size {
        int attribute;
        size_t cudaDeviceProp::*member;
    };
    static const __device__ Number numbers[] = {
        {cudaDevAttrMaxRegistersPerBlock, &cudaDeviceProp::regsPerBlock},
        {cudaDevAttrWarpSize, &cudaDeviceProp::warpSize},
        {cudaDevAttrMaxThreadsPerBlock, &cudaDeviceProp::maxThreadsPerBlock},
        {cudaDevAttrClockRate, &cudaDeviceProp::clockRate},
        {cudaDevAttrComputeCapabilityMajor, &cudaDeviceProp::major},
        {cudaDevAttrComputeCapabilityMinor, &cudaDeviceProp::minor},
        {cudaDevAttrMultiProcessorCount, &cudaDeviceProp::multiProcessorCount},
        {cudaDevAttrConcurrentKernels, &cudaDeviceProp::concurrentKernels},
        {cudaDevAttrUnifiedAddressing, &cudaDeviceProp::unifiedAddressing},
        {cudaDevAttrMemoryClockRate, &cudaDeviceProp::memoryClockRate},
        {cudaDevAttrGlobalMemoryBusWidth, &cudaDeviceProp::memoryBusWidth},
        {cudaDevAttrL2CacheSize, &cudaDeviceProp::l2CacheSize},
        {cudaDevAttrMaxThreadsPerMultiProcessor, &cudaDeviceProp::maxThreadsPerMultiProcessor},
        {cudaDevAttrMaxRegistersPerMultiprocessor, &cudaDeviceProp::regsPerMultiprocessor},
        {cudaDevAttrCooperativeLaunch, &cudaDeviceProp::cooperativeLaunch},
        {cudaDevAttrMaxBlocksPerMultiprocessor, &cudaDeviceProp::maxBlocksPerMultiProcessor},
    };
    static const __device__ Size sizes[] = {
        {cudaDevAttrMaxSharedMemoryPerBlock, &cudaDeviceProp::sharedMemPerBlock},
        {cudaDevAttrMaxPitch, &cudaDeviceProp::memPitch},
        {cudaDevAttrTotalConstantMemory, &cudaDeviceProp::totalConstMem},
        {cudaDevAttrMaxSharedMemoryPerMultiprocessor, &cudaDeviceProp::sharedMemPerMultiprocessor},
        {cudaDevAttrMaxSharedMemoryPerBlockOptin, &cudaDeviceProp::sharedMemPerBlockOptin},
        {cudaDevAttrReservedSharedMemoryPerBlock, &cudaDeviceProp::reservedSharedMemPerBlock},
    };
    memset(properties, 0, sizeof(cudaDeviceProp));
    cudaError_t status = __warpgrade_deviceName(properties->name, (int)sizeof(properties->name), device);
    if (status != cudaSuccess) return status;
    size_t available;
    __warpgrade_cudaMemGetInfo(&available, &properties->totalGlobalMem);
    for (const Number& number : numbers) {
        cudaDeviceGetAttribute(&(properties->*number.member), (cudaDeviceAttr)number.attribute, device);
    }
    for (const Size& size : sizes) {
        int value = 0;
        cudaDeviceGetAttribute(&value, (cudaDeviceAttr)size.attribute, device);
        properties->*size.member = (size_t)value;
    }
    for (int i = 0; i < 3; i++) {
        cudaDeviceGetAttribute(
            &properties->maxThreadsDim[i], (cudaDeviceAttr)(cudaDevAttrMaxBlockDimX + i), device);
        cudaDeviceGetAttribute(&properties->maxGridSize[i], (cudaDeviceAttr)(cudaDevAttrMaxGridDimX + i), device);
    }
    return cudaSuccess;
}

// ---- memory ---------------------------------------------------------------------------------------------------------

template <typename T>
static __inline__ __device__ __cudart_builtin__ cudaError_t cudaMalloc(T** pointer, size_t bytes) {
    return cudaMalloc((void**)(void*)pointer, bytes);
}
WARPGRADE_API cudaError_t cudaMallocAsync(void** pointer, size_t bytes, cudaStream_t stream) {
    return __warpgrade_cudaMallocAsync(pointer, bytes, stream);
}
template <typename T>
WARPGRADE_API cudaError_t cudaMallocAsync(T** pointer, size_t bytes, cudaStream_t stream) {
    return __warpgrade_cudaMallocAsync((void**)(void*)pointer, bytes, stream);
}
#ifndef cudaMemAttachGlobal
#define cudaMemAttachGlobal 1
#define cudaMemAttachHost 2
#endif
#ifndef cudaCpuDeviceId
#define cudaCpuDeviceId ((int)-1)
#endif
/// Managed memory may be read and written by kernels, and by host code between a synchronisation and the next launch.
WARPGRADE_API cudaError_t cudaMallocManaged(void** pointer, size_t bytes, unsigned int = cudaMemAttachGlobal) {
    return __warpgrade_cudaMallocManaged(pointer, bytes);
}
template <typename T>
WARPGRADE_API cudaError_t cudaMallocManaged(T** pointer, size_t bytes, unsigned int = cudaMemAttachGlobal) {
    return __warpgrade_cudaMallocManaged((void**)(void*)pointer, bytes);
}
WARPGRADE_API cudaError_t cudaMemPrefetchAsync(const void*, size_t, int, cudaStream_t = 0) { return cudaSuccess; }
WARPGRADE_API cudaError_t cudaMemAdvise(const void*, size_t, cudaMemoryAdvise, int) { return cudaSuccess; }
/// Pinned memory is host memory: nothing is copied faster here.
WARPGRADE_API cudaError_t cudaMallocHost(void** pointer, size_t bytes, unsigned int = 0) {
    *pointer = malloc(bytes);
    return *pointer ? cudaSuccess : cudaErrorMemoryAllocation;
}
template <typename T>
WARPGRADE_API cudaError_t cudaMallocHost(T** pointer, size_t bytes, unsigned int flags = 0) {
    return cudaMallocHost((void**)(void*)pointer, bytes, flags);
}
WARPGRADE_API cudaError_t cudaHostAlloc(void** pointer, size_t bytes, unsigned int flags) {
    return cudaMallocHost(pointer, bytes, flags);
}
template <typename T>
WARPGRADE_API cudaError_t cudaHostAlloc(T** pointer, size_t bytes, unsigned int flags) {
    return cudaMallocHost((void**)(void*)pointer, bytes, flags);
}
WARPGRADE_API cudaError_t cudaFreeHost(void* pointer) {
    free(pointer);
    return cudaSuccess;
}
WARPGRADE_API cudaError_t cudaHostRegister(void*, size_t, unsigned int) { return cudaSuccess; }
WARPGRADE_API cudaError_t cudaHostUnregister(void*) { return cudaSuccess; }
WARPGRADE_API cudaError_t cudaFreeAsync(void* pointer, cudaStream_t stream) {
    return __warpgrade_cudaFreeAsync(pointer, stream);
}
template <typename T>
WARPGRADE_API cudaError_t cudaMallocPitch(T** pointer, size_t* pitch, size_t width, size_t height) {
    return __warpgrade_cudaMallocPitch((void**)(void*)pointer, pitch, width, height);
}
WARPGRADE_API cudaError_t cudaMemset(void* to, int value, size_t bytes) {
    return __warpgrade_cudaMemset(to, value, bytes);
}
WARPGRADE_API cudaError_t cudaMemsetAsync(void* to, int value, size_t bytes) {
    return cudaMemsetAsync(to, value, bytes, (cudaStream_t)0);
}
WARPGRADE_API cudaError_t cudaMemset2D(void* to, size_t pitch, int value, size_t width, size_t height) {
    return __warpgrade_cudaMemset2D(to, pitch, value, width, height);
}
WARPGRADE_API cudaError_t cudaMemset2DAsync(void* to, size_t pitch, int value, size_t width, size_t height) {
    return cudaMemset2DAsync(to, pitch, value, width, height, (cudaStream_t)0);
}
WARPGRADE_API cudaError_t cudaMemcpy(void* to, const void* from, size_t bytes, cudaMemcpyKind kind) {
    return __warpgrade_cudaMemcpy(to, from, bytes, (int)kind);
}
WARPGRADE_API cudaError_t cudaMemcpyAsync(void* to, const void* from, size_t bytes, cudaMemcpyKind kind) {
    return cudaMemcpyAsync(to, from, bytes, kind, (cudaStream_t)0);
}
WARPGRADE_API cudaError_t cudaMemcpy2D(
    void* to, size_t toPitch, const void* from, size_t fromPitch, size_t width, size_t height, cudaMemcpyKind kind) {
    return __warpgrade_cudaMemcpy2D(to, toPitch, from, fromPitch, width, height, (int)kind);
}
WARPGRADE_API cudaError_t cudaMemcpy2DAsync(
    void* to, size_t toPitch, const void* from, size_t fromPitch, size_t width, size_t height, cudaMemcpyKind kind) {
    return cudaMemcpy2DAsync(to, toPitch, from, fromPitch, width, height, kind, (cudaStream_t)0);
}
template <typename T>
WARPGRADE_API cudaError_t cudaMemcpyToSymbol(
    const T& symbol, const void* from, size_t bytes, size_t offset = 0, cudaMemcpyKind kind = cudaMemcpyHostToDevice) {
    return __warpgrade_cudaMemcpyToSymbol(&reinterpret_cast<const char&>(symbol), from, bytes, offset, (int)kind, (cudaStream_t)0);
}
template <typename T>
WARPGRADE_API cudaError_t cudaMemcpyToSymbolAsync(
    const T& symbol, const void* from, size_t bytes, size_t offset = 0, cudaMemcpyKind kind = cudaMemcpyHostToDevice,
    cudaStream_t stream = 0) {
    return __warpgrade_cudaMemcpyToSymbol(&reinterpret_cast<const char&>(symbol), from, bytes, offset, (int)kind, stream);
}
template <typename T>
WARPGRADE_API cudaError_t cudaMemcpyFromSymbol(
    void* to, const T& symbol, size_t bytes, size_t offset = 0, cudaMemcpyKind kind = cudaMemcpyDeviceToHost) {
    return __warpgrade_cudaMemcpyFromSymbol(to, &reinterpret_cast<const char&>(symbol), bytes, offset, (int)kind, (cudaStream_t)0);
}
template <typename T>
WARPGRADE_API cudaError_t cudaGetSymbolAddress(void** pointer, const T& symbol) {
    *pointer = (void*)&reinterpret_cast<const char&>(symbol);
    return cudaSuccess;
}
template <typename T>
WARPGRADE_API cudaError_t cudaGetSymbolSize(size_t* bytes, const T&) {
    *bytes = sizeof(T);
    return cudaSuccess;
}

// ---- streams and events ---------------------------------------------------------------------------------------------

WARPGRADE_API cudaError_t cudaStreamCreate(cudaStream_t* stream) { return cudaStreamCreateWithFlags(stream, 0); }
WARPGRADE_API cudaError_t cudaStreamCreateWithPriority(cudaStream_t* stream, unsigned int flags, int) {
    return cudaStreamCreateWithFlags(stream, flags);
}
WARPGRADE_API cudaError_t cudaStreamSynchronize(cudaStream_t stream) {
    return __warpgrade_cudaStreamSynchronize(stream);
}
WARPGRADE_API cudaError_t cudaStreamQuery(cudaStream_t stream) { return __warpgrade_cudaStreamQuery(stream); }
WARPGRADE_API cudaError_t cudaStreamWaitEvent(cudaStream_t stream, cudaEvent_t event) {
    return cudaStreamWaitEvent(stream, event, 0);
}
WARPGRADE_API cudaError_t cudaEventCreate(cudaEvent_t* event) { return cudaEventCreateWithFlags(event, 0); }
WARPGRADE_API cudaError_t cudaEventCreate(cudaEvent_t* event, unsigned int flags) {
    return cudaEventCreateWithFlags(event, flags);
}
WARPGRADE_API cudaError_t cudaEventRecord(cudaEvent_t event) { return cudaEventRecord(event, (cudaStream_t)0); }
WARPGRADE_API cudaError_t cudaEventSynchronize(cudaEvent_t event) { return __warpgrade_cudaEventSynchronize(event); }
WARPGRADE_API cudaError_t cudaEventQuery(cudaEvent_t event) { return __warpgrade_cudaEventQuery(event); }
WARPGRADE_API cudaError_t cudaEventElapsedTime(float* milliseconds, cudaEvent_t start, cudaEvent_t end) {
    return __warpgrade_cudaEventElapsedTime(milliseconds, start, end);
}

// ---- kernels --------------------------------------------------------------------------------------------------------

WARPGRADE_API cudaError_t cudaLaunchKernel(
    const void* kernel, dim3 grid, dim3 block, void** arguments, size_t dynamicSharedBytes = 0,
    cudaStream_t stream = 0) {
    return __warpgrade_cudaLaunchKernel(
        kernel, grid.x, grid.y, grid.z, block.x, block.y, block.z, arguments, dynamicSharedBytes, stream);
}
WARPGRADE_API cudaError_t cudaLaunchCooperativeKernel(
    const void* kernel, dim3 grid, dim3 block, void** arguments, size_t dynamicSharedBytes = 0,
    cudaStream_t stream = 0) {
    return __warpgrade_cudaLaunchCooperativeKernel(
        kernel, grid.x, grid.y, grid.z, block.x, block.y, block.z, arguments, dynamicSharedBytes, stream);
}
template <typename R, typename... P>
WARPGRADE_API cudaError_t cudaLaunchKernel(
    R (*kernel)(P...), dim3 grid, dim3 block, void** arguments, size_t dynamicSharedBytes = 0,
    cudaStream_t stream = 0) {
    return cudaLaunchKernel((const void*)kernel, grid, block, arguments, dynamicSharedBytes, stream);
}
template <typename R, typename... P>
WARPGRADE_API cudaError_t cudaLaunchCooperativeKernel(
    R (*kernel)(P...), dim3 grid, dim3 block, void** arguments, size_t dynamicSharedBytes = 0,
    cudaStream_t stream = 0) {
    return cudaLaunchCooperativeKernel((const void*)kernel, grid, block, arguments, dynamicSharedBytes, stream);
}
WARPGRADE_API cudaError_t cudaFuncSetAttribute(const void* kernel, cudaFuncAttribute attribute, int value) {
    return __warpgrade_cudaFuncSetAttribute(kernel, (int)attribute, value);
}
template <typename R, typename... P>
WARPGRADE_API cudaError_t cudaFuncSetAttribute(R (*kernel)(P...), cudaFuncAttribute attribute, int value) {
    return __warpgrade_cudaFuncSetAttribute((const void*)kernel, (int)attribute, value);
}
WARPGRADE_API cudaError_t cudaFuncSetCacheConfig(const void*, cudaFuncCache) { return cudaSuccess; }
template <typename R, typename... P>
WARPGRADE_API cudaError_t cudaFuncSetCacheConfig(R (*)(P...), cudaFuncCache) {
    return cudaSuccess;
}
template <typename R, typename... P>
WARPGRADE_API cudaError_t cudaFuncSetSharedMemConfig(R (*)(P...), cudaSharedMemConfig) {
    return cudaSuccess;
}
template <typename T>
static __inline__ __device__ __cudart_builtin__ cudaError_t cudaFuncGetAttributes(
    struct cudaFuncAttributes* attributes, T* kernel) {
    return cudaFuncGetAttributes(attributes, (const void*)kernel);
}
template <typename T>
static __inline__ __device__ __cudart_builtin__ cudaError_t cudaOccupancyMaxActiveBlocksPerMultiprocessor(
    int* blocks, T kernel, int blockSize, size_t dynamicSharedBytes) {
    return cudaOccupancyMaxActiveBlocksPerMultiprocessor(blocks, (const void*)kernel, blockSize, dynamicSharedBytes);
}
template <typename T>
static __inline__ __device__ __cudart_builtin__ cudaError_t cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(
    int* blocks, T kernel, int blockSize, size_t dynamicSharedBytes, unsigned int) {
    return cudaOccupancyMaxActiveBlocksPerMultiprocessor(blocks, (const void*)kernel, blockSize, dynamicSharedBytes);
}
template <typename T>
WARPGRADE_API cudaError_t cudaOccupancyMaxPotentialBlockSize(
    int* minGridSize, int* blockSize, T kernel, size_t dynamicSharedBytes = 0, int blockSizeLimit = 0) {
    return __warpgrade_cudaOccupancyMaxPotentialBlockSize(
        minGridSize, blockSize, (const void*)kernel, dynamicSharedBytes, blockSizeLimit);
}

#undef WARPGRADE_API

#endif
