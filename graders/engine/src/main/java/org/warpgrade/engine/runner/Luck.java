package org.warpgrade.engine.runner;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.bench.CheckRecord.LongCase;
import org.warpgrade.engine.bench.FindingTitles;
import org.warpgrade.engine.bench.LaunchKind;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;

/**
 * Takes back what was passed by luck. Long cases run without the sanitizers, one thread after the other, which hides races; a
 * kernel that was caught elsewhere in the same grading is no better there. A kind of launch that only long cases make is
 * watched afterwards, at the shortest of them.
 */
final class Luck {

    /** Mistakes after which a right result is right by accident. */
    private static final Set<FindingKind> ACCIDENTS = EnumSet.of(
            FindingKind.GLOBAL_RACE,
            FindingKind.SHARED_RACE,
            FindingKind.UNINITIALISED_READ,
            FindingKind.WRITE_TO_READ_ONLY,
            FindingKind.ORDER_DEPENDENT);

    /**
     * Who was caught.
     *
     * @param check the check that saw it
     */
    private record Caught(String check, Finding finding) {}

    private final Map<String, Caught> byKernel = new LinkedHashMap<>();

    private Luck() {}

    /** The outcomes of one grading, with those checks failed whose long cases a caught kernel has run. */
    static List<CheckOutcome> takenBack(List<CheckOutcome> outcomes) {
        Luck luck = new Luck();
        outcomes.forEach(luck::noteCaught);
        luck.watchTheRest(outcomes);
        return luck.byKernel.isEmpty()
                ? outcomes
                : outcomes.stream().map(luck::judged).toList();
    }

    private void noteCaught(CheckOutcome outcome) {
        for (Finding finding : outcome.record().findings()) {
            if (isAccident(finding)) {
                Caught caught = new Caught(outcome.result().id(), finding);
                kernelsOf(finding, outcome).forEach(kernel -> byKernel.putIfAbsent(kernel, caught));
            }
        }
    }

    private static boolean isAccident(Finding finding) {
        return finding.severity() == Severity.ERROR && ACCIDENTS.contains(finding.kind());
    }

    /** What depends on the order of threads names no kernel: then it may be any that ran. */
    private static Set<String> kernelsOf(Finding finding, CheckOutcome outcome) {
        if (finding.kernel() != null) {
            return Set.of(finding.kernel());
        }
        Set<String> all = new LinkedHashSet<>();
        outcome.record().kernels().values().forEach(use -> all.add(use.displayName()));
        return all;
    }

    private void watchTheRest(List<CheckOutcome> outcomes) {
        Set<LaunchKind> watched = new LinkedHashSet<>();
        outcomes.forEach(outcome -> watched.addAll(outcome.record().watched()));
        Map<LaunchKind, CheckOutcome> unseen = new LinkedHashMap<>();
        for (CheckOutcome outcome : outcomes) {
            outcome.record().unwatched().keySet().stream()
                    .filter(kind -> !watched.contains(kind) && outcome.result().status() == CheckStatus.PASSED)
                    .forEach(kind -> unseen.merge(kind, outcome, (one, other) -> shorter(kind, one, other)));
        }
        Set<LongCase> run = new LinkedHashSet<>();
        unseen.forEach((kind, outcome) -> {
            LongCase shortest = outcome.record().unwatched().get(kind);
            if (run.add(shortest)) {
                shortest.watch().get().stream().filter(Luck::isAccident).forEach(finding -> {
                    Caught caught = new Caught(outcome.result().id(), finding);
                    kernelsOf(finding, outcome).forEach(kernel -> byKernel.putIfAbsent(kernel, caught));
                });
            }
        });
    }

    private static CheckOutcome shorter(LaunchKind kind, CheckOutcome one, CheckOutcome other) {
        return one.record().unwatched().get(kind).threadInstructions()
                        <= other.record().unwatched().get(kind).threadInstructions()
                ? one
                : other;
    }

    private CheckOutcome judged(CheckOutcome outcome) {
        Optional<String> lucky = outcome.result().status() != CheckStatus.PASSED
                ? Optional.empty()
                : outcome.record().unwatched().keySet().stream()
                        .map(LaunchKind::displayName)
                        .filter(byKernel::containsKey)
                        .findFirst();
        return lucky.map(kernel -> failed(outcome, kernel, byKernel.get(kernel)))
                .orElse(outcome);
    }

    private static CheckOutcome failed(CheckOutcome outcome, String kernel, Caught caught) {
        CheckResult passed = outcome.result();
        CheckResult failed = new CheckResult(
                passed.id(),
                passed.title(),
                passed.family(),
                passed.visibility(),
                passed.points(),
                0,
                CheckStatus.FAILED,
                words(passed.id(), kernel, caught),
                passed.diagnosis(),
                passed.findings(),
                passed.millis());
        return new CheckOutcome(failed, outcome.record(), null);
    }

    private static Text words(String id, String kernel, Caught caught) {
        FindingTitles title = FindingTitles.of(caught.finding().kind());
        String line =
                caught.finding().at() == null ? "" : " (" + caught.finding().at() + ")";
        String whereEn = caught.check().equals(id)
                ? "its shortest long case, watched once more, shows"
                : "check " + caught.check() + " shows";
        String whereZh = caught.check().equals(id) ? "再次在监视下运行其中最短的用例" : "检查 " + caught.check() + " ";
        return new Text(
                "The results are right, but by luck: long cases run without the sanitizers, and " + whereEn
                        + " what is wrong with " + kernel + line + ": " + title.en() + ".",
                "结果正确，但属侥幸：长用例运行时不启用检测工具，而" + whereZh + "显示 " + kernel + line + " 有错误：" + title.zh() + "。");
    }
}
