package org.warpgrade.gpu.cpu;

import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.cpu.Allocation.Origin;
import org.warpgrade.gpu.host.PrintCalls;
import org.warpgrade.gpu.host.ProgramFault;
import org.warpgrade.gpu.host.RuntimeCalls;

/** What kernels may call: output, assertions, the device heap. */
final class KernelCalls implements RuntimeCalls {

    private final RunContext run;

    KernelCalls(RunContext run) {
        this.run = run;
    }

    @Override
    public boolean call(String name, Site site) {
        switch (name) {
            case "vprintf" -> PrintCalls.vprintf(site, text -> run.print(text, site::placed));
            case "__assertfail" -> throw PrintCalls.assertion(site);
            case "malloc" -> {
                Allocation allocation = run.memory().allocate(site.longArgument(0), Origin.HEAP, site.at());
                if (allocation == null) {
                    run.noteFailedMalloc(site.longArgument(0), site::placed);
                }
                site.returnLong(allocation == null ? 0 : allocation.base());
            }
            case "free" -> {
                if (site.longArgument(0) != 0) {
                    run.memory().free(site.longArgument(0), Origin.HEAP);
                }
            }
            case "__cudaCDP2GetLastError", "__cudaCDP2PeekAtLastError" -> site.returnInt(0);
            case "__cudaCDP2GetParameterBufferV2", "__cudaCDP2LaunchDeviceV2" ->
                throw new ProgramFault(
                        FindingKind.API_MISUSE,
                        "a kernel launches a kernel: dynamic parallelism is not offered; launch it from host code");
            default -> {
                if (name.startsWith("__cudaCDP2") || name.startsWith("__warpgrade_")) {
                    throw new ProgramFault(
                            FindingKind.API_MISUSE,
                            "a kernel calls "
                                    + name.replace("__cudaCDP2", "cuda")
                                            .replace("__warpgrade_std_", "std::")
                                            .replace("__warpgrade_", "")
                                    + ", which only host code may do here");
                }
                return false;
            }
        }
        return true;
    }
}
