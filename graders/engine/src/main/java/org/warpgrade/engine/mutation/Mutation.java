package org.warpgrade.engine.mutation;

import java.util.stream.Collectors;

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

    /** The lines that the change touches, first as they are with {@code -} before them, then as they become with {@code +}. */
    public String diff(String source) {
        int from = source.lastIndexOf('\n', start - 1) + 1;
        int to = source.indexOf('\n', end);
        int last = to < 0 ? source.length() : to;
        String changed = source.substring(from, start) + after + source.substring(end, last);
        return lines("- ", source.substring(from, last)) + lines("+ ", changed);
    }

    private static String lines(String sign, String text) {
        return text.lines().map(line -> sign + line + "\n").collect(Collectors.joining());
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
