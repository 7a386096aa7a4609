package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;
import org.warpgrade.gpu.ptx.typed.Source;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

/**
 * Which addresses of a kernel come from the same pointer, so that they share a {@link Near}: a register that is computed
 * by adding to a pointer goes with that pointer. A wrong guess costs searches, nothing else.
 */
final class Pointers {

    /** Not known yet. */
    private static final int OPEN = -1;

    private final List<Instruction> code;
    private final List<RegisterKind> kinds;
    /** The register that each register's value was derived from by additions; itself if it begins something. */
    private final int[] roots;

    /** Registers that hold a parameter, and where in the parameters it is. */
    private final Map<Integer, Integer> loaded = new HashMap<>();

    private final Map<Integer, Integer> numbers = new HashMap<>();
    /** Where in the parameters each number's pointer comes from; -1 if it does not. */
    private final List<Integer> parameters = new ArrayList<>();

    Pointers(TypedFunction function) {
        this.code = function.code();
        this.kinds = function.registers();
        this.roots = new int[kinds.size()];
        Arrays.fill(roots, OPEN);
        findRoots();
        findParameters();
    }

    /** The number of the {@link Near} that accesses through this address share. */
    int near(Source base) {
        int root = base instanceof Source.Register(int register)
                ? roots[register] == OPEN ? register : roots[register]
                : OPEN;
        return numbers.computeIfAbsent(root, _ -> {
            parameters.add(loaded.getOrDefault(root, -1));
            return numbers.size();
        });
    }

    /** Whether an address comes from a parameter, so that what it is near to is known before the launch. */
    boolean isParameter(Source base) {
        return parameter(near(base)) >= 0;
    }

    /** Where in the parameters the pointer of a number is; -1 if it is no parameter. */
    int parameter(int number) {
        return parameters.get(number);
    }

    /** So many numbers have been given out. */
    int count() {
        return numbers.size();
    }

    private void findParameters() {
        for (Instruction instruction : code) {
            if (instruction.op() instanceof Op.Load load
                    && load.space() == Op.Space.PARAM_IN
                    && load.type().bytes() == Long.BYTES
                    && load.base() instanceof Source.Constant(long begin)) {
                for (int i = 0; i < load.d().size(); i++) {
                    loaded.put(load.d().get(i), (int) (begin + load.offset()) + i * Long.BYTES);
                }
            }
        }
    }

    private void findRoots() {
        // Loops add to their own pointer, so a second pass knows where the first did not.
        for (int pass = 0; pass < 2; pass++) {
            for (Instruction instruction : code) {
                DataFlow.defines(instruction, register -> {
                    if (kinds.get(register) == RegisterKind.LONG) {
                        int root = rootOf(instruction.op(), register);
                        if (root != OPEN) {
                            roots[register] = roots[register] == OPEN || roots[register] == root ? root : register;
                        }
                    }
                });
            }
        }
    }

    private int rootOf(Op op, int d) {
        return switch (op) {
            case Op.Copy copy -> root(copy.a());
            case Op.ConvertAddress convert -> root(convert.a());
            case Op.Load _ -> d;
            case Op.Compute compute
            when compute.meaning().name().startsWith("add_") -> {
                int first = root(compute.sources().get(0));
                yield first == OPEN ? root(compute.sources().get(1)) : first;
            }
            case Op.Compute compute
            when compute.meaning().name().startsWith("mad_") ->
                root(compute.sources().get(2));
            case Op.Select select -> root(select.a());
            default -> OPEN;
        };
    }

    private int root(Source source) {
        return source instanceof Source.Register(int register) ? roots[register] : OPEN;
    }
}
