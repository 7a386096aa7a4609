package org.warpgrade.gpu.cpu;

import java.util.regex.Pattern;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunTrace;
import org.warpgrade.gpu.Severity;

/**
 * Whose fault it is that PTX cannot be run: NVRTC copies the text of an {@code asm} statement without reading it, so what
 * is wrong there is the author's, not the harness'.
 */
final class InlinePtx {

    /** NVRTC writes this before the text of every {@code asm} statement, also before those of our headers. */
    private static final String MARK = "// begin inline asm";

    /** The author's own: the word itself, or the means to paste it. */
    private static final Pattern ASM = Pattern.compile("\\b(?:__)?asm(?:__)?\\b|##");

    private InlinePtx() {}

    static boolean isIn(Program program) {
        return program.ptx().contains(MARK)
                && ASM.matcher(program.source().text()).find();
    }

    static RunOutcome refused(String message, RunTrace trace) {
        return new RunOutcome.Faulted(
                new Finding(
                        FindingKind.API_MISUSE,
                        Severity.ERROR,
                        null,
                        null,
                        null,
                        null,
                        "the program with its inline PTX (asm) cannot be run: " + message),
                trace);
    }
}
