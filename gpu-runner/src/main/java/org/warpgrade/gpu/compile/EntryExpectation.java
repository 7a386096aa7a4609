package org.warpgrade.gpu.compile;

import java.util.List;
import java.util.stream.Stream;

/**
 * A function the source must define.
 *
 * @param name what the caller will ask for: {@code softmax}
 * @param type the C++ function type: {@code void(const float*, float*, int, int)}
 * @param declaration the same for people: {@code extern "C" void softmax(const float* x, float* y, int rows, int cols)}
 * @param aliases other names it may have, tried in order if the name is not there
 */
public record EntryExpectation(String name, String type, String declaration, List<String> aliases) {

    public EntryExpectation {
        aliases = List.copyOf(aliases);
    }

    public EntryExpectation(String name, String type, String declaration) {
        this(name, type, declaration, List.of());
    }

    List<String> names() {
        return Stream.concat(Stream.of(name), aliases.stream()).toList();
    }
}
