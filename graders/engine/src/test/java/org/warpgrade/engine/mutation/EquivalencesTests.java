package org.warpgrade.engine.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EquivalencesTests {

    private static final String SOURCE = "void f(int n) {\n    if (n < 2) g();\n    h();\n    if (n < 2) g();\n}\n";

    private static final Map<Mutation, String> CHANGES = Equivalences.changes(Mutator.mutationsOf(SOURCE));

    @TempDir
    private Path folder;

    private Equivalences judged(String change, String why) throws IOException {
        Files.writeString(folder.resolve("op-x.yaml"), """
                - files: [1-naive.cu]
                  line: "if (n < 2) g();"
                  changes: ["%s"]
                  why: %s
                  reason: "g does nothing for 2"
                """.formatted(change, why));
        return Equivalences.read(folder, "op-x");
    }

    private static List<Mutation> called(String change) {
        return CHANGES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(change))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void a_judged_mutant_has_its_reason() throws IOException {
        Equivalences read = judged("relation @11: < => <=", "same-result");
        Mutation less = called("relation @11: < => <=").getFirst();

        assertThat(read.reason("1-naive.cu", less, "relation @11: < => <="))
                .contains("same-result: g does nothing for 2");
        assertThat(read.reason("2-other.cu", less, "relation @11: < => <=")).isEmpty();
        assertThat(read.reason("1-naive.cu", less, "relation @11: < => >=")).isEmpty();
    }

    @Test
    void lines_that_read_alike_are_judged_one_by_one() {
        assertThat(called("relation @11: < => <=")).extracting(Mutation::line).containsExactly(2);
        assertThat(called("relation @11: < => <= #2"))
                .extracting(Mutation::line)
                .containsExactly(4);
    }

    @Test
    void without_a_file_nothing_is_judged() {
        Mutation less = CHANGES.keySet().iterator().next();
        assertThat(Equivalences.read(folder, "op-x").reason("1-naive.cu", less, "relation @11: < => <="))
                .isEmpty();
    }

    @Test
    void a_judgement_on_what_is_gone_is_stale() throws IOException {
        assertThat(judged("relation @11: < => <=", "same-result").stale(Map.of("1-naive.cu", SOURCE)))
                .isEmpty();
        assertThat(judged("relation @12: < => <=", "same-result").stale(Map.of("1-naive.cu", SOURCE)))
                .containsExactly("1-naive.cu relation @12: < => <= in if (n < 2) g();");
        assertThat(judged("relation @11: < => <=", "same-result").stale(Map.of("2-other.cu", SOURCE)))
                .hasSize(1);
    }

    @Test
    void a_judgement_names_one_of_the_sorts_of_reasons() {
        assertThatThrownBy(() -> judged("relation @11: < => <=", "boring"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("op-x.yaml")
                .hasMessageContaining("'boring' is none of the reasons performance, same-result, unreachable, allowed");
    }
}
