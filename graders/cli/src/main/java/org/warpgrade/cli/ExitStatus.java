package org.warpgrade.cli;

/** The exit statuses of every command; scripts depend on them. */
enum ExitStatus {
    /** Full marks, or the command did what was asked. */
    OK(0),
    /** Graded, but not full marks. */
    NOT_FULL_MARKS(1),
    /** Wrong options or unreadable input. */
    USAGE(2),
    /** WarpGrade could not do its work; never counted against a student. */
    HARNESS(3);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The worse of two: a harness failure outweighs a usage mistake, which outweighs a lost mark. */
    ExitStatus and(ExitStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
