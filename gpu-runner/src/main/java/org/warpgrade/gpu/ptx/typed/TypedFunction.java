package org.warpgrade.gpu.ptx.typed;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.SourceLocation;

/**
 * A function ready to run.
 *
 * @param name the PTX symbol
 * @param kernel whether it is an entry point
 * @param code the instructions; branch targets are indices into it
 * @param registers how each register is held
 * @param parameters where each parameter lies in the incoming area
 * @param parameterBytes size of the incoming area
 * @param outgoingBytes size of the area for call arguments and results
 * @param returnBytes size of the return value
 * @param localBytes size of its local variables
 * @param sharedBytes static shared memory of the kernel
 * @param dynamicShared whether it declares dynamic shared memory
 * @param maxThreads its launch bound, 0 if none
 * @param at where it begins, null if unknown
 */
public record TypedFunction(
        String name,
        boolean kernel,
        List<Instruction> code,
        List<RegisterKind> registers,
        List<Op.Slot> parameters,
        int parameterBytes,
        int outgoingBytes,
        int returnBytes,
        int localBytes,
        int sharedBytes,
        boolean dynamicShared,
        int maxThreads,
        @Nullable SourceLocation at) {

    /** The same with other instructions in the places of some. */
    public TypedFunction with(List<Instruction> instructions) {
        return new TypedFunction(
                name,
                kernel,
                instructions,
                registers,
                parameters,
                parameterBytes,
                outgoingBytes,
                returnBytes,
                localBytes,
                sharedBytes,
                dynamicShared,
                maxThreads,
                at);
    }
}
