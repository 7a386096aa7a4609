package org.warpgrade.gpu.cpu;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.cpu.RegionPlan.Boundary;
import org.warpgrade.gpu.host.ProgramFault;
import org.warpgrade.gpu.ptx.typed.LinkedKernel;
import org.warpgrade.gpu.ptx.typed.LinkedKernel.Body;
import org.warpgrade.gpu.ptx.typed.LinkedKernel.Site;
import org.warpgrade.gpu.ptx.typed.ModuleLayout;
import org.warpgrade.gpu.ptx.typed.Op;

/**
 * Calls of compiled lanes to functions that stayed functions. All activations of a function share its registers, its
 * arguments and its result, so a call from such a function first saves what is still wanted of them on the lane's stack.
 */
final class LaneCalls {

    /** Nested calls that a thread may make. */
    static final int DEEPEST = 4096;

    private final RegionPlan plan;
    private final SpilledRegisters registers;
    private final LinkedKernel linked;
    private final ModuleLayout layout;
    private final Map<Integer, int[]> savedAt = new HashMap<>();
    /** The lanes of a warp ask for the same function one after the other. */
    private @Nullable String asked;

    private @Nullable Body answer;

    LaneCalls(RegionPlan plan, SpilledRegisters registers, ModuleLayout layout) {
        this.plan = plan;
        this.registers = registers;
        this.linked = plan.linked();
        this.layout = layout;
    }

    /** The function that a lane calls: by its name, or what lies at the address. */
    String nameOf(Cohort cohort, int lane, Op.Call call) {
        return call.pointer() == null
                ? Objects.requireNonNull(call.name())
                : target(layout, registers.value(cohort, call.pointer(), lane));
    }

    /** The function at an address that is called. */
    static String target(ModuleLayout layout, long pointer) {
        String name = layout.functionAt(pointer);
        if (name == null) {
            throw new ProgramFault(
                    FindingKind.OUT_OF_BOUNDS,
                    "calls address 0x" + Long.toHexString(pointer) + ", where no function is");
        }
        return name;
    }

    static ProgramFault tooDeep() {
        return new ProgramFault(
                FindingKind.STACK_OVERFLOW, "more than " + DEEPEST + " nested calls: does the recursion end?");
    }

    /** The function that stayed one; null if the name is something else. */
    @Nullable
    Body body(String name) {
        if (!name.equals(asked)) {
            asked = name;
            answer = linked.bodies().get(name);
        }
        return answer;
    }

    /** Sends a lane that stands at a call into the function. */
    void enter(Cohort cohort, int lane, Op.Call call, Boundary at, Body callee) {
        Site site = Objects.requireNonNull(linked.sites().get(at.pc()));
        LaneStack stack = cohort.stack(lane);
        int depth = stack.depth + site.depth();
        if (depth > DEEPEST) {
            throw tooDeep();
        }
        int base = cohort.stackBase[lane];
        int calleeBase = base + site.frameEnd();
        cohort.growLocals(calleeBase + callee.localBytes());
        save(cohort, lane, stack, at.pc());
        stack.push(at.id());
        stack.push((long) stack.depth << 32 | base);
        stack.depth = depth + 1;
        cohort.stackBase[lane] = calleeBase;
        int row = lane * cohort.outStride;
        for (int i = 0;
                i < Math.min(call.arguments().size(), callee.parameters().size());
                i++) {
            copy(cohort, row, call.arguments().get(i), callee.parameters().get(i));
        }
        cohort.next[lane] = plan.entryOf(callee).id();
        cohort.status[lane] = LaneStatus.READY;
    }

    private static void copy(Cohort cohort, int row, Op.Slot from, Op.Slot to) {
        System.arraycopy(
                cohort.out, row + from.offset(), cohort.out, row + to.offset(), Math.min(from.bytes(), to.bytes()));
    }

    /** Takes a lane that stands at the end of a function back to where it called it. */
    void leave(Cohort cohort, int lane, Boundary at) {
        Op.Slot result = Objects.requireNonNull(linked.bodyAt(at.pc())).result();
        int row = lane * cohort.outStride;
        byte[] value = new byte[result.bytes()];
        System.arraycopy(cohort.out, row + result.offset(), value, 0, value.length);
        LaneStack stack = cohort.stack(lane);
        long frame = stack.pop();
        stack.depth = (int) (frame >> 32);
        cohort.stackBase[lane] = (int) frame;
        Boundary caller = plan.boundaries().get((int) stack.pop());
        restore(cohort, lane, stack, caller.pc());
        if (Objects.requireNonNull(caller.sync()).op() instanceof Op.Call call && call.result() != null) {
            Op.Slot to = call.result();
            System.arraycopy(value, 0, cohort.out, row + to.offset(), Math.min(value.length, to.bytes()));
        }
        cohort.next[lane] = caller.id();
        cohort.status[lane] = LaneStatus.READY;
    }

    // ------------------------------------------------------------------ what outlives a call

    private void save(Cohort cohort, int lane, LaneStack stack, int pc) {
        for (int register : savedAt(pc)) {
            stack.push(registers.get(cohort, register, lane));
        }
        Body caller = linked.bodyAt(pc);
        if (caller != null) {
            for (int at = caller.areaFrom(); at < caller.areaTo(); at += Long.BYTES) {
                stack.push(Bytes.getLong(cohort.out, lane * cohort.outStride + at));
            }
        }
    }

    private void restore(Cohort cohort, int lane, LaneStack stack, int pc) {
        Body caller = linked.bodyAt(pc);
        if (caller != null) {
            for (int at = caller.areaTo() - Long.BYTES; at >= caller.areaFrom(); at -= Long.BYTES) {
                Bytes.putLong(cohort.out, lane * cohort.outStride + at, stack.pop());
            }
        }
        int[] saved = savedAt(pc);
        for (int i = saved.length - 1; i >= 0; i--) {
            registers.set(cohort, saved[i], lane, stack.pop());
        }
    }

    /** Registers of a function that are still wanted after a call: another activation may write them meanwhile. */
    private int[] savedAt(int pc) {
        return savedAt.computeIfAbsent(pc, at -> {
            if (linked.bodyAt(at) == null) {
                return new int[0];
            }
            BitSet live = plan.liveness().at(at + 1);
            return live.stream().filter(register -> !plan.isUniform(register)).toArray();
        });
    }
}
