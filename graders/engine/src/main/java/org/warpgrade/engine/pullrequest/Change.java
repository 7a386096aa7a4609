package org.warpgrade.engine.pullrequest;

/** A file that a pull request adds or changes, and what is to be done with it. */
public sealed interface Change {

    /** Its path in the repository, with slashes. */
    String path();

    /**
     * A submission to grade.
     *
     * @param blob git's name of its content
     */
    record Submitted(String path, String blob) implements Change {}

    /** A submission that is not graded, and why: a symbolic link, a submodule, too large. It earns nothing. */
    record Refused(String path, String reason) implements Change {}

    /** Anything else: it has no effect on this grading, and is named so that a person looks at it. */
    record Ignored(String path) implements Change {}

    /** Gone: nothing to grade. */
    record Deleted(String path) implements Change {}
}
