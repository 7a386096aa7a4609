package org.warpgrade.assignments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.warpgrade.assignments.SeedTable.Row;

class SeedTableTests {

    private static final Path HOME = Path.of(System.getProperty("warpgrade.home", ".."));

    @Test
    void one_row_for_each_seed_item_and_assignment() throws CatalogException {
        assertThat(SeedTable.rows(Catalog.of(HOME).assignments()))
                .contains(
                        new Row("S2-Q04", "blk-ffn", List.of("H4")),
                        new Row("S2-Q04", "op-activations", List.of("H7")),
                        new Row("S2-Q04", "op-softmax", List.of("H4")),
                        new Row(
                                "S0-G05",
                                "cuda-saxpy",
                                List.of("P1", "H1", "H2", "H3", "H4", "H5", "H6a", "H6b", "H7")))
                .isSortedAccordingTo(java.util.Comparator.comparing(Row::seed))
                .doesNotHaveDuplicates()
                .allSatisfy(row -> assertThat(row.checks()).isNotEmpty());
    }

    /** After a change: {@code ./warpgrade list --seeds > assignments/SEEDS.md}. */
    @Test
    void the_committed_table_is_current() throws IOException, CatalogException {
        assertThat(Files.readString(HOME.resolve("assignments/SEEDS.md")))
                .isEqualTo(SeedTable.markdown(Catalog.of(HOME).assignments()));
    }
}
