package org.warpgrade.gpu.cpu;

import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.UnsupportedPtxException;

/** Warp-wide matrix instructions (PTX ISA 9.7.14). */
final class MatrixOperations {

    MatrixOperations(WarpExchange.Lanes lanes) {}

    void perform(Instruction instruction) {
        throw new UnsupportedPtxException("the CPU device does not support matrix instructions", instruction.at());
    }
}
