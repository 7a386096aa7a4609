package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

/**
 * Where lanes that part at a branch meet again: the first instruction that all ways from the branch to the end of the
 * function lead through. There ptxas puts the convergence barriers of sm_70 and later.
 */
final class PostDominators {

    /** The ways meet only where the function ends. */
    static final int NONE = -1;

    private static final int UNKNOWN = -2;

    private final List<Instruction> code;
    private final int exit;
    /** Instructions in an order in which each comes before what can lead to it, the end of the function first. */
    private final int[] order;

    private final int[] rank;
    private final int[] parent;

    private PostDominators(TypedFunction function) {
        this.code = function.code();
        this.exit = code.size();
        this.order = new int[exit + 1];
        this.rank = new int[exit + 1];
        this.parent = new int[exit + 1];
    }

    /** For each instruction the index where lanes that part there meet again, {@link #NONE} for the function's end. */
    static int[] of(TypedFunction function) {
        return new PostDominators(function).compute();
    }

    /** Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm", on the reversed control flow. */
    private int[] compute() {
        int reached = number();
        Arrays.fill(parent, UNKNOWN);
        parent[exit] = exit;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 1; i < reached; i++) {
                int pc = order[i];
                int meeting = UNKNOWN;
                for (int next : successors(pc)) {
                    if (parent[next] != UNKNOWN) {
                        meeting = meeting == UNKNOWN ? next : intersect(next, meeting);
                    }
                }
                if (meeting != UNKNOWN && parent[pc] != meeting) {
                    parent[pc] = meeting;
                    changed = true;
                }
            }
        }
        int[] meeting = new int[exit];
        for (int pc = 0; pc < exit; pc++) {
            meeting[pc] = parent[pc] == exit || parent[pc] == UNKNOWN ? NONE : parent[pc];
        }
        return meeting;
    }

    private int intersect(int a, int b) {
        int one = a;
        int other = b;
        while (one != other) {
            while (rank[one] > rank[other]) {
                one = parent[one];
            }
            while (rank[other] > rank[one]) {
                other = parent[other];
            }
        }
        return one;
    }

    /** Numbers what the end of the function can be reached from, in reverse postorder from the end backwards. */
    private int number() {
        List<List<Integer>> predecessors = new ArrayList<>();
        for (int i = 0; i <= exit; i++) {
            predecessors.add(new ArrayList<>(2));
        }
        for (int pc = 0; pc < exit; pc++) {
            for (int next : successors(pc)) {
                predecessors.get(next).add(pc);
            }
        }
        int[] stack = new int[exit + 1];
        int[] at = new int[exit + 1];
        boolean[] seen = new boolean[exit + 1];
        int depth = 1;
        int finished = 0;
        int[] postorder = new int[exit + 1];
        stack[0] = exit;
        seen[exit] = true;
        while (depth > 0) {
            int node = stack[depth - 1];
            List<Integer> before = predecessors.get(node);
            if (at[node] < before.size()) {
                int pc = before.get(at[node]++);
                if (!seen[pc]) {
                    seen[pc] = true;
                    stack[depth++] = pc;
                }
            } else {
                postorder[finished++] = node;
                depth--;
            }
        }
        for (int i = 0; i < finished; i++) {
            order[i] = postorder[finished - 1 - i];
            rank[order[i]] = i;
        }
        return finished;
    }

    private int[] successors(int pc) {
        Instruction instruction = code.get(pc);
        int next = Math.min(pc + 1, exit);
        boolean guarded = instruction.guard() >= 0;
        return switch (instruction.op()) {
            case Op.Branch(int target) -> guarded ? new int[] {target, next} : new int[] {target};
            case Op.BranchTable table -> {
                int[] targets =
                        table.targets().stream().mapToInt(Integer::intValue).toArray();
                if (guarded) {
                    targets = Arrays.copyOf(targets, targets.length + 1);
                    targets[targets.length - 1] = next;
                }
                yield targets;
            }
            case Op.Return _, Op.Exit _, Op.Trap _ -> guarded ? new int[] {exit, next} : new int[] {exit};
            default -> new int[] {next};
        };
    }
}
