package org.warpgrade.engine.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The mutants that people have judged equivalent, with the reason: {@code reference-impls/equivalent-mutants/ID.yaml}, a
 * list of {@code {reason, mutants}}, each mutant as {@link #key} spells it. Lines may move; a changed line must be judged anew.
 */
final class Equivalences {

    /** @param mutants keys */
    private record Judged(String reason, List<String> mutants) {}

    private final Map<String, String> reasons = new HashMap<>();

    private Equivalences() {}

    /** The judgements on an assignment's mutants; none if there is no file. */
    static Equivalences read(Path folder, String assignment) {
        Equivalences read = new Equivalences();
        Path file = folder.resolve(assignment + ".yaml");
        if (Files.exists(file)) {
            try {
                List<Judged> all = YAMLMapper.shared()
                        .readValue(Files.readString(file), new TypeReference<List<Judged>>() {});
                all.forEach(judged -> judged.mutants().forEach(key -> read.reasons.put(key, judged.reason())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return read;
    }

    Optional<String> reason(String file, Mutation mutation) {
        return Optional.ofNullable(reasons.get(key(file, mutation)));
    }

    /** How a judgement names a mutant: file, kind, what becomes what, and the line as it was. */
    static String key(String file, Mutation mutation) {
        return "%s %s @%d: %s => %s in %s"
                .formatted(
                        file,
                        mutation.kind().id(),
                        mutation.column(),
                        oneLine(mutation.before()),
                        oneLine(mutation.after()),
                        mutation.code());
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
