package org.warpgrade.engine.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EquivalencesTests {

    private static final Mutation LESS =
            Mutator.mutationsOf("void f(int n) {\n    if (n < 2) g();\n}\n").getFirst();

    @Test
    void a_judged_mutant_has_its_reason(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("op-x.yaml"), """
                - reason: "g does nothing for 2"
                  mutants:
                    - "%s"
                """.formatted(Equivalences.key("1-naive.cu", LESS)));

        Equivalences read = Equivalences.read(folder, "op-x");

        assertThat(read.reason("1-naive.cu", LESS)).contains("g does nothing for 2");
        assertThat(read.reason("2-other.cu", LESS)).isEmpty();
    }

    @Test
    void without_a_file_nothing_is_judged(@TempDir Path folder) {
        assertThat(Equivalences.read(folder, "op-x").reason("1-naive.cu", LESS)).isEmpty();
    }
}
