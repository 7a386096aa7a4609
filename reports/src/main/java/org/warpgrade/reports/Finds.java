package org.warpgrade.reports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;

/**
 * What was found at one line, however many checks came upon it.
 *
 * @param first the finding of the first of them, which speaks for all
 * @param checks their ids, in order
 */
public record Finds(Finding first, List<String> checks) {

    private record Place(
            FindingKind kind, Severity severity, @Nullable String file, int line) {}

    /** One entry for each kind and line, in the order in which they were found. */
    public static List<Finds> of(GradingResult result) {
        Map<Place, SequencedMap<String, Finding>> found = new LinkedHashMap<>();
        for (CheckResult check : result.checks()) {
            for (Finding f : check.findings()) {
                SourceLocation at = f.at();
                Place place =
                        new Place(f.kind(), f.severity(), at == null ? null : at.file(), at == null ? 0 : at.line());
                found.computeIfAbsent(place, p -> new LinkedHashMap<>()).putIfAbsent(check.id(), f);
            }
        }
        return found.values().stream()
                .map(checks -> new Finds(checks.firstEntry().getValue(), List.copyOf(checks.keySet())))
                .toList();
    }
}
