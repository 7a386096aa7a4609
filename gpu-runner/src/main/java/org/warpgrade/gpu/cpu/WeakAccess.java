package org.warpgrade.gpu.cpu;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.Source;

/**
 * Where an ordinary load or store goes, which no other thread waits for.
 *
 * @param offset from the base
 * @param bytes of all its elements
 */
record WeakAccess(Op.Space space, Source base, long offset, int bytes) {

    /** The access that an operation is; null if it is none. */
    static @Nullable WeakAccess of(Op op) {
        return switch (op) {
            case Op.Load load
            when load.order() == Op.Order.WEAK ->
                new WeakAccess(
                        load.space(),
                        load.base(),
                        load.offset(),
                        load.type().bytes() * load.d().size());
            case Op.Store store
            when store.order() == Op.Order.WEAK ->
                new WeakAccess(
                        store.space(),
                        store.base(),
                        store.offset(),
                        store.type().bytes() * store.values().size());
            default -> null;
        };
    }
}
