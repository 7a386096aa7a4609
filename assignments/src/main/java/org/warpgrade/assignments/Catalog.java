package org.warpgrade.assignments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.AssignmentRules.Breach;
import org.warpgrade.assignments.CatalogProblem.Weight;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The assignments of a repository: {@code <home>/assignments/catalog/<track>/<id>/assignment.yaml}.
 *
 * <p>{@link #assignment} reads one file and checks it against the rules; {@link #audit} also validates the schema, and
 * is what {@code list}, {@code gate} and the tests use. Both tell mistakes with file, line and column.
 */
public final class Catalog {

    /**
     * An assignment together with what its author should know.
     *
     * @param assignment the assignment; null if there are errors
     * @param problems errors and warnings in the order of the file
     */
    public record Audited(@Nullable Assignment assignment, List<CatalogProblem> problems) {

        public boolean hasErrors() {
            return problems.stream().anyMatch(p -> p.weight() == Weight.ERROR);
        }
    }

    private static final String FILE = "assignment.yaml";

    private final Path root;
    private final Map<String, Path> folders;
    private final Set<String> planned;
    private final YAMLMapper yaml = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();
    private final Map<String, Assignment> read = new ConcurrentHashMap<>();
    private @Nullable AssignmentSchema schema;

    private Catalog(Path root) {
        this.root = root;
        this.folders = folders(root);
        this.planned = planned(root);
    }

    /** The catalogue of the repository whose root is given. */
    public static Catalog of(Path home) {
        return new Catalog(home.resolve("assignments").resolve("catalog"));
    }

    /** The catalogue of the repository that the system property {@code warpgrade.home} names; else the working folder's. */
    public static Catalog ofHome() {
        return of(Path.of(System.getProperty("warpgrade.home", ".")));
    }

    /** The ids of all assignments that are written, by track and id. */
    public List<String> ids() {
        return List.copyOf(folders.keySet());
    }

    public boolean contains(String id) {
        return folders.containsKey(id);
    }

    /**
     * The assignment of that id; empty if there is none. Each file is read once: a class has thousands of hand-ins.
     *
     * @throws CatalogException if its files are wrong
     */
    public Optional<Assignment> assignment(String id) throws CatalogException {
        Path folder = folders.get(id);
        if (folder == null) {
            return Optional.empty();
        }
        Assignment known = read.get(id);
        if (known == null) {
            Optional<Assignment> plain = plain(folder);
            known = plain.isPresent() ? plain.get() : usable(audit(folder));
            read.put(id, known);
        }
        return Optional.of(known);
    }

    /**
     * The handout of that id in a language, without reading anything else of the assignment; empty if there is none.
     *
     * @param language {@code zh…} for Chinese, else English
     */
    public Optional<Path> handout(String id, String language) {
        return Optional.ofNullable(folders.get(id))
                .map(folder -> folder.resolve(Assignment.handoutFile(language)))
                .filter(Files::isRegularFile);
    }

    /**
     * All assignments, by track and id.
     *
     * @throws CatalogException if any of them is wrong, with the problems of all
     */
    public List<Assignment> assignments() throws CatalogException {
        List<Assignment> all = new ArrayList<>();
        List<CatalogProblem> problems = new ArrayList<>();
        for (Path folder : folders.values()) {
            Optional<Assignment> plain = plain(folder);
            if (plain.isPresent()) {
                all.add(plain.get());
                continue;
            }
            Audited audited = audit(folder);
            if (audited.assignment() != null) {
                all.add(audited.assignment());
            }
            problems.addAll(audited.problems());
        }
        if (problems.stream().anyMatch(p -> p.weight() == Weight.ERROR)) {
            throw new CatalogException(problems);
        }
        return all;
    }

    /** Everything that is to be said of one assignment, the schema's view included. */
    public Audited audit(String id) {
        Path folder = folders.get(id);
        if (folder == null) {
            throw new IllegalArgumentException("there is no assignment '" + id + "'");
        }
        return audit(folder);
    }

    private static Assignment usable(Audited audited) throws CatalogException {
        if (audited.assignment() == null) {
            throw new CatalogException(audited.problems());
        }
        return audited.assignment();
    }

    /** The quick way: no schema, no locations; empty as soon as anything needs to be told. */
    private Optional<Assignment> plain(Path folder) {
        try {
            JsonNode tree = yaml.readTree(Files.readString(folder.resolve(FILE)));
            return AssignmentMapping.map(tree, folder)
                    .filter(a -> breaches(a).stream().noneMatch(b -> b.weight() == Weight.ERROR));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    private Audited audit(Path folder) {
        Path file = root.relativize(folder.resolve(FILE));
        String text;
        JsonNode located;
        try {
            text = Files.readString(folder.resolve(FILE));
            yaml.readTree(text);
            located = AssignmentSchema.located(text);
        } catch (IOException e) {
            String sentence = "cannot be read: " + e.getMessage();
            return new Audited(null, List.of(new CatalogProblem(file, 0, 0, "", sentence, Weight.ERROR)));
        } catch (JacksonException e) {
            return new Audited(null, List.of(syntax(e, file)));
        }
        List<CatalogProblem> problems = new ArrayList<>();
        try {
            problems.addAll(schema().problems(located, file));
        } catch (JacksonException e) {
            return new Audited(null, List.of(syntax(e, file)));
        }
        if (!problems.isEmpty()) {
            return new Audited(null, List.copyOf(problems));
        }
        Assignment assignment = AssignmentMapping.map(located, folder).orElse(null);
        if (assignment == null) {
            String sentence = "has a value that no assignment can have, for example a number that is far too large";
            return new Audited(null, List.of(new CatalogProblem(file, 0, 0, "", sentence, Weight.ERROR)));
        }
        for (Breach breach : breaches(assignment)) {
            problems.add(AssignmentSchema.at(
                    located.at(breach.pointer()), file, breach.pointer(), breach.sentence(), breach.weight()));
        }
        boolean broken = problems.stream().anyMatch(p -> p.weight() == Weight.ERROR);
        return new Audited(broken ? null : assignment, List.copyOf(problems));
    }

    private List<Breach> breaches(Assignment assignment) {
        return AssignmentRules.breaches(assignment, folders.keySet(), planned);
    }

    static CatalogProblem syntax(JacksonException e, Path file) {
        TokenStreamLocation where = e.getLocation();
        String sentence = e.getOriginalMessage().lines().findFirst().orElse("is not YAML");
        return where == null
                ? new CatalogProblem(file, 0, 0, "", sentence, Weight.ERROR)
                : new CatalogProblem(file, where.getLineNr(), where.getColumnNr(), "", sentence, Weight.ERROR);
    }

    private synchronized AssignmentSchema schema() {
        if (schema == null) {
            schema = AssignmentSchema.load("assignment.schema.json");
        }
        return schema;
    }

    private static Map<String, Path> folders(Path root) {
        Map<String, Path> found = new LinkedHashMap<>();
        if (!Files.isDirectory(root)) {
            return found;
        }
        try (Stream<Path> tracks = Files.list(root)) {
            for (Path track : tracks.filter(Files::isDirectory).sorted().toList()) {
                try (Stream<Path> assignments = Files.list(track)) {
                    assignments
                            .filter(folder -> Files.isRegularFile(folder.resolve(FILE)))
                            .sorted()
                            .forEach(folder -> found.put(folder.getFileName().toString(), folder));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** The ids of {@code roadmap.txt}: one {@code TRACK id} a line. */
    private static Set<String> planned(Path root) {
        Path roadmap = root.resolve("roadmap.txt");
        if (!Files.isRegularFile(roadmap)) {
            return Set.of();
        }
        try (Stream<String> lines = Files.lines(roadmap)) {
            Set<String> ids = new HashSet<>();
            lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.strip().split("\\s+"))
                    .filter(words -> words.length == 2)
                    .forEach(words -> ids.add(words[1]));
            return ids;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
