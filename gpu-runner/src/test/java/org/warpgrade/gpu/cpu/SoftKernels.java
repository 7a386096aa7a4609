package org.warpgrade.gpu.cpu;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.Poison;
import org.warpgrade.gpu.RunLimits;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.ptx.PtxModule;
import org.warpgrade.gpu.ptx.PtxVariable;
import org.warpgrade.gpu.ptx.StateSpace;
import org.warpgrade.gpu.ptx.typed.AddressMap;
import org.warpgrade.gpu.ptx.typed.ModuleLayout;
import org.warpgrade.gpu.ptx.typed.TypedFunction;
import org.warpgrade.gpu.ptx.typed.TypedModule;

/**
 * Memory and kernels as a GPU has them, on the interpreter: large flat allocations without bounds inside, variables at
 * addresses that the host does not know beforehand, kernels started by name with parameter bytes.
 */
public final class SoftKernels {

    /** Far from where the layout of a module puts variables, so that nobody gets by with those addresses. */
    private static final long FIRST = AddressMap.GLOBAL + (1L << 33);

    private final RunSettings settings;
    private final DeviceMemory memory;
    private final Map<Long, Allocation> allocations = new HashMap<>();
    private long next = FIRST;

    public SoftKernels(RunLimits limits) {
        this.settings = RunSettings.defaults().withLimits(limits);
        this.memory = new DeviceMemory(FIRST, Poison.CD_BYTES, Long.MAX_VALUE, false);
    }

    public long allocate(long bytes) {
        long address = next;
        next += ModuleLayout.granules(bytes);
        allocations.put(address, memory.place(address, new byte[(int) bytes], "soft"));
        return address;
    }

    public boolean holds(long address, long bytes) {
        Allocation allocation = memory.find(address);
        long offset = address - allocation.base();
        return allocation != Allocation.NONE && offset >= 0 && offset + bytes <= allocation.size();
    }

    public byte[] read(long address, int bytes) {
        Allocation allocation = memory.check(address, bytes, false);
        int offset = (int) (address - allocation.base());
        return Arrays.copyOfRange(allocation.data(), offset, offset + bytes);
    }

    public void write(long address, byte[] bytes) {
        Allocation allocation = memory.check(address, bytes.length, true);
        System.arraycopy(bytes, 0, allocation.data(), (int) (address - allocation.base()), bytes.length);
    }

    public void fillWords(long address, int word, long words) {
        Allocation allocation = memory.check(address, (int) (4 * words), true);
        int offset = (int) (address - allocation.base());
        for (int i = 0; i < words; i++) {
            Bytes.putInt(allocation.data(), offset + 4 * i, word);
        }
    }

    /** A module with its variables in fresh memory. */
    public Loaded load(PtxModule module) {
        Map<String, Long> addresses = new HashMap<>();
        for (PtxVariable variable : module.variables().values()) {
            if (variable.space() == StateSpace.GLOBAL || variable.space() == StateSpace.CONST) {
                addresses.put(variable.name(), allocate(variable.bytes()));
            }
        }
        ModuleLayout layout = new ModuleLayout(module, addresses);
        TypedModule typed = new TypedModule(module, layout);
        DeviceMemory initial = new DeviceMemory(layout.end(), Poison.CD_BYTES, Long.MAX_VALUE, false);
        new ModuleVariables(layout).placeIn(initial);
        for (PtxVariable variable : module.variables().values()) {
            Long address = addresses.get(variable.name());
            if (address != null && variable.bytes() > 0) {
                write(
                        address,
                        initial.check(address, (int) variable.bytes(), false).data());
            }
        }
        return new Loaded(typed, addresses);
    }

    /** A loaded module. */
    public final class Loaded {
        private final TypedModule module;
        private final Map<String, Long> addresses;

        private Loaded(TypedModule module, Map<String, Long> addresses) {
            this.module = module;
            this.addresses = addresses;
        }

        public @Nullable Long address(String variable) {
            return addresses.get(variable);
        }

        public boolean defines(String kernel) {
            TypedFunction function = module.function(kernel, kernel);
            return function != null && function.kernel();
        }

        /** Runs a kernel to its end; what ended it early is returned. */
        public @Nullable Finding launch(
                String kernel, Dim3 grid, Dim3 block, int dynamicShared, byte[] parameters, StringBuilder out) {
            TypedFunction function = module.function(kernel, kernel);
            if (function == null) {
                throw new IllegalArgumentException("no kernel " + kernel);
            }
            RunContext context = new RunContext(module, memory, settings);
            KernelLaunch launch = new KernelLaunch(0, function, kernel, null, grid, block, dynamicShared, parameters);
            WarpInterpreter interpreter =
                    new WarpInterpreter(context, kernel, new LaneMemory(memory, null), new KernelCalls(context));
            try {
                new BlockScheduler(context, launch, interpreter).runAll();
                return null;
            } catch (RunStopped stopped) {
                return stopped.finding();
            } finally {
                out.append(context.printed().text());
            }
        }

        /** Where a kernel's parameters lie. */
        public TypedFunction kernel(String kernel) {
            TypedFunction function = module.function(kernel, kernel);
            if (function == null) {
                throw new IllegalArgumentException("no kernel " + kernel);
            }
            return function;
        }
    }
}
