package org.warpgrade.gpu.ptx.typed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.Operand;
import org.warpgrade.gpu.ptx.PtxFunction;
import org.warpgrade.gpu.ptx.PtxInstruction;
import org.warpgrade.gpu.ptx.PtxModule;
import org.warpgrade.gpu.ptx.PtxVariable;
import org.warpgrade.gpu.ptx.StateSpace;

/**
 * The shared memory of one kernel: every static variable that it or a function it may call names, then the dynamic part.
 */
public final class SharedLayout {

    /** A named piece of shared memory. */
    public record Piece(String name, int offset, int bytes) {}

    private final Map<String, Piece> pieces = new LinkedHashMap<>();
    private int staticBytes;
    private boolean dynamic;

    SharedLayout(PtxModule module, PtxFunction kernel) {
        Map<String, PtxVariable> named = new LinkedHashMap<>();
        for (PtxFunction function : reachable(module, kernel)) {
            function.variables().stream()
                    .filter(v -> v.space() == StateSpace.SHARED)
                    .forEach(v -> named.put(v.name(), v));
            for (PtxInstruction instruction : function.instructions()) {
                instruction.operands().forEach(operand -> operand.names(name -> add(module, name, named)));
            }
        }
        for (PtxVariable variable : named.values()) {
            if (variable.elements() >= 0 && !variable.extern()) {
                staticBytes = FunctionLowering.align(staticBytes, variable.align());
                pieces.put(variable.name(), new Piece(variable.name(), staticBytes, (int) variable.bytes()));
                staticBytes = FunctionLowering.after(staticBytes, variable);
            }
        }
        for (PtxVariable variable : named.values()) {
            if (variable.elements() < 0 || variable.extern()) {
                // All extern arrays name the same dynamic memory, which begins 16-aligned after the static part.
                staticBytes = FunctionLowering.align(staticBytes, 16);
                pieces.put(variable.name(), new Piece(variable.name(), staticBytes, -1));
                dynamic = true;
            }
        }
    }

    int staticBytes() {
        return staticBytes;
    }

    boolean dynamic() {
        return dynamic;
    }

    @Nullable
    Integer offset(String name) {
        Piece piece = pieces.get(name);
        return piece == null ? null : piece.offset();
    }

    public List<Piece> pieces() {
        return List.copyOf(pieces.values());
    }

    private static List<PtxFunction> reachable(PtxModule module, PtxFunction kernel) {
        Set<PtxFunction> seen = new HashSet<>();
        Deque<PtxFunction> open = new ArrayDeque<>(List.of(kernel));
        java.util.ArrayList<PtxFunction> order = new java.util.ArrayList<>();
        boolean indirect = false;
        while (!open.isEmpty()) {
            PtxFunction function = open.poll();
            if (!seen.add(function)) {
                continue;
            }
            order.add(function);
            for (PtxInstruction instruction : function.instructions()) {
                if (instruction.opcode().startsWith("call")) {
                    for (Operand operand : instruction.operands()) {
                        if (operand instanceof Operand.Name(String name)) {
                            PtxFunction callee = module.functions().get(name);
                            if (callee != null) {
                                open.add(callee);
                            } else if (name.startsWith("%")) {
                                indirect = true;
                            }
                        }
                    }
                }
            }
            if (indirect) {
                module.functions().values().stream().filter(f -> !f.kernel()).forEach(open::add);
            }
        }
        return order;
    }

    private static void add(PtxModule module, String name, Map<String, PtxVariable> into) {
        PtxVariable variable = module.variables().get(name);
        if (variable != null && variable.space() == StateSpace.SHARED) {
            into.put(name, variable);
        }
    }
}
