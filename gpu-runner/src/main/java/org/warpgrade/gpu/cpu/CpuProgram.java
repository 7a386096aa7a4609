package org.warpgrade.gpu.cpu;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.warpgrade.gpu.ptx.PtxModule;
import org.warpgrade.gpu.ptx.typed.TypedFunction;
import org.warpgrade.gpu.ptx.typed.TypedModule;

/** A program as the CPU device holds it: typed code, and kernels compiled when first launched. */
final class CpuProgram {

    private final TypedModule module;
    private final Map<String, Optional<LaneCompiler.Compiled>> compiled = new ConcurrentHashMap<>();

    CpuProgram(PtxModule parsed) {
        this.module = new TypedModule(parsed);
    }

    TypedModule module() {
        return module;
    }

    /** The kernel's lane loops; empty if it is one that only the interpreter runs. */
    Optional<LaneCompiler.Compiled> lanes(TypedFunction kernel) {
        return compiled.computeIfAbsent(
                kernel.name(),
                _ -> LaneCompiler.canCompile(module, kernel)
                        ? Optional.of(LaneCompiler.compile(kernel, LaneAccess.class))
                        : Optional.empty());
    }
}
