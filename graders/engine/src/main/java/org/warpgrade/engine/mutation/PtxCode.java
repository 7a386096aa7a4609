package org.warpgrade.engine.mutation;

import org.warpgrade.engine.Sha256;
import org.warpgrade.gpu.Program;

/** What a program does, without what only tells where it comes from. */
final class PtxCode {

    private PtxCode() {}

    /** A digest that two programs share if the compiler made the same code of them. */
    static String digest(Program program) {
        return Sha256.of(normalised(program.ptx()));
    }

    /**
     * The PTX without line numbers, names of files, comments and the debug section, in which the names of inlined
     * functions stand in the order of the lines.
     */
    static String normalised(String ptx) {
        StringBuilder code = new StringBuilder();
        boolean inSection = false;
        for (String line : (Iterable<String>) ptx.lines()::iterator) {
            String stripped = line.strip();
            inSection |= stripped.startsWith(".section");
            boolean tells = stripped.isEmpty()
                    || stripped.startsWith(".loc")
                    || stripped.startsWith(".file")
                    || stripped.startsWith("//")
                    || inSection;
            if (!tells) {
                code.append(stripped).append('\n');
            }
            inSection &= !stripped.equals("}");
        }
        return code.toString();
    }
}
