package org.warpgrade.assignments;

import java.util.List;
import org.warpgrade.assignments.Assignment.EntrySignature;
import org.warpgrade.assignments.Assignment.Visibility;

/**
 * One assignment as {@code list} shows it: what a student may know before starting.
 *
 * @param id {@code op-softmax}
 * @param track {@code OPS}
 * @param title in both languages
 * @param difficulty 1 to 5
 * @param needs ids of the assignments that come before
 * @param entries the declarations to write
 * @param publicChecks number of checks that a student can run
 * @param hiddenChecks number of checks that only grading runs
 * @param points the sum over all checks
 */
public record CatalogListing(
        String id,
        String track,
        Text title,
        int difficulty,
        List<String> needs,
        List<String> entries,
        int publicChecks,
        int hiddenChecks,
        int points) {

    public static CatalogListing of(Assignment assignment) {
        int open = (int) assignment.checks().stream()
                .filter(check -> check.visibility() == Visibility.PUBLIC)
                .count();
        return new CatalogListing(
                assignment.id(),
                assignment.track(),
                assignment.title(),
                assignment.difficulty(),
                assignment.needs(),
                assignment.entries().stream().map(EntrySignature::declaration).toList(),
                open,
                assignment.checks().size() - open,
                assignment.points());
    }
}
