package org.warpgrade.gpu.cpu;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.PtxVariable;
import org.warpgrade.gpu.ptx.StateSpace;
import org.warpgrade.gpu.ptx.typed.ModuleLayout;

/** The module's {@code __device__} and {@code __constant__} variables: fresh for every run, so nothing is remembered. */
final class ModuleVariables {

    private final ModuleLayout layout;

    ModuleVariables(ModuleLayout layout) {
        this.layout = layout;
    }

    void placeIn(DeviceMemory memory) {
        for (PtxVariable variable : layout.variables()) {
            Long address = layout.address(variable.name());
            if (address != null) {
                memory.requireRoom(variable.bytes(), variable.name());
                Allocation allocation = memory.place(address, initialBytes(variable), variable.name());
                if (variable.space() == StateSpace.CONST) {
                    allocation.makeReadOnly();
                }
            }
        }
    }

    private byte[] initialBytes(PtxVariable variable) {
        byte[] data = new byte[(int) variable.bytes()];
        int size = variable.type().bytes();
        for (int i = 0; i < variable.initial().size(); i++) {
            PtxVariable.Initial initial = variable.initial().get(i);
            Bytes.put(data, i * size, size, valueOf(initial));
        }
        return data;
    }

    private long valueOf(PtxVariable.Initial initial) {
        @Nullable String symbol = initial.symbol();
        if (symbol == null) {
            return initial.value();
        }
        Long address = layout.address(symbol);
        return (address == null ? 0 : address) + initial.value();
    }
}
