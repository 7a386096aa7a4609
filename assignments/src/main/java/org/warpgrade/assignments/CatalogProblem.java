package org.warpgrade.assignments;

import java.nio.file.Path;

/**
 * One thing wrong with the catalogue, told so that its author can go there.
 *
 * @param file the file as the author knows it, relative to the catalogue where possible
 * @param line 1-based line, 0 where the file as a whole is meant
 * @param column 1-based column, 0 where unknown
 * @param pointer the JSON pointer of the value: {@code /checks/1/points}; empty for the whole file
 * @param sentence what is wrong
 * @param weight whether the assignment can be used all the same
 */
public record CatalogProblem(Path file, int line, int column, String pointer, String sentence, Weight weight) {

    /** How much a problem weighs. */
    public enum Weight {
        ERROR,
        WARNING
    }

    /** {@code OPS/op-softmax/assignment.yaml:5:12 /checks/1/points string found, integer expected}. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line + ":" + column : "") + (pointer.isEmpty() ? "" : " " + pointer) + " "
                + sentence;
    }
}
