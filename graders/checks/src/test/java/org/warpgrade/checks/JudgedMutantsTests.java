package org.warpgrade.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.CatalogException;
import org.warpgrade.engine.mutation.Equivalences;

/** What people judged about mutants still speaks of lines that the references have. */
class JudgedMutantsTests {

    private static final Path HOME = Path.of(System.getProperty("warpgrade.home", "../.."));
    private static final Path JUDGED = HOME.resolve("reference-impls/equivalent-mutants");

    static List<String> assignments() throws CatalogException {
        return Catalog.of(HOME).ids();
    }

    @ParameterizedTest
    @MethodSource("assignments")
    void every_judged_mutant_exists(String id) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files =
                Files.list(HOME.resolve("reference-impls/cuda").resolve(id))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".cu")).toList()) {
                sources.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        assertThat(Equivalences.read(JUDGED, id).stale(sources)).isEmpty();
    }

    @Test
    void every_file_is_an_assignments() throws IOException, CatalogException {
        try (Stream<Path> files = Files.list(JUDGED)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml"))
                            .map(name -> name.replaceFirst("\\.yaml$", "")))
                    .isSubsetOf(assignments());
        }
    }
}
