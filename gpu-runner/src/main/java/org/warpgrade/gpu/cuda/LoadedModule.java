package org.warpgrade.gpu.cuda;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.PtxModule;
import org.warpgrade.gpu.ptx.PtxVariable;
import org.warpgrade.gpu.ptx.StateSpace;

/** A module on the GPU: fresh for every run, so nothing is remembered from one to the next. */
final class LoadedModule implements AutoCloseable {

    /** Where a variable lies. */
    record Variable(String name, long address, long bytes) {}

    private final CudaDriver driver;
    private final long handle;
    private final Map<String, Variable> variables = new LinkedHashMap<>();
    private final Map<String, Long> functions = new HashMap<>();

    /** @throws ModuleRefused if the driver's compiler does not take the PTX */
    LoadedModule(CudaDriver driver, String prepared, PtxModule parsed) {
        this.driver = driver;
        long[] module = new long[1];
        String[] log = {""};
        int code = driver.loadModule(prepared, module, log);
        if (code != CuResult.SUCCESS) {
            throw new ModuleRefused(code, log[0]);
        }
        this.handle = module[0];
        for (PtxVariable variable : parsed.variables().values()) {
            if (variable.space() == StateSpace.GLOBAL || variable.space() == StateSpace.CONST) {
                place(variable.name());
            }
        }
    }

    private void place(String name) {
        long[] address = new long[1];
        long[] bytes = new long[1];
        DriverFailure.check(driver.variable(handle, name, address, bytes), "find the variable " + name);
        variables.put(name, new Variable(name, address[0], bytes[0]));
    }

    /** The addresses of its variables by name. */
    Map<String, Long> addresses() {
        Map<String, Long> addresses = new HashMap<>();
        variables.values().forEach(v -> addresses.put(v.name(), v.address()));
        return addresses;
    }

    Iterable<Variable> variables() {
        return variables.values();
    }

    /** The variable that holds the bytes; null if none does. */
    @Nullable
    Variable variableAt(long address, long bytes) {
        for (Variable variable : variables.values()) {
            if (address >= variable.address() && address + bytes <= variable.address() + variable.bytes()) {
                return variable;
            }
        }
        return null;
    }

    long function(String name) {
        return functions.computeIfAbsent(name, n -> {
            long[] function = new long[1];
            DriverFailure.check(driver.function(handle, n, function), "find the kernel " + n);
            return function[0];
        });
    }

    /** Unloading waits for kernels, so what still runs is left to the end of the process. */
    @Override
    public void close() {
        if (driver.query() == CuResult.SUCCESS) {
            driver.unloadModule(handle);
        }
    }

    /** The driver does not take a module. */
    static final class ModuleRefused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ModuleRefused(int code, String log) {
            super("the GPU's driver does not take the compiled program: " + CuResult.name(code)
                    + (log.isBlank()
                            ? ""
                            : ", "
                                    + log.lines()
                                            .limit(5)
                                            .reduce((a, b) -> a + " " + b)
                                            .orElse("")));
        }
    }
}
