package org.warpgrade.gpu.ptx;

import java.util.List;
import java.util.Map;

/**
 * A parsed PTX text.
 *
 * @param version PTX ISA version
 * @param target {@code sm_80}
 * @param variables module-scope variables by name, in order
 * @param functions functions by name, in order; a definition replaces its declarations
 * @param files {@code .file} table
 */
public record PtxModule(
        String version,
        String target,
        Map<String, PtxVariable> variables,
        Map<String, PtxFunction> functions,
        Map<Integer, String> files) {

    public List<PtxFunction> kernels() {
        return functions.values().stream()
                .filter(f -> f.kernel() && !f.declaration())
                .toList();
    }
}
