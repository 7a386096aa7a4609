package org.warpgrade.gpu;

import java.util.List;

/**
 * One call of an entry: a pure description that any device can carry out.
 *
 * @param entry the PTX name of the host function, or of a kernel to be launched directly
 * @param arguments in the order of its parameters
 */
public record Call(String entry, List<Argument> arguments) {

    public Call {
        arguments = List.copyOf(arguments);
    }

    public static Call of(String entry, Argument... arguments) {
        return new Call(entry, List.of(arguments));
    }
}
