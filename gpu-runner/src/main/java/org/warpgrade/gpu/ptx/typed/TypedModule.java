package org.warpgrade.gpu.ptx.typed;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.PtxFunction;
import org.warpgrade.gpu.ptx.PtxModule;

/** A module whose functions are lowered when first asked for, once per kernel that calls them. Safe for many threads. */
public final class TypedModule {

    /** A function in the context of the kernel whose shared memory it sees. */
    private record Key(String kernel, String function) {}

    private final PtxModule module;
    private final ModuleLayout layout;
    private final Map<Key, TypedFunction> lowered = new ConcurrentHashMap<>();
    private final Map<String, SharedLayout> sharedLayouts = new ConcurrentHashMap<>();

    public TypedModule(PtxModule module) {
        this(module, new ModuleLayout(module));
    }

    public TypedModule(PtxModule module, ModuleLayout layout) {
        this.module = module;
        this.layout = layout;
    }

    public PtxModule module() {
        return module;
    }

    public ModuleLayout layout() {
        return layout;
    }

    /** The shared memory of a kernel, piece by piece. */
    public SharedLayout sharedLayout(String kernel) {
        return sharedLayouts.computeIfAbsent(
                kernel, name -> new SharedLayout(module, module.functions().get(name)));
    }

    /**
     * A function as the given kernel (or host entry) sees it; null if the module has no such definition.
     *
     * @throws UnsupportedPtxException if it holds an instruction that is not known
     */
    public @Nullable TypedFunction function(String kernel, String name) {
        PtxFunction function = module.functions().get(name);
        if (function == null || function.declaration()) {
            return null;
        }
        return lowered.computeIfAbsent(
                new Key(kernel, name), _ -> new FunctionLowering(layout, function, sharedLayout(kernel)).lower());
    }
}
