package org.warpgrade.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.CatalogException;
import org.warpgrade.engine.AssignmentLine;
import org.warpgrade.engine.similarity.MatchedRegion;
import org.warpgrade.engine.similarity.MatchedRegion.Lines;
import org.warpgrade.engine.similarity.SimilarPair;
import org.warpgrade.engine.similarity.Similarity;
import org.warpgrade.engine.similarity.Work;
import org.warpgrade.reports.Inert;
import org.warpgrade.reports.similarity.SimilarityReport;
import org.warpgrade.reports.similarity.SimilarityReport.Group;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code warpgrade similar}: which submissions of a class share code. */
@Command(description = "Find submissions that share code; writes pages that show both side by side.")
final class SimilarCommand implements Callable<Integer> {

    private static final long LARGEST = 1 << 20;

    private final Terminal terminal;

    @Parameters(
            paramLabel = "DIR",
            description = "Submissions: DIR/STUDENT/….cu or DIR/STUDENT.cu; the first level names the student.")
    private Path folder = Path.of("");

    @Option(
            names = {"-a", "--assignment"},
            paramLabel = "ID",
            description = "The assignment of all files; default: each file's line '// assignment: ID', else its name.")
    private @Nullable String assignment;

    @Option(
            names = "--threshold",
            paramLabel = "0…1",
            description = "List pairs at least so alike; default: ${DEFAULT-VALUE}.")
    private double threshold = Similarity.THRESHOLD;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the pages; default: warpgrade-out/similar.")
    private Path out = Path.of("warpgrade-out", "similar");

    @Option(names = "--json", description = "Print the pairs as JSON on standard output.")
    private boolean json;

    @Mixin
    private LanguageOption language = new LanguageOption();

    SimilarCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CatalogException {
        if (!Files.isDirectory(folder)) {
            throw new UsageException(folder + " is no folder.");
        }
        Catalog catalog = Catalog.ofHome();
        List<Group> groups = new ArrayList<>();
        for (Map.Entry<String, List<Work>> entry : works(catalog).entrySet()) {
            Similarity similarity = catalog.contains(entry.getKey())
                    ? Similarity.forAssignment(Assignments.named(entry.getKey(), catalog))
                    : Similarity.excluding(List.of());
            List<SimilarPair> pairs = similarity.from(threshold).pairs(entry.getValue());
            groups.add(new Group(entry.getKey(), entry.getValue().size(), pairs));
        }
        SimilarityReport.write(groups, language.tag(), out);
        if (json) {
            terminal.out().println(JsonMapper.shared().writeValueAsString(plain(groups)));
        }
        tell(groups, json ? terminal.withOutputOnError() : terminal);
        return ExitStatus.OK.code();
    }

    /** The files by assignment; those of unknown assignments together. */
    private Map<String, List<Work>> works(Catalog catalog) throws IOException {
        Map<String, List<Work>> works = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".cu") && Files.isRegularFile(f))
                    .sorted()
                    .toList()) {
                if (Files.size(file) > LARGEST) {
                    terminal.err().println("warpgrade: " + file + " has more than a mebibyte and is left out.");
                    continue;
                }
                Path inside = folder.relativize(file);
                String owner = inside.getName(0).toString().replaceFirst("\\.cu$", "");
                try {
                    String text = Files.readString(file);
                    works.computeIfAbsent(assignment(file, text, catalog), id -> new ArrayList<>())
                            .add(new Work(owner, inside.toString(), text));
                } catch (MalformedInputException e) {
                    terminal.err().println("warpgrade: " + file + " is not UTF-8 text and is left out.");
                }
            }
        }
        return works;
    }

    private String assignment(Path file, String text, Catalog catalog) {
        if (assignment != null) {
            return assignment;
        }
        String name = file.getFileName().toString().replaceFirst("\\.cu$", "");
        return AssignmentLine.of(text).orElse(catalog.contains(name) ? name : "");
    }

    private void tell(List<Group> groups, Terminal to) {
        Messages messages = Messages.of(language.tag());
        for (Group group : groups) {
            for (SimilarPair pair : group.pairs()) {
                to.out()
                        .printf(
                                Locale.ROOT,
                                "%3.0f %%  %s  %s  %s%n",
                                100 * pair.score(),
                                Inert.text(group.assignment()),
                                Inert.text(pair.first().file()),
                                Inert.text(pair.second().file()));
            }
        }
        int pairs = groups.stream().mapToInt(group -> group.pairs().size()).sum();
        int works = groups.stream().mapToInt(Group::works).sum();
        to.out().println(messages.text("similar.summary", pairs, works, out.resolve("index.html")));
    }

    private static List<Map<String, Object>> plain(List<Group> groups) {
        return groups.stream()
                .flatMap(group -> group.pairs().stream().map(pair -> plain(group.assignment(), pair)))
                .toList();
    }

    private static Map<String, Object> plain(String assignment, SimilarPair pair) {
        Map<String, Object> row = new TreeMap<>();
        row.put("assignment", assignment);
        row.put("first", pair.first().file());
        row.put("second", pair.second().file());
        row.put("score", rounded(pair.score()));
        row.put("similarity", rounded(pair.similarity()));
        row.put("containment", rounded(pair.containment()));
        row.put("symbols", pair.symbols());
        row.put("regions", pair.regions().stream().map(SimilarCommand::plain).toList());
        return row;
    }

    private static Map<String, Object> plain(MatchedRegion region) {
        return Map.of("first", plain(region.first()), "second", plain(region.second()), "symbols", region.symbols());
    }

    private static List<Integer> plain(Lines lines) {
        return List.of(lines.from(), lines.to());
    }

    private static double rounded(double value) {
        return Math.round(1000 * value) / 1000.0;
    }
}
