package org.warpgrade.gpu.cpu;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.host.HostVariables;
import org.warpgrade.gpu.ptx.PtxModule;
import org.warpgrade.gpu.ptx.typed.CallLinker;
import org.warpgrade.gpu.ptx.typed.LinkedKernel;
import org.warpgrade.gpu.ptx.typed.ModuleLayout;
import org.warpgrade.gpu.ptx.typed.TypedFunction;
import org.warpgrade.gpu.ptx.typed.TypedModule;
import org.warpgrade.gpu.ptx.typed.UnsupportedPtxException;

/** A program as the CPU device holds it: typed code, and kernels compiled when first launched. */
final class CpuProgram {

    private static final Logger LOG = LoggerFactory.getLogger(CpuProgram.class);

    private final TypedModule module;
    /** A kernel with or without the sanitizers in its code, or for blocks whose lanes go abreast. */
    private record Variant(
            String kernel, boolean watched, @Nullable Formation formation) {}

    private final Map<Variant, Optional<LaneCompiler.Compiled>> compiled = new ConcurrentHashMap<>();

    /** Instructions that the threads of each kernel have executed. */
    private final Map<String, Long> executed = new ConcurrentHashMap<>();

    /** @param hostVariables see {@link Program#hostVariables} */
    CpuProgram(PtxModule parsed, Set<String> hostVariables) {
        this.module = new TypedModule(parsed, new ModuleLayout(parsed, HostVariables.addresses(parsed, hostVariables)));
    }

    TypedModule module() {
        return module;
    }

    /** The kernel's lane loops; empty if it is one that only the interpreter runs. */
    Optional<LaneCompiler.Compiled> lanes(TypedFunction kernel, boolean watched) {
        return compiled.computeIfAbsent(
                new Variant(kernel.name(), watched, null),
                _ -> compile(
                        kernel,
                        linked -> LaneCompiler.compile(linked, watched ? WatchedAccess.class : LaneAccess.class)));
    }

    /**
     * The lane loops of a launch that nobody watches, with lanes abreast if the kernel has run long enough.
     *
     * @param always whether in any case
     */
    Optional<LaneCompiler.Compiled> lanesAbreast(KernelLaunch launch, boolean always) {
        TypedFunction kernel = launch.kernel();
        Formation formation = Formation.of(launch);
        if (formation == null || !always && !Formation.pays(executed(kernel))) {
            return lanes(kernel, false);
        }
        return lanesAbreast(kernel, formation);
    }

    /** The same in the middle of a launch of independent blocks, when so much of it has been done; null as long as it does not pay. */
    LaneCompiler.@Nullable Compiled laterAbreast(KernelLaunch launch, long executedNow) {
        TypedFunction kernel = launch.kernel();
        Formation formation = Formation.of(launch);
        return formation != null && Formation.pays(executed(kernel) + executedNow)
                ? lanesAbreast(kernel, formation).orElse(null)
                : null;
    }

    private long executed(TypedFunction kernel) {
        return executed.getOrDefault(kernel.name(), 0L);
    }

    private Optional<LaneCompiler.Compiled> lanesAbreast(TypedFunction kernel, Formation formation) {
        return compiled.computeIfAbsent(
                        new Variant(kernel.name(), false, formation),
                        _ -> compile(kernel, linked -> LaneCompiler.compile(linked, formation)))
                .or(() -> lanes(kernel, false));
    }

    /** Takes note of how much the threads of a launch have executed. */
    void ran(TypedFunction kernel, BlockScheduler.Cost cost) {
        executed.merge(kernel.name(), cost.threadInstructions(), Long::sum);
    }

    /**
     * PTX that no compiler wrote may use registers of one kind as another, which the JVM's verifier turns down; the
     * interpreter then says what is wrong, or runs it.
     */
    private Optional<LaneCompiler.Compiled> compile(
            TypedFunction kernel, Function<LinkedKernel, LaneCompiler.Compiled> compiler) {
        try {
            LinkedKernel linked = CallLinker.link(module, kernel, Warp.STACK_LIMIT);
            return Optional.of(compiler.apply(linked));
        } catch (UnsupportedPtxException unknown) {
            // In a function that may never be called: the interpreter finds out.
            LOG.debug("kernel {} runs in the interpreter", kernel.name(), unknown);
            return Optional.empty();
        } catch (VerifyError | IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            LOG.warn("kernel {} runs in the interpreter: {}", kernel.name(), reason);
            return Optional.empty();
        }
    }
}
