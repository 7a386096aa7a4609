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
    /** A kernel with or without the sanitizers in its code. */
    private record Variant(String kernel, boolean watched) {}

    private final Map<Variant, Optional<LaneCompiler.Compiled>> compiled = new ConcurrentHashMap<>();

    CpuProgram(PtxModule parsed) {
        this.module = new TypedModule(parsed);
    }

    TypedModule module() {
        return module;
    }

    /** The kernel's lane loops; empty if it is one that only the interpreter runs. */
    Optional<LaneCompiler.Compiled> lanes(TypedFunction kernel, boolean watched) {
        return compiled.computeIfAbsent(
                new Variant(kernel.name(), watched),
                _ -> LaneCompiler.canCompile(module, kernel)
                        ? Optional.of(LaneCompiler.compile(kernel, watched ? WatchedAccess.class : LaneAccess.class))
                        : Optional.empty());
    }
}
