package org.warpgrade.engine;

import java.util.List;
import java.util.Set;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Assignment.CheckSpec;
import org.warpgrade.assignments.Assignment.Visibility;

/** Which checks of an assignment to run. */
public sealed interface Selection {

    /** All checks: grading. */
    record All() implements Selection {}

    /** What a student may run: the public checks. */
    record PublicOnly() implements Selection {}

    /** Some checks by id. */
    record Named(Set<String> ids) implements Selection {}

    /** The selected checks in the order of the assignment. */
    default List<CheckSpec> of(Assignment assignment) {
        return switch (this) {
            case All ignored -> assignment.checks();
            case PublicOnly ignored ->
                assignment.checks().stream()
                        .filter(c -> c.visibility() == Visibility.PUBLIC)
                        .toList();
            case Named named ->
                assignment.checks().stream()
                        .filter(c -> named.ids().contains(c.id()))
                        .toList();
        };
    }
}
