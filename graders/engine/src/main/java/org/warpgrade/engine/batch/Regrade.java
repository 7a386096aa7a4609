package org.warpgrade.engine.batch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The class graded anew beside its results: first what would change, then, if it is wanted, the change. A result that is
 * replaced stays where it is as history.
 */
public final class Regrade {

    private final ResultFolders standing;
    private final ResultFolders fresh;

    /** @param standing the results that count; @param fresh those of the new grading */
    public Regrade(ResultFolders standing, ResultFolders fresh) {
        this.standing = standing;
        this.fresh = fresh;
    }

    /**
     * One hand-in in both gradings.
     *
     * @param before null if it had no result
     */
    public record Change(@Nullable Graded before, Graded after) {

        /** Whether points, verdict or any check differ. */
        public boolean differs() {
            return before == null
                    || before.verdict() != after.verdict()
                    || !before.score().equals(after.score())
                    || !before.checks().equals(after.checks());
        }

        /** The ids of the checks that ended otherwise. */
        public List<String> checks() {
            if (before == null) {
                return List.of();
            }
            Map<String, Graded.CheckLine> old = new HashMap<>();
            before.checks().forEach(check -> old.put(check.id(), check));
            return after.checks().stream()
                    .filter(check -> !check.equals(old.get(check.id())))
                    .map(Graded.CheckLine::id)
                    .toList();
        }
    }

    /** Every hand-in that was graded anew, by student and assignment. */
    public List<Change> changes(Collection<Job> jobs) throws IOException {
        List<Change> changes = new ArrayList<>();
        for (Job job : jobs) {
            List<Graded> after = fresh.of(job);
            if (!after.isEmpty()) {
                List<Graded> before = standing.of(job);
                changes.add(new Change(before.isEmpty() ? null : before.getLast(), after.getLast()));
            }
        }
        changes.sort(Comparator.comparing((Change c) -> c.after().student())
                .thenComparing(c -> c.after().assignment())
                .thenComparing(c -> c.after().origin()));
        return changes;
    }

    /** Lets the new results count; killed in the middle, it can simply be done again. */
    public void apply(Collection<Change> changes) throws IOException {
        for (Change change : changes) {
            standing.adopt(fresh, change.after());
        }
    }
}
