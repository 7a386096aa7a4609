package org.warpgrade.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.warpgrade.engine.mutation.Fate;
import org.warpgrade.engine.mutation.Mutant;
import org.warpgrade.engine.mutation.Score;

/** What {@code warpgrade mutation} prints. */
final class MutationLines {

    private MutationLines() {}

    /** @param sampled whether the score is that of a sample and has an interval */
    static String header(boolean sampled) {
        List<String> titles = new ArrayList<>(List.of(
                "mutants",
                "no CUDA",
                "same code",
                "duplicate",
                "equivalent",
                "killed",
                "survived",
                "unclear",
                "score"));
        if (sampled) {
            titles.add("95 % interval");
        }
        return line("assignment", titles);
    }

    static String row(String name, Score score, boolean sampled) {
        List<Object> cells = new ArrayList<>(List.of(
                score.all(),
                score.count(Fate.NOT_COMPILED),
                score.count(Fate.SAME_CODE),
                score.count(Fate.DUPLICATE),
                score.count(Fate.EQUIVALENT),
                score.killed(),
                score.count(Fate.SURVIVED),
                score.count(Fate.UNCLEAR),
                score.relevant() == 0 ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * score.share())));
        if (sampled && score.relevant() > 0) {
            Score.Interval interval = score.interval();
            cells.add(String.format(Locale.ROOT, "%.2f-%.2f %%", 100 * interval.low(), 100 * interval.high()));
        }
        return line(name, cells);
    }

    private static String line(String name, List<?> cells) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-18s", name));
        cells.forEach(cell -> line.append(String.format(Locale.ROOT, "  %10s", cell)));
        return line.toString();
    }

    /** A mutant for people: where it is, what it is, what was changed, what became of it. */
    static String told(Mutant mutant) {
        String by = mutant.by().isEmpty() ? "" : " (" + mutant.by() + ")";
        String millis = mutant.millis() == 0 ? "" : String.format(Locale.ROOT, ", %.0f ms", mutant.millis());
        return "%s %s/%s:%d:%d: %s%s%s%n%s"
                .formatted(
                        mutant.fate().id(),
                        mutant.assignment(),
                        mutant.file(),
                        mutant.mutation().line(),
                        mutant.mutation().column(),
                        mutant.mutation().kind().id(),
                        by,
                        millis,
                        mutant.diff().stripTrailing());
    }

    /** The judgement that a survivor lacks, but for what only a person can say. */
    static String judgement(Mutant mutant) {
        return "- files: [%s]\n  line: %s\n  changes: [%s]\n  why:\n  reason:"
                .formatted(mutant.file(), quoted(mutant.mutation().code()), quoted(mutant.change()));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
