package org.warpgrade.gpu.worker;

/**
 * A GPU of this machine.
 *
 * @param id what {@code CUDA_VISIBLE_DEVICES} and {@code nvidia-smi --id} know it by: its UUID, else its number
 * @param name {@code NVIDIA H200}
 */
public record Gpu(String id, String name) {}
