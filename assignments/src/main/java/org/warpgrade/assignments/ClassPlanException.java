package org.warpgrade.assignments;

import java.util.List;
import java.util.stream.Collectors;

/** A class plan is wrong: the instructor's to mend. The message has one line for each problem, with file, line and column. */
public final class ClassPlanException extends Exception {

    ClassPlanException(List<CatalogProblem> problems) {
        super(problems.stream().map(CatalogProblem::toString).collect(Collectors.joining("\n")));
    }
}
