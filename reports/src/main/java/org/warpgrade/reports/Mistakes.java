package org.warpgrade.reports;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.check.Diagnosis;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.gpu.Finding;

/**
 * Which failed checks are down to one mistake. One missing barrier fails every check; a reader should meet it once and
 * see at a glance what else it costs. Two checks go together if their first finding is of one kind at one line, if one
 * likely cause is named for one tensor, or if the time was up before either; failing that, if they say the same.
 */
public final class Mistakes {

    private final Map<String, String> firsts;

    private Mistakes(Map<String, String> firsts) {
        this.firsts = firsts;
    }

    public static Mistakes of(GradingResult result) {
        Map<Object, String> known = new HashMap<>();
        Map<String, String> firsts = new LinkedHashMap<>();
        for (CheckResult check : result.checks()) {
            Object mistake = mistake(check);
            if (mistake != null) {
                String first = known.putIfAbsent(mistake, check.id());
                if (first != null) {
                    firsts.put(check.id(), first);
                }
            }
        }
        return new Mistakes(firsts);
    }

    /** The id of the first check with the same mistake; null if this check is the first or tells of none. */
    public @Nullable String toldBy(CheckResult check) {
        return firsts.get(check.id());
    }

    /** The ids of the later checks with the same mistake, in order. */
    public List<String> toldWith(CheckResult first) {
        return firsts.entrySet().stream()
                .filter(entry -> entry.getValue().equals(first.id()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private record Place(Object kind, Object file, Object line) {}

    private static @Nullable Object mistake(CheckResult check) {
        return switch (check.status()) {
            case PASSED, NOT_ASSESSED, HARNESS_ERROR -> null;
            case FAILED, FAULTED, TIMED_OUT -> {
                if (!check.findings().isEmpty()) {
                    Finding finding = check.findings().getFirst();
                    yield finding.at() == null
                            ? new Place(finding.kind(), "", finding.message())
                            : new Place(
                                    finding.kind(),
                                    finding.at().file(),
                                    finding.at().line());
                }
                Diagnosis d = check.diagnosis();
                if (d != null) {
                    yield d.likelyCause().en().isEmpty()
                            ? null
                            : new Place("cause", d.tensor(), d.likelyCause().en());
                }
                if (check.status() == CheckStatus.TIMED_OUT) {
                    yield check.status();
                }
                yield check.message().en().isBlank()
                        ? null
                        : new Place("message", "", check.message().en());
            }
        };
    }
}
