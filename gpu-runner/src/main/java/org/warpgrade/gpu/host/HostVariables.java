package org.warpgrade.gpu.host;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.Operand;
import org.warpgrade.gpu.ptx.PtxFunction;
import org.warpgrade.gpu.ptx.PtxInstruction;
import org.warpgrade.gpu.ptx.PtxModule;
import org.warpgrade.gpu.ptx.PtxVariable;
import org.warpgrade.gpu.ptx.StateSpace;

/**
 * Variables of host code: those of the file that have no memory space specifier, static ones of host functions, and what the
 * compiler makes of string literals and tables. CUDA keeps them in host memory; in a program that is compiled as device code they
 * look like the device's, and are told by two things: the source does not say that they are the device's, and no kernel
 * can reach them. They live in {@link HostMemory}, on every device at the same addresses.
 */
public final class HostVariables {

    /** How the Itanium C++ ABI begins the name of something local to a function. */
    private static final String LOCAL = "_ZZ";

    /** All of them together; what is larger stays with the device. */
    private static final long MOST_BYTES = 16L << 20;

    private final PtxModule module;
    private final Set<String> ofFile;
    private final Set<String> reached = new HashSet<>();
    private final Deque<String> open = new ArrayDeque<>();
    private boolean anyFunctionMayBeCalled;

    private HostVariables(PtxModule module, Set<String> ofFile) {
        this.module = module;
        this.ofFile = ofFile;
    }

    /**
     * Their addresses by name, in the order in which {@link HostMemory} must be given them.
     *
     * @param ofFile symbols of variables at namespace scope that the source does not give to the device
     */
    public static Map<String, Long> addresses(PtxModule module, Set<String> ofFile) {
        Map<String, Long> addresses = new LinkedHashMap<>();
        long next = HostMemory.FIRST;
        long bytes = 0;
        for (PtxVariable variable : new HostVariables(module, ofFile).find()) {
            bytes += variable.bytes();
            if (bytes > MOST_BYTES) {
                return Map.of();
            }
            addresses.put(variable.name(), next);
            next = HostMemory.after(next, variable.bytes());
        }
        return addresses;
    }

    private List<PtxVariable> find() {
        module.functions().values().stream()
                .filter(PtxFunction::kernel)
                .map(PtxFunction::name)
                .forEach(open::add);
        while (!open.isEmpty()) {
            String name = open.remove();
            if (reached.add(name)) {
                visit(name);
            }
            if (open.isEmpty() && anyFunctionMayBeCalled) {
                pointedTo().filter(function -> !reached.contains(function)).forEach(open::add);
            }
        }
        List<PtxVariable> hosts = new ArrayList<>();
        for (PtxVariable variable : module.variables().values()) {
            if (variable.space() == StateSpace.GLOBAL
                    && (variable.name().startsWith(LOCAL) || ofFile.contains(variable.name()))
                    && !reached.contains(variable.name())) {
                hosts.add(variable);
            }
        }
        return hosts;
    }

    /** The functions whose addresses somebody takes: no other can be called through a pointer. */
    private Stream<String> pointedTo() {
        Set<String> names = new HashSet<>();
        for (PtxFunction function : module.functions().values()) {
            for (PtxInstruction instruction : function.instructions()) {
                if (!instruction.opcode().startsWith("call")) {
                    instruction.operands().forEach(operand -> operand.names(names::add));
                }
            }
            function.variables().forEach(variable -> symbols(variable, names::add));
        }
        module.variables().values().forEach(variable -> symbols(variable, names::add));
        return names.stream().filter(module.functions()::containsKey);
    }

    private void visit(String name) {
        PtxFunction function = module.functions().get(name);
        if (function != null) {
            function.instructions().forEach(this::visit);
            function.variables().forEach(local -> symbols(local, open::add));
        }
        PtxVariable variable = module.variables().get(name);
        if (variable != null) {
            symbols(variable, open::add);
        }
    }

    private static void symbols(PtxVariable variable, Consumer<String> each) {
        for (PtxVariable.Initial initial : variable.initial()) {
            @Nullable String symbol = initial.symbol();
            if (symbol != null) {
                each.accept(symbol);
            }
        }
    }

    private void visit(PtxInstruction instruction) {
        if (instruction.opcode().startsWith("call")
                && instruction.operands().stream()
                        .anyMatch(o -> o instanceof Operand.Name(String name) && name.startsWith("%"))) {
            // Through a pointer, which host code may have passed on.
            anyFunctionMayBeCalled = true;
        }
        instruction.operands().forEach(operand -> operand.names(open::add));
    }
}
