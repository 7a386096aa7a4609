package org.warpgrade.assignments;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One argument of a {@link Assignment.Problem}. Extents and values are numbers or names of sizes. */
public sealed interface ProblemArgument {

    /** What a call may do with a buffer. */
    enum Access {
        IN,
        OUT,
        INOUT
    }

    /** Types of elements and values. */
    enum Type {
        F32,
        F64,
        I32,
        I64,
        U8
    }

    /** {@code in:f32[rows][cols]}. */
    record Buffer(Access access, Type type, List<String> extents) implements ProblemArgument {}

    /** {@code i32:rows}, {@code f32:1e-5}. */
    record Value(Type type, String value) implements ProblemArgument {}

    /** {@code null}. */
    record NullPointer() implements ProblemArgument {}

    /** <code>{in:f32[n], i32:n}</code>: a struct passed by value. */
    record Struct(List<ProblemArgument> fields) implements ProblemArgument {}

    /** <code>host{i32:n}</code>: a pointer to a struct in host memory. */
    record HostStruct(List<ProblemArgument> fields) implements ProblemArgument {}

    /**
     * Understands the text of an argument.
     *
     * @throws IllegalArgumentException with the text and what is wrong with it
     */
    static ProblemArgument parse(String text, Set<String> sizes) {
        Parser parser = new Parser(text, sizes);
        ProblemArgument argument = parser.argument();
        parser.end();
        return argument;
    }

    /** Reads from left to right. */
    final class Parser {

        private static final Pattern BUFFER = Pattern.compile("(in|out|inout):(\\w+)((?:\\[\\w+])+)");
        private static final Pattern VALUE = Pattern.compile("(\\w+):([-+.\\w]+)");
        private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
        private static final Pattern SPACE = Pattern.compile("\\s*");

        private final String text;
        private final Set<String> sizes;
        private int at;

        private Parser(String text, Set<String> sizes) {
            this.text = text;
            this.sizes = sizes;
        }

        private ProblemArgument argument() {
            skipSpace();
            if (text.startsWith("host{", at)) {
                at += "host".length();
                return new HostStruct(fields());
            }
            if (text.startsWith("{", at)) {
                return new Struct(fields());
            }
            if (text.startsWith("null", at)) {
                at += "null".length();
                return new NullPointer();
            }
            Matcher buffer = BUFFER.matcher(text).region(at, text.length());
            if (buffer.lookingAt()) {
                at = buffer.end();
                String[] extents = buffer.group(3)
                        .substring(1, buffer.group(3).length() - 1)
                        .split("]\\[");
                for (String extent : extents) {
                    requireKnown(extent);
                }
                return new Buffer(
                        Access.valueOf(buffer.group(1).toUpperCase(Locale.ROOT)),
                        type(buffer.group(2)),
                        List.of(extents));
            }
            Matcher value = VALUE.matcher(text).region(at, text.length());
            if (value.lookingAt()) {
                at = value.end();
                requireKnown(value.group(2));
                return new Value(type(value.group(1)), value.group(2));
            }
            throw wrong("in:f32[n], out:f32[n], inout:f32[n], i32:n, null, {…} or host{…} expected");
        }

        private List<ProblemArgument> fields() {
            List<ProblemArgument> fields = new ArrayList<>();
            at++;
            fields.add(argument());
            skipSpace();
            while (text.startsWith(",", at)) {
                at++;
                fields.add(argument());
                skipSpace();
            }
            if (!text.startsWith("}", at)) {
                throw wrong("'}' is missing");
            }
            at++;
            return List.copyOf(fields);
        }

        private void end() {
            skipSpace();
            if (at < text.length()) {
                throw wrong("'" + text.substring(at) + "' is too much");
            }
        }

        private void skipSpace() {
            Matcher space = SPACE.matcher(text).region(at, text.length());
            if (space.lookingAt()) {
                at = space.end();
            }
        }

        private Type type(String name) {
            for (Type type : Type.values()) {
                if (type.name().equalsIgnoreCase(name)) {
                    return type;
                }
            }
            throw wrong("'" + name + "' is not f32, f64, i32, i64 or u8");
        }

        private void requireKnown(String value) {
            if (!NUMBER.matcher(value).matches() && !sizes.contains(value)) {
                throw wrong("there is no size '" + value + "'");
            }
        }

        private IllegalArgumentException wrong(String what) {
            return new IllegalArgumentException("'" + text + "' is no argument: " + what);
        }
    }
}
