package org.warpgrade.engine.mutation;

/**
 * One change of a source.
 *
 * @param kind what sort of change it is
 * @param line 1-based line
 * @param column 1-based column
 * @param start offset of the first character that goes
 * @param end offset after the last character that goes
 * @param before the characters that go
 * @param after what comes in their place
 * @param code the line before the change, without blanks at its ends
 */
public record Mutation(
        MutationKind kind, int line, int column, int start, int end, String before, String after, String code) {

    /** The source with this change. */
    public String applyTo(String source) {
        return source.substring(0, start) + after + source.substring(end);
    }

    /** For people, in one line: {@code 12:9 relation: "<" becomes "<=" in "for (int i = 0; i < n; i++)"}. */
    @Override
    public String toString() {
        return line + ":" + column + " " + kind.id() + ": \"" + oneLine(before) + "\" becomes \"" + oneLine(after)
                + "\" in \"" + code + "\"";
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
