package org.warpgrade.engine.mutation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Finds every mutation of a CUDA source. */
public final class Mutator {

    /** Each looks for mutations of its kind. */
    private static final List<BiConsumer<SourceTokens, Consumer<Mutation>>> FINDERS = List.of(
            Operators::find,
            Constants::find,
            Words::find,
            Statements::find,
            Guards::find,
            Arguments::find,
            Terms::find,
            Precisions::find);

    private Mutator() {}

    /** The mutations of the source in the order of their places; no two give the same text. */
    public static List<Mutation> mutationsOf(String source) {
        SourceTokens tokens = new SourceTokens(source);
        List<Mutation> found = new ArrayList<>();
        FINDERS.forEach(finder -> finder.accept(tokens, found::add));
        Map<String, Mutation> distinct = new LinkedHashMap<>();
        found.stream()
                .sorted(Comparator.comparingInt(Mutation::start).thenComparing(Mutation::kind))
                .forEach(mutation -> distinct.putIfAbsent(mutation.applyTo(source), mutation));
        distinct.remove(source);
        return List.copyOf(distinct.values());
    }
}
