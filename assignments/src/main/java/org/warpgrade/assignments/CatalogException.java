package org.warpgrade.assignments;

import java.util.List;
import java.util.stream.Collectors;

/** The catalogue is wrong: its author's fault, never a student's. The message has one line for each problem. */
public final class CatalogException extends Exception {

    private final transient List<CatalogProblem> problems;

    CatalogException(List<CatalogProblem> problems) {
        super(problems.stream().map(CatalogProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<CatalogProblem> problems() {
        return problems;
    }
}
