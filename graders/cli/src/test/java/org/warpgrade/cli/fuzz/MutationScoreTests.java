package org.warpgrade.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.CatalogException;
import org.warpgrade.engine.NvrtcSubmissions;
import org.warpgrade.engine.mutation.Fate;
import org.warpgrade.engine.mutation.Mutant;
import org.warpgrade.engine.mutation.MutationRun;
import org.warpgrade.engine.mutation.MutationRun.Again;
import org.warpgrade.engine.mutation.MutationRun.Plan;
import org.warpgrade.engine.mutation.Score;
import org.warpgrade.engine.runner.CheckRunner;
import org.warpgrade.engine.runner.ChecksFinder;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.compile.Progress;
import org.warpgrade.gpu.cpu.CpuDevice;

/**
 * {@code mvn -B -Pmutation -pl graders/cli -am test -Dmutation.every=8}: the checks of every assignment notice 99 % of the
 * mutants of its references that are not equivalent.
 */
@Tag("mutation")
class MutationScoreTests {

    private static final Path HOME = Path.of(System.getProperty("warpgrade.home", "../.."));

    static List<String> assignments() throws CatalogException {
        return Catalog.of(HOME).ids();
    }

    @ParameterizedTest
    @MethodSource("assignments")
    void checks_notice_what_can_be_noticed(String id) throws CatalogException {
        Plan plan = new Plan(
                "", Integer.getInteger("mutation.every", 8), Again.SURVIVED, 2, Long.getLong("mutation.seed", 1));
        List<Mutant> open = new ArrayList<>();
        Score score;
        try (CpuDevice device = new CpuDevice();
                NvrtcCompiler nvrtc = NvrtcCompiler.withoutMemory(Progress.silent())) {
            MutationRun run = new MutationRun(
                    HOME,
                    Path.of("target", "mutation"),
                    new NvrtcSubmissions(nvrtc),
                    device,
                    new CheckRunner(ChecksFinder.onClassPath()),
                    plan);
            score = Score.of(run.run(Catalog.of(HOME).assignment(id).orElseThrow(), mutant -> {
                if (mutant.fate() == Fate.SURVIVED
                        || mutant.fate() == Fate.MISJUDGED
                        || mutant.fate() == Fate.UNCLEAR) {
                    open.add(mutant);
                }
            }));
        }
        assertThat(score.share()).as("%s, open: %s", id, open).isGreaterThanOrEqualTo(0.99);
        assertThat(score.count(Fate.MISJUDGED) + score.count(Fate.UNCLEAR))
                .as("%s, open: %s", id, open)
                .isZero();
    }
}
