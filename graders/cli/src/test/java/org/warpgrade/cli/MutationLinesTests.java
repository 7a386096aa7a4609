package org.warpgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.warpgrade.engine.mutation.Fate;
import org.warpgrade.engine.mutation.Mutant;
import org.warpgrade.engine.mutation.Mutation;
import org.warpgrade.engine.mutation.MutationKind;
import org.warpgrade.engine.mutation.Score;

class MutationLinesTests {

    private static final String CODE = "printf(\"%d\\n\", 32);";

    private static Mutant mutant(Fate fate, String by, double millis) {
        Mutation mutation = new Mutation(MutationKind.CONSTANT, 3, 20, 0, 0, "32", "31", CODE);
        String diff = "-     " + CODE + "\n+     " + CODE.replace("32", "31") + "\n";
        return new Mutant("op-x", "1-naive.cu", mutation, "constant @20: 32 => 31", diff, fate, by, "", millis);
    }

    @Test
    void a_mutant_is_told_with_place_kind_change_and_fate() {
        assertThat(MutationLines.told(mutant(Fate.SURVIVED, "", 12.4))).isEqualToNormalizingNewlines("""
                        survived op-x/1-naive.cu:3:20: constant, 12 ms
                        -     printf("%d\\n", 32);
                        +     printf("%d\\n", 31);""");
        assertThat(MutationLines.told(mutant(Fate.KILLED, "H1 failed", 0)))
                .startsWith("killed op-x/1-naive.cu:3:20: constant (H1 failed)\n");
    }

    @Test
    void a_judgement_is_yaml_that_lacks_only_the_reason() {
        assertThat(MutationLines.judgement(mutant(Fate.SURVIVED, "", 12))).isEqualTo("""
                        - files: [1-naive.cu]
                          line: "printf(\\"%d\\\\n\\", 32);"
                          changes: ["constant @20: 32 => 31"]
                          why:
                          reason:""");
    }

    @Test
    void a_row_has_the_counts_below_their_titles() {
        Score score = new Score(Map.of(
                Fate.KILLED,
                98,
                Fate.SURVIVED,
                2,
                Fate.EQUIVALENT,
                7,
                Fate.SAME_CODE,
                5,
                Fate.DUPLICATE,
                3,
                Fate.NOT_COMPILED,
                1));

        assertThat(MutationLines.header(false) + "\n" + MutationLines.row("op-x", score, false))
                .isEqualTo("""
                        assignment             mutants     no CUDA   same code   duplicate  equivalent      killed    survived     unclear       score
                        op-x                       116           1           5           3           7          98           2           0     98.00 %""");
        assertThat(MutationLines.row("op-x", score, true)).endsWith("     98.00 %  93.00-99.45 %");
        assertThat(MutationLines.row("op-x", new Score(Map.of()), true)).endsWith("           0           -");
    }
}
