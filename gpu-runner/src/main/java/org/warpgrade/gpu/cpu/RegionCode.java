package org.warpgrade.gpu.cpu;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.cpu.RegionPlan.Boundary;
import org.warpgrade.gpu.cpu.RegionPlan.Region;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;

/** What belongs to a region: its instructions, the registers that they read and write, and its exits. */
final class RegionCode {

    private final RegionPlan plan;
    private final Region region;
    private final List<Instruction> code;
    private final BitSet reachable = new BitSet();
    private final BitSet defined = new BitSet();
    private final BitSet used = new BitSet();
    private final TreeSet<Integer> exits = new TreeSet<>();
    private final RegionSteps steps;
    private final List<Integer> uniforms;
    private final RowAccesses rows;

    /** @param rows whether accesses may be done as rows; the sanitizers look at each */
    RegionCode(RegionPlan plan, Region region, boolean rows) {
        this.plan = plan;
        this.region = region;
        this.code = plan.function().code();
        this.steps = new RegionSteps(code.size());
        RowShuffle before = fetched();
        if (before != null) {
            defined.set(before.d());
        }
        explore();
        this.rows = new RowAccesses(plan, rows ? reachable : new BitSet());
        this.uniforms = orderedUniforms();
    }

    int entry() {
        return region.entry();
    }

    /** The instructions, by their places in the kernel. */
    BitSet reachable() {
        return reachable;
    }

    BitSet defined() {
        return defined;
    }

    BitSet used() {
        return used;
    }

    /** The boundaries at which lanes leave it. */
    TreeSet<Integer> exits() {
        return exits;
    }

    RegionSteps steps() {
        return steps;
    }

    RowAccesses rows() {
        return rows;
    }

    /** The shuffle whose result the lanes fetch as they begin; null if there is none. */
    @Nullable
    RowShuffle fetched() {
        return RowShuffle.fetchedIn(plan, region); // whose rows are known later than the rest
    }

    /** Registers that are the same for the whole block and used here, in the order of their computation. */
    List<Integer> uniforms() {
        return uniforms;
    }

    /** The beginning of a function is no instruction of its own. */
    static int steps(Instruction instruction) {
        return instruction.op() instanceof Op.Enter ? 0 : 1;
    }

    private void explore() {
        Deque<Integer> open = new ArrayDeque<>();
        reachable.set(region.entry());
        steps.reach(region.entry(), 0);
        open.push(region.entry());
        while (!open.isEmpty()) {
            int pc = open.pop();
            Instruction instruction = code.get(pc);
            int executed = steps.before(pc) + steps(instruction);
            DataFlow.uses(instruction, used::set);
            Boundary boundary = plan.boundaryAt(pc);
            if (boundary != null && boundary.sync() != null) {
                leave(boundary.id(), executed);
            } else {
                DataFlow.defines(instruction, defined::set);
                switch (instruction.op()) {
                    case Op.Branch(int target) -> visit(target, open, executed);
                    case Op.BranchTable table -> table.targets().forEach(target -> visit(target, open, executed));
                    case Op.Return _, Op.Exit _ -> leave(RegionPlan.EXIT, executed);
                    case Op.Trap _ -> {}
                    default -> {
                        visit(pc + 1, open, executed);
                        continue;
                    }
                }
            }
            if (instruction.guard() >= 0) {
                visit(pc + 1, open, executed);
            }
        }
    }

    private void leave(int boundary, int executed) {
        exits.add(boundary);
        steps.leave(executed);
    }

    /** Goes on to an instruction, which may begin another region. */
    private void visit(int pc, Deque<Integer> open, int executed) {
        Boundary boundary = plan.isCut(pc) ? plan.boundaryAt(pc) : null;
        if (boundary != null) {
            leave(boundary.id(), executed);
            return;
        }
        steps.reach(pc, executed);
        if (!reachable.get(pc)) {
            reachable.set(pc);
            open.push(pc);
        }
    }

    private List<Integer> orderedUniforms() {
        List<Integer> order = new ArrayList<>();
        BitSet seen = new BitSet();
        used.stream().filter(plan::isUniform).forEach(register -> orderUniform(register, seen, order));
        for (RowAccesses.Row row : rows.all()) {
            plan.linear()
                    .chain(
                            row.register(),
                            linear -> DataFlow.uses(code.get(plan.definition(linear)), source -> {
                                if (plan.isUniform(source)) {
                                    orderUniform(source, seen, order);
                                }
                            }));
        }
        return order;
    }

    private void orderUniform(int register, BitSet seen, List<Integer> order) {
        if (seen.get(register)) {
            return;
        }
        seen.set(register);
        DataFlow.uses(code.get(plan.definition(register)), source -> orderUniform(source, seen, order));
        order.add(register);
    }
}
