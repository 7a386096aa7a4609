package org.warpgrade.gpu.cuda;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.compile.KernelNames;
import org.warpgrade.gpu.host.DeviceBackend.KernelFacts;
import org.warpgrade.gpu.ptx.PtxFunction;
import org.warpgrade.gpu.ptx.PtxVariable;
import org.warpgrade.gpu.ptx.typed.Op.Slot;
import org.warpgrade.gpu.ptx.typed.SharedLayout;
import org.warpgrade.gpu.ptx.typed.TypedModule;

/** What must be known of kernels to launch them, from their declarations alone: their code may hold what only a GPU knows. */
final class KernelShapes {

    private final TypedModule module;

    KernelShapes(TypedModule module) {
        this.module = module;
    }

    /** The kernel at a function address; null if there is none. */
    @Nullable
    KernelFacts at(long address) {
        String name = module.layout().functionAt(address);
        PtxFunction function = name == null ? null : module.module().functions().get(name);
        return function == null || !function.kernel() ? null : of(function);
    }

    KernelFacts of(PtxFunction kernel) {
        List<Slot> slots = new ArrayList<>();
        int end = 0;
        for (PtxVariable parameter : kernel.parameters()) {
            int from = (end + parameter.align() - 1) / parameter.align() * parameter.align();
            slots.add(new Slot(from, (int) parameter.bytes()));
            end = from + (int) parameter.bytes();
        }
        int shared = module.sharedLayout(kernel.name()).pieces().stream()
                .filter(piece -> piece.bytes() >= 0)
                .mapToInt(KernelShapes::end)
                .max()
                .orElse(0);
        return new KernelFacts(
                kernel.name(), KernelNames.readable(kernel.name()), slots, end, shared, kernel.maxThreads());
    }

    private static int end(SharedLayout.Piece piece) {
        return piece.offset() + piece.bytes();
    }
}
