package org.warpgrade.gpu.cpu;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

/** Something of each instruction that has been executed, found by its place: a look-up for each execution must cost nothing. */
final class PerInstruction<T> {

    private final Function<Instruction, T> maker;
    private final Map<TypedFunction, @Nullable Object[]> functions = new IdentityHashMap<>();
    private @Nullable TypedFunction last;
    private @Nullable Object[] places = {};

    /** @param maker makes it when an instruction is executed for the first time */
    PerInstruction(Function<Instruction, T> maker) {
        this.maker = maker;
    }

    T at(TypedFunction function, int pc) {
        if (function != last) {
            places =
                    functions.computeIfAbsent(function, f -> new Object[f.code().size()]);
            last = function;
        }
        @SuppressWarnings("unchecked") // only of() of the same type is put in
        T known = (T) places[pc];
        if (known == null) {
            known = maker.apply(function.code().get(pc));
            places[pc] = known;
        }
        return known;
    }

    /** All that there is. */
    void forEach(BiConsumer<Instruction, T> consumer) {
        functions.forEach((function, all) -> {
            for (int pc = 0; pc < all.length; pc++) {
                if (all[pc] != null) {
                    consumer.accept(function.code().get(pc), at(function, pc));
                }
            }
        });
    }
}
