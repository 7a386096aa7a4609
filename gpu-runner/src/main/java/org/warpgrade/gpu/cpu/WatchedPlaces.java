package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

/** The instructions of a launch as numbers, short enough for the sanitizers to keep one beside every word of memory. */
final class WatchedPlaces {

    private static final int PLACE_BITS = 20;

    private final List<TypedFunction> functions = new ArrayList<>();
    private final Map<TypedFunction, MereCopies> copies = new IdentityHashMap<>();

    WatchedPlaces(TypedFunction kernel) {
        functions.add(kernel);
    }

    /** An instruction's number: in the kernel it is its index. */
    int placeOf(TypedFunction function, int pc) {
        for (int i = 0; i < functions.size(); i++) {
            if (functions.get(i) == function) {
                return i << PLACE_BITS | pc;
            }
        }
        functions.add(function);
        return functions.size() - 1 << PLACE_BITS | pc;
    }

    /** {@code " at line 12"}, or nothing where the line is unknown. */
    String lineOf(int place) {
        SourceLocation at = instructionAt(place).at();
        return at == null ? "" : " at line " + at.line();
    }

    Instruction instructionAt(int place) {
        return functions.get(place >>> PLACE_BITS).code().get(indexOf(place));
    }

    /**
     * Whether a read of what nobody wrote does no harm: the value only goes elsewhere, as the padding of a struct does.
     *
     * @param partly whether some of the bytes were written
     */
    boolean isHarmlessCopy(int place, boolean partly) {
        MereCopies ofFunction = copies.computeIfAbsent(functions.get(place >>> PLACE_BITS), MereCopies::new);
        return ofFunction.staysInThread(indexOf(place)) || partly && ofFunction.isCopy(indexOf(place));
    }

    private static int indexOf(int place) {
        return place & (1 << PLACE_BITS) - 1;
    }
}
