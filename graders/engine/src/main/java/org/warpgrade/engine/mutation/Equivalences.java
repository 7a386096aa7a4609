package org.warpgrade.engine.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The mutants that people have judged equivalent, with the reason: {@code reference-impls/equivalent-mutants/ID.yaml}, a
 * list of {@link Judgement}s. They name a mutant by its line as it reads and the change, so lines may move; a changed line
 * must be judged anew.
 */
public final class Equivalences {

    /** Why no check can, or none should, notice a mutant. */
    public enum Why {
        /** The results are those of the reference in every run, only its speed or its use of memory differs. */
        PERFORMANCE,
        /** What changed has no effect: values that are equal whenever the place is reached, work done twice. */
        SAME_RESULT,
        /** Only calls that the handout rules out reach what changed, or none at all. */
        UNREACHABLE,
        /** The handout leaves it open, or the values stay well within the tolerance that it grants. */
        ALLOWED;

        /** In lower case with hyphens, as judgements spell it. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * What somebody found on some mutants of one line.
     *
     * @param files the references in which the line stands
     * @param line the line as it is, without blanks at its ends
     * @param changes as {@link #changes} spells them
     * @param why one of the ids of {@link Why}
     * @param reason a sentence or two that convinces
     */
    record Judgement(List<String> files, String line, List<String> changes, String why, String reason) {

        Judgement {
            if (files == null || line == null || changes == null || why == null || reason == null || reason.isBlank()) {
                throw new IllegalArgumentException("a judgement has files, line, changes, why and reason");
            }
            if (List.of(Why.values()).stream().noneMatch(known -> known.id().equals(why))) {
                throw new IllegalArgumentException("'" + why + "' is none of the reasons "
                        + String.join(
                                ", ",
                                List.of(Why.values()).stream().map(Why::id).toList()));
            }
        }

        List<String> keys() {
            return files.stream()
                    .flatMap(file -> changes.stream().map(change -> key(file, change, line)))
                    .toList();
        }
    }

    private final Map<String, Judgement> judged = new HashMap<>();

    private Equivalences() {}

    /** The judgements on an assignment's mutants; none if there is no file. */
    public static Equivalences read(Path folder, String assignment) {
        Equivalences read = new Equivalences();
        Path file = folder.resolve(assignment + ".yaml");
        if (Files.exists(file)) {
            try {
                YAMLMapper.shared()
                        .readValue(Files.readString(file), new TypeReference<List<Judgement>>() {})
                        .forEach(judgement -> judgement.keys().forEach(key -> read.judged.put(key, judgement)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (JacksonException e) {
                throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
            }
        }
        return read;
    }

    /** The reason with its sort before it: {@code performance: …}. */
    Optional<String> reason(String file, Mutation mutation, String change) {
        return Optional.ofNullable(judged.get(key(file, change, mutation.code())))
                .map(judgement -> judgement.why() + ": " + judgement.reason());
    }

    /** Judgements on mutants that the assignment's references do not have: their line is gone, or reads differently. */
    public Set<String> stale(Map<String, String> sourcesByFile) {
        Set<String> stale = new TreeSet<>(judged.keySet());
        sourcesByFile.forEach((file, source) -> changes(Mutator.mutationsOf(source))
                .forEach((mutation, change) -> stale.remove(key(file, change, mutation.code()))));
        return stale;
    }

    /**
     * The changes as judgements spell them, in the order of the mutations: {@code constant @12: 32 => 31}, with the column; where the same line stands
     * several times in a file, the second one's have {@code #2} at their end.
     */
    static Map<Mutation, String> changes(List<Mutation> mutations) {
        Map<String, Integer> seen = new HashMap<>();
        Map<Mutation, String> changes = new LinkedHashMap<>();
        for (Mutation mutation : mutations) {
            String change = "%s @%d: %s => %s"
                    .formatted(
                            mutation.kind().id(),
                            mutation.column(),
                            oneLine(mutation.before()),
                            oneLine(mutation.after()))
                    .strip();
            int count = seen.merge(change + mutation.code(), 1, Integer::sum);
            changes.put(mutation, count == 1 ? change : change + " #" + count);
        }
        return changes;
    }

    private static String key(String file, String change, String line) {
        return file + ' ' + change + " in " + line;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
