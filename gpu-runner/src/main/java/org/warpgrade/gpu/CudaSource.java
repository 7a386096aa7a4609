package org.warpgrade.gpu;

/**
 * One CUDA C++ text.
 *
 * @param name the file name that diagnostics show, without a folder: {@code softmax.cu}
 * @param text the whole text, decoded
 */
public record CudaSource(String name, String text) {}
