package org.warpgrade.gpu.cpu;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.Source;

/** The accesses of a region that may be done as {@link Rows}: those through linear addresses that come from a parameter. */
final class RowAccesses {

    /** Each costs a test before the lanes begin. */
    private static final int MOST = 8;

    /** Offsets from the address beyond this are left alone, so that nothing wraps around. */
    private static final long FAR = 1 << 20;

    /**
     * The accesses through one register.
     *
     * @param register holds the address
     * @param step bytes from lane to lane
     * @param least the first byte accessed from the address
     * @param most one more than the last byte accessed
     * @param align what all places are multiples of
     */
    record Row(int register, int step, int least, int most, int align) {

        private Row with(Row other) {
            return new Row(
                    register,
                    step,
                    Math.min(least, other.least),
                    Math.max(most, other.most),
                    Math.max(align, other.align));
        }
    }

    private final RegionPlan plan;
    private final TreeMap<Integer, Row> rows = new TreeMap<>();

    RowAccesses(RegionPlan plan, BitSet reachable) {
        this.plan = plan;
        List<Instruction> code = plan.function().code();
        for (int pc = reachable.nextSetBit(0); pc >= 0; pc = reachable.nextSetBit(pc + 1)) {
            switch (code.get(pc).op()) {
                case Op.Load load -> add(row(load));
                case Op.Store store -> add(row(store));
                default -> {}
            }
        }
    }

    private void add(@Nullable Row row) {
        if (row != null && (rows.size() < MOST || rows.containsKey(row.register()))) {
            rows.merge(row.register(), row, Row::with);
        }
    }

    private @Nullable Row row(Op.Load load) {
        int bytes = load.type().bytes() * load.d().size();
        return row(load.space(), load.order(), load.base(), load.offset(), bytes);
    }

    private @Nullable Row row(Op.Store store) {
        int bytes = store.type().bytes() * store.values().size();
        return row(store.space(), store.order(), store.base(), store.offset(), bytes);
    }

    private @Nullable Row row(Op.Space space, Op.Order order, Source base, long offset, int bytes) {
        if (space != Op.Space.GLOBAL
                || order != Op.Order.WEAK
                || !(base instanceof Source.Register(int register))
                || !plan.linear().isLinear(register)
                || plan.pointers().parameter(plan.pointers().near(base)) < 0
                || Math.abs(offset) >= FAR) {
            return null;
        }
        long step = plan.linear().step(register);
        return (step | offset) % bytes == 0
                ? new Row(register, (int) step, (int) offset, (int) offset + bytes, bytes)
                : null;
    }

    Collection<Row> all() {
        return rows.values();
    }

    /** The row that a load belongs to; null if it is done some other way. */
    @Nullable
    Row of(Op.Load load) {
        return known(row(load));
    }

    /** The same of a store. */
    @Nullable
    Row of(Op.Store store) {
        return known(row(store));
    }

    private @Nullable Row known(@Nullable Row row) {
        return row == null ? null : rows.get(row.register());
    }
}
