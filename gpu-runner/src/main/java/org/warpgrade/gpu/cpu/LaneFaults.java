package org.warpgrade.gpu.cpu;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.typed.Instruction;

/** Finds the instruction that generated code was executing: its index is the line number in the stack trace. */
final class LaneFaults {

    private final String className;
    private final List<Instruction> code;

    LaneFaults(LaneCompiler.Compiled compiled) {
        this.className = compiled.className();
        this.code = compiled.plan().function().code();
    }

    @Nullable
    Instruction locate(Throwable thrown) {
        for (StackTraceElement element : thrown.getStackTrace()) {
            if (element.getClassName().equals(className) && element.getLineNumber() > 0) {
                return code.get(element.getLineNumber() - 1);
            }
        }
        return null;
    }
}
