package org.warpgrade.gpu;

/**
 * What ptxas reports of a kernel for one architecture.
 *
 * @param kernel the mangled PTX name
 * @param architecture for example {@code sm_80}
 * @param registers per thread
 * @param spillStoreBytes bytes of spill stores per thread
 * @param spillLoadBytes bytes of spill loads per thread
 * @param sharedBytes static shared memory per block
 * @param stackBytes stack frame per thread
 * @param barriers named barriers used
 */
public record KernelResources(
        String kernel,
        String architecture,
        int registers,
        int spillStoreBytes,
        int spillLoadBytes,
        int sharedBytes,
        int stackBytes,
        int barriers) {}
