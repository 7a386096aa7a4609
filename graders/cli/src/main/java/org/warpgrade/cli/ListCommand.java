package org.warpgrade.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.CatalogException;
import org.warpgrade.assignments.CatalogListing;
import org.warpgrade.assignments.SeedTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code warpgrade list}: the catalogue, for people or as JSON. */
@Command(description = "List the assignments.")
final class ListCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private LanguageOption language = new LanguageOption();

    @Option(names = "--json", description = "Print JSON to standard output.")
    private boolean json;

    @Option(names = "--seeds", description = "Show which checks answer which seed item of the curriculum, as Markdown.")
    private boolean seeds;

    ListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CatalogException {
        List<Assignment> assignments = Catalog.ofHome().assignments();
        if (json) {
            JsonMapper mapper = JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();
            Object listing = seeds
                    ? SeedTable.rows(assignments)
                    : assignments.stream().map(CatalogListing::of).toList();
            terminal.out().println(mapper.writeValueAsString(listing));
            return ExitStatus.OK.code();
        }
        if (seeds) {
            terminal.out().print(SeedTable.markdown(assignments));
            return ExitStatus.OK.code();
        }
        int idWidth = assignments.stream().mapToInt(a -> a.id().length()).max().orElse(0);
        String track = "";
        for (Assignment a : assignments) {
            if (!a.track().equals(track)) {
                terminal.out().println((track.isEmpty() ? "" : "\n") + a.track());
                track = a.track();
            }
            terminal.out().println(line(a, idWidth));
        }
        return ExitStatus.OK.code();
    }

    private String line(Assignment a, int idWidth) {
        CatalogListing listing = CatalogListing.of(a);
        String checks = "%2d+%-2d".formatted(listing.publicChecks(), listing.hiddenChecks());
        String stars = "*".repeat(a.difficulty()) + " ".repeat(5 - a.difficulty());
        return ("  " + a.id() + " ".repeat(idWidth - a.id().length()) + "  " + stars + "  " + checks + "  "
                        + a.title().in(language.tag()))
                .stripTrailing();
    }
}
