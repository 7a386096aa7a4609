package org.warpgrade.gpu.ptx.typed;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * A kernel and the functions that it may call as one piece of code: functions are part of their callers where that is
 * possible, and follow the kernel's own code where it is not.
 *
 * @param function all the code; {@code localBytes} are those of the kernel with what has become part of it, and the
 *     outgoing area holds the arguments and results of all calls
 * @param bodies the functions that stay functions, by name
 * @param bodiesByEntry the same by where they begin
 * @param sites what must be known of the calls that stay calls, by the index of the call
 */
public record LinkedKernel(
        TypedFunction function,
        Map<String, Body> bodies,
        NavigableMap<Integer, Body> bodiesByEntry,
        Map<Integer, Site> sites) {

    /**
     * A function that stays one.
     *
     * @param entry its first instruction, an {@link Op.Enter}
     * @param end behind its last one
     * @param parameters where its parameters lie in the outgoing area
     * @param result where it leaves its result there
     * @param areaFrom the bytes of the outgoing area that belong to one activation begin here
     * @param areaTo and end here
     * @param localBytes local variables, with those of what has become part of it
     */
    public record Body(
            String name,
            int entry,
            int end,
            List<Op.Slot> parameters,
            Op.Slot result,
            int areaFrom,
            int areaTo,
            int localBytes) {}

    /**
     * A call that stays a call.
     *
     * @param frameEnd where the caller's local variables end, from where those of the code around it begin
     * @param depth how many functions around it have become part of their callers
     */
    public record Site(int frameEnd, int depth) {}

    /** The same with other instructions in the places of some. */
    public LinkedKernel with(List<Instruction> code) {
        return new LinkedKernel(function.with(code), bodies, bodiesByEntry, sites);
    }

    /** The function that an instruction belongs to; null for the kernel's own code. */
    public @Nullable Body bodyAt(int pc) {
        Map.Entry<Integer, Body> entry = bodiesByEntry.floorEntry(pc);
        return entry == null || pc >= entry.getValue().end() ? null : entry.getValue();
    }

    /** The functions in the order of their code. */
    public Collection<Body> inOrder() {
        return bodiesByEntry.values();
    }

    /** Whether the call may reach a function of the module, not only the runtime. */
    public boolean entersBody(Op.Call call) {
        return call.name() == null || bodies.containsKey(call.name());
    }
}
