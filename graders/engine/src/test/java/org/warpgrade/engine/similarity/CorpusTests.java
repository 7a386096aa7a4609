package org.warpgrade.engine.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.CatalogException;

/**
 * What the finder finds among 19 solutions of three assignments that were written apart,
 * the references, and copies in disguise. graders/MEASURED.md states the numbers.
 */
class CorpusTests {

    private static final Path HOME = Path.of(System.getProperty("warpgrade.home", "../.."));
    private static final Path CORPUS =
            HOME.resolve("graders/engine/src/test/resources/org/warpgrade/engine/similarity");
    private static final List<String> ASSIGNMENTS = List.of("cuda-reduce", "op-layernorm", "op-softmax");
    private static final String COPY = " copied";
    private static final String REFERENCE = "reference ";

    /** One way to make a copy of an original; an empty text for none. */
    private interface Copyist {
        String copy(String assignment, String name, String original) throws IOException;
    }

    /**
     * @param found copies that were listed with their original
     * @param missed copies that were not
     * @param wrong other pairs that were listed
     */
    private record Outcome(TreeSet<String> found, TreeSet<String> missed, TreeSet<String> wrong) {}

    @ParameterizedTest
    @EnumSource(Disguise.class)
    void every_copy_in_one_disguise_is_found_and_nothing_else(Disguise disguise) throws Exception {
        Outcome outcome = outcome((assignment, name, original) -> disguise.apply(original, name.hashCode()));

        assertThat(outcome.missed()).isEmpty();
        assertThat(outcome.found()).hasSize(19);
        assertThat(outcome.wrong()).isEmpty();
    }

    @Test
    void every_copy_in_many_disguises_at_once_is_found_and_nothing_else() throws Exception {
        Outcome outcome = outcome((assignment, name, original) -> Disguise.all(
                original,
                name.hashCode(),
                Disguise.DEAD_CODE,
                Disguise.ASSIGNMENTS_SPELLED_OUT,
                Disguise.DECLARATIONS_SPLIT,
                Disguise.STATEMENTS_SWAPPED,
                Disguise.LOOPS_AS_WHILE,
                Disguise.NUMBERS_AS_SUMS,
                Disguise.FUNCTIONS_REVERSED,
                Disguise.RENAMED,
                Disguise.REFORMATTED));

        assertThat(outcome.missed()).isEmpty();
        assertThat(outcome.wrong()).isEmpty();
    }

    /** Copies that were taken apart by hand: kernels split and joined, helpers drawn out, structures dissolved. */
    @Test
    void most_copies_that_were_rewritten_by_hand_are_found() throws Exception {
        Outcome outcome = outcome((assignment, name, original) -> {
            Path copy = CORPUS.resolve("disguised/" + assignment + "-" + name + ".cu");
            return Files.exists(copy) ? Files.readString(copy) : "";
        });

        assertThat(outcome.found()).containsExactly("bo", "gus", "kim", "lena");
        assertThat(outcome.missed()).containsExactly("eli", "olga");
        // the same textbook tree, made alike by the copyist's helper functions
        assertThat(outcome.wrong()).containsExactly("bo copied | reference 2-block-per-row.cu");
    }

    @Test
    @Tag("slow")
    void a_thousand_works_take_seconds() throws Exception {
        List<Work> works = new ArrayList<>();
        Disguise[] disguises = Disguise.values();
        List<Path> originals = files(CORPUS.resolve("independent/op-softmax"));
        for (int i = 0; i < 1000; i++) {
            String text = Files.readString(originals.get(i % originals.size()));
            works.add(new Work(
                    "student " + i, "a.cu", disguises[i / originals.size() % disguises.length].apply(text, i)));
        }

        long start = System.nanoTime();
        similarity("op-softmax").pairs(works);

        // some seconds on two cores (graders/MEASURED.md); machines that build are busy
        assertThat((System.nanoTime() - start) / 1e9).isLessThan(60);
    }

    private static Outcome outcome(Copyist copyist) throws Exception {
        Outcome outcome = new Outcome(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        for (String assignment : ASSIGNMENTS) {
            List<Work> works = new ArrayList<>();
            List<String> copied = new ArrayList<>();
            for (Path file : files(CORPUS.resolve("independent/" + assignment))) {
                String name = file.getFileName().toString().replace(".cu", "");
                String original = Files.readString(file);
                works.add(new Work(name, name + ".cu", original));
                String copy = copyist.copy(assignment, name, original);
                if (!copy.isEmpty()) {
                    works.add(new Work(name + COPY, name + ".cu", copy));
                    copied.add(name);
                }
            }
            for (Path file : files(HOME.resolve("reference-impls/cuda/" + assignment))) {
                works.add(new Work(REFERENCE + file.getFileName(), "reference.cu", Files.readString(file)));
            }
            List<SimilarPair> pairs = similarity(assignment).pairs(works);
            for (SimilarPair pair : pairs) {
                String first = pair.first().owner();
                String second = pair.second().owner();
                boolean rungs = first.startsWith(REFERENCE) && second.startsWith(REFERENCE);
                if (second.equals(first + COPY)) {
                    outcome.found().add(first);
                } else if (!rungs) {
                    outcome.wrong().add(first + " | " + second);
                }
            }
            copied.stream().filter(name -> !outcome.found().contains(name)).forEach(outcome.missed()::add);
        }
        return outcome;
    }

    private static Similarity similarity(String assignment) throws IOException, CatalogException {
        return Similarity.forAssignment(Catalog.of(HOME).assignment(assignment).orElseThrow());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
