package org.warpgrade.engine.handin;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One file that one student handed in.
 *
 * @param student its owner
 * @param file where it lies
 * @param origin its place in what the instructor gave, for people and for the record
 * @param submitted when it was handed in; null where nothing reliable tells
 * @param markedLate whether the platform's file name says that it came late
 * @param assignment the assignment that the file name tells; null to ask the file itself
 */
public record HandIn(
        Student student,
        Path file,
        String origin,
        @Nullable Instant submitted,
        boolean markedLate,
        @Nullable String assignment) {

    HandIn of(Student owner) {
        return new HandIn(owner, file, origin, submitted, markedLate, assignment);
    }

    HandIn at(Instant time) {
        return new HandIn(student, file, origin, time, markedLate, assignment);
    }
}
