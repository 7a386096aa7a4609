package org.warpgrade.gpu.cuda;

/** Where {@code printf} of host code goes. That of kernels the driver writes to the process's standard output. */
@FunctionalInterface
public interface HostOutput {

    /** @param collected the run's own record of what host code printed */
    void print(String text, StringBuilder collected);

    /** Into the run's trace, where the output of kernels is missing. */
    static HostOutput intoTrace() {
        return (text, collected) -> collected.append(text);
    }
}
