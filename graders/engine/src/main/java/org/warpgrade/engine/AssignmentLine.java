package org.warpgrade.engine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The line {@code // assignment: ID} by which a file says what it answers. */
public final class AssignmentLine {

    private static final Pattern LINE = Pattern.compile("(?m)^\\s*//\\s*assignment:\\s*(\\S+)\\s*$");

    private AssignmentLine() {}

    /** The id of the first such line; whether there is such an assignment is another question. */
    public static Optional<String> of(String text) {
        Matcher line = LINE.matcher(text);
        return line.find() ? Optional.of(line.group(1)) : Optional.empty();
    }
}
