package org.warpgrade.gpu.ptx.typed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.PtxFunction;
import org.warpgrade.gpu.ptx.PtxModule;
import org.warpgrade.gpu.ptx.PtxVariable;
import org.warpgrade.gpu.ptx.StateSpace;

/** Addresses of a module's variables and functions: the same in every run, so code can hold them as constants. */
public final class ModuleLayout {

    /** Module variables start here in the global window; buffers of a run come after {@link #end()}. */
    private static final long FIRST = AddressMap.GLOBAL + (1L << 20);

    /** The addresses of a GPU have 49 bits; no memory has room for a variable beyond that. */
    private static final long MOST_BYTES = 1L << 49;

    private final PtxModule module;
    private final Map<String, Long> addresses = new HashMap<>();
    private final List<PtxVariable> placed = new ArrayList<>();
    private final List<String> functions;
    private final long end;

    public ModuleLayout(PtxModule module) {
        this(module, Map.of());
    }

    /** @param elsewhere addresses of variables that are another device's or the host's; the others get addresses of ours */
    public ModuleLayout(PtxModule module, Map<String, Long> elsewhere) {
        this.module = module;
        long next = FIRST;
        for (PtxVariable variable : module.variables().values()) {
            if (variable.space() == StateSpace.GLOBAL || variable.space() == StateSpace.CONST) {
                next = place(variable, next);
            }
        }
        for (PtxFunction function : module.functions().values()) {
            for (PtxVariable variable : function.variables()) {
                if (variable.space() == StateSpace.GLOBAL || variable.space() == StateSpace.CONST) {
                    next = place(variable, next);
                }
            }
        }
        addresses.putAll(elsewhere);
        end = next;
        functions = List.copyOf(module.functions().keySet());
        for (int i = 0; i < functions.size(); i++) {
            addresses.put(functions.get(i), AddressMap.FUNCTION + 16L * (i + 1));
        }
    }

    /** Gives a variable the first suitable address; returns where the next one may lie. */
    private long place(PtxVariable variable, long from) {
        long address = from + variable.align() - 1 & -(long) variable.align();
        addresses.put(variable.name(), address);
        placed.add(variable);
        return address + granules(Math.min(variable.bytes(), MOST_BYTES));
    }

    /** Allocations begin on these boundaries, with at least one untouched granule after each. */
    public static final int GRANULE_BITS = 16;

    /** The address space taken by an allocation: whole granules, and one more as a gap. */
    public static long granules(long bytes) {
        long granule = 1L << GRANULE_BITS;
        return (bytes + 2 * granule - 1) / granule * granule + granule;
    }

    public PtxModule module() {
        return module;
    }

    /** Global and constant variables with an address. */
    public List<PtxVariable> variables() {
        return placed;
    }

    /** Where the run's own allocations may start. */
    public long end() {
        return end;
    }

    /** The address of a variable or function; null if it has none. */
    public @Nullable Long address(String symbol) {
        return addresses.get(symbol);
    }

    /** The function at an address; null if there is none. */
    public @Nullable String functionAt(long address) {
        long index = (address - AddressMap.FUNCTION) / 16 - 1;
        boolean exact = (address & 15) == 0 && AddressMap.windowOf(address) == AddressMap.FUNCTION;
        return exact && index >= 0 && index < functions.size() ? functions.get((int) index) : null;
    }

    /** The variable whose memory begins nearest below the address; null if there is none. */
    public @Nullable String variableAt(long address) {
        for (PtxVariable variable : placed) {
            long base = addresses.get(variable.name());
            if (address >= base && address < base + granules(Math.min(variable.bytes(), MOST_BYTES))) {
                return variable.name();
            }
        }
        return null;
    }
}
