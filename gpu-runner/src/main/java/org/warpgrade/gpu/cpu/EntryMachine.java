package org.warpgrade.gpu.cpu;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.host.EntryExit;
import org.warpgrade.gpu.host.HostMemory;
import org.warpgrade.gpu.host.RuntimeCalls;
import org.warpgrade.gpu.ptx.typed.TypedFunction;
import org.warpgrade.gpu.ptx.typed.TypedModule;

/**
 * The machine on which entries run, whatever device runs their kernels: memory-safe, with a budget, on addresses that may
 * be another device's.
 */
public final class EntryMachine {

    /** Device memory that the entry may hold pointers to but not touch. */
    public interface ForeignMemory {

        /** Whether the address is one of device memory, live or freed. */
        boolean isDevice(long address);

        /** What a module variable holds there now; null if the bytes lie in none. */
        byte @Nullable [] variable(long address, int bytes);

        /** The address in words. */
        String describe(long address);
    }

    private final RunContext context;
    private final LaneMemory memory;
    private long instructions;

    /** @param module with the device's own addresses of variables in its layout */
    public EntryMachine(TypedModule module, RunSettings settings, HostMemory host, ForeignMemory foreign) {
        DeviceMemory none = new DeviceMemory(module.layout().end(), settings.poison(), 0, false);
        this.context = new RunContext(module, none, settings);
        this.memory = new LaneMemory(none, host, foreign);
    }

    /**
     * Runs host code to its end.
     *
     * @return what ended it early; null if it returned or exited
     * @throws org.warpgrade.gpu.ptx.typed.UnsupportedPtxException if it holds what the machine does not know
     */
    public @Nullable Finding run(TypedFunction entry, byte[] arguments, RuntimeCalls runtime) {
        WarpInterpreter interpreter = new WarpInterpreter(context, entry.name(), memory, runtime);
        BlockState thread =
                new BlockState(entry, null, 0, arguments, context.settings().poison());
        BlockScheduler scheduler = BlockScheduler.forHost(context, interpreter);
        try {
            while (!thread.isDone()) {
                scheduler.turn(thread);
            }
            return null;
        } catch (EntryExit exit) {
            return null; // The entry ended itself; what it launched has run.
        } catch (RunStopped stopped) {
            return stopped.finding();
        } finally {
            instructions += thread.warps.getFirst().steps[0];
        }
    }

    /** What {@link #run} executed. */
    public long instructions() {
        return instructions;
    }
}
