package org.warpgrade.gpu.cpu;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.host.HostMemory;
import org.warpgrade.gpu.ptx.PtxVariable;
import org.warpgrade.gpu.ptx.StateSpace;
import org.warpgrade.gpu.ptx.typed.AddressMap;
import org.warpgrade.gpu.ptx.typed.ModuleLayout;

/** The module's variables, the device's and the host's: fresh for every run, so nothing is remembered. */
public final class ModuleVariables {

    private final ModuleLayout layout;

    public ModuleVariables(ModuleLayout layout) {
        this.layout = layout;
    }

    void placeIn(DeviceMemory memory) {
        for (PtxVariable variable : layout.variables()) {
            Long address = layout.address(variable.name());
            if (address != null && AddressMap.windowOf(address) == AddressMap.GLOBAL) {
                memory.requireRoom(address, variable.bytes(), variable.name());
                Allocation allocation = memory.place(address, initialBytes(variable), variable.name());
                if (variable.space() == StateSpace.CONST) {
                    allocation.makeReadOnly();
                }
            }
        }
    }

    /**
     * Places those of host code, before anything else is in the memory.
     *
     * @throws IllegalStateException if they do not come to lie where the code expects them
     */
    public void placeIn(HostMemory memory) {
        for (PtxVariable variable : layout.variables()) {
            Long address = layout.address(variable.name());
            if (address != null
                    && AddressMap.windowOf(address) == AddressMap.HOST
                    && memory.place(initialBytes(variable)) != address) {
                throw new IllegalStateException(
                        "the host's variable " + variable.name() + " is not where it should be");
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
