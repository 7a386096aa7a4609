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

    /**
     * The accesses through one register.
     *
     * @param register holds the address
     */
    record Row(int register, Extent extent) {

        private Row with(Row other) {
            return new Row(register, extent.with(other.extent));
        }
    }

    private final RegionPlan plan;
    private final TreeMap<Integer, Row> rows = new TreeMap<>();

    RowAccesses(RegionPlan plan, BitSet reachable) {
        this.plan = plan;
        List<Instruction> code = plan.function().code();
        for (int pc = reachable.nextSetBit(0); pc >= 0; pc = reachable.nextSetBit(pc + 1)) {
            add(row(code.get(pc).op()));
        }
    }

    private void add(@Nullable Row row) {
        if (row != null && (rows.size() < MOST || rows.containsKey(row.register()))) {
            rows.merge(row.register(), row, Row::with);
        }
    }

    private @Nullable Row row(Op op) {
        WeakAccess access = WeakAccess.of(op);
        if (access == null
                || access.space() != Op.Space.GLOBAL
                || !(access.base() instanceof Source.Register(int register))
                || !plan.linear().isLinear(register)
                || !plan.pointers().isParameter(access.base())) {
            return null;
        }
        Extent extent = Extent.of(access, plan.linear().step(register));
        return extent == null ? null : new Row(register, extent);
    }

    Collection<Row> all() {
        return rows.values();
    }

    /** The row that a load or store belongs to; null if it is done some other way. */
    @Nullable
    Row of(Op op) {
        Row row = row(op);
        return row == null ? null : rows.get(row.register());
    }
}
