package org.warpgrade.gpu.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;

/**
 * What the compiler says of a declaration only because it does not know a type in it. For {@code __global__ void k(half* x)} without
 * cuda_fp16.h it has seven complaints, of which the third says what is wrong; the others would send a student the wrong way.
 */
final class Consequences {

    private static final Pattern UNKNOWN = Pattern.compile("identifier \"[^\"]+\" is undefined.*", Pattern.DOTALL);

    /** Said where a list of parameters was not taken for one. */
    private static final Pattern NO_FUNCTION =
            Pattern.compile("attribute \"__\\w+__\" does not apply here|incomplete type \"void\" is not allowed");

    private static final Pattern FOLLOWS =
            Pattern.compile("type name is not allowed|expected an? .*|too many initializer values|this declaration .*");

    private Consequences() {}

    static List<Diagnostic> without(List<Diagnostic> all) {
        List<Diagnostic> kept = new ArrayList<>();
        for (Diagnostic diagnostic : all) {
            Optional<Diagnostic> cause = cause(diagnostic, all);
            if (cause.isEmpty() || cause.get() == diagnostic || !follows(diagnostic)) {
                kept.add(diagnostic);
            }
        }
        return kept;
    }

    private static boolean follows(Diagnostic diagnostic) {
        String message = diagnostic.message();
        return diagnostic.severity() == Severity.ERROR
                && (NO_FUNCTION.matcher(message).matches()
                        || UNKNOWN.matcher(message).matches()
                        || FOLLOWS.matcher(message).matches());
    }

    /** The unknown type in the line of a diagnostic, if that is why no function was seen there. */
    private static Optional<Diagnostic> cause(Diagnostic diagnostic, List<Diagnostic> all) {
        List<Diagnostic> ofLine =
                all.stream().filter(other -> isSameLine(other, diagnostic)).toList();
        return ofLine.stream()
                        .noneMatch(other -> NO_FUNCTION.matcher(other.message()).matches())
                ? Optional.empty()
                : ofLine.stream()
                        .filter(other -> UNKNOWN.matcher(other.message()).matches())
                        .min(Comparator.comparingInt(Consequences::column));
    }

    private static int column(Diagnostic diagnostic) {
        SourceLocation at = diagnostic.at();
        return at == null ? 0 : at.column();
    }

    private static boolean isSameLine(Diagnostic a, Diagnostic b) {
        SourceLocation one = a.at();
        SourceLocation other = b.at();
        return one != null
                && other != null
                && one.line() == other.line()
                && one.file().equals(other.file());
    }
}
