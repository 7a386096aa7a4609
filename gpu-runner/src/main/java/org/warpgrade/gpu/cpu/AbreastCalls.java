package org.warpgrade.gpu.cpu;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Calls the regions of a launch whose lanes may go abreast, as long as they mostly get through. Serves one thread. */
final class AbreastCalls {

    private final RegionPlan plan;
    private final LaneProgram program;
    private final Formation formation;
    /** By the numbers of regions; null for those whose lanes always go one after the other. */
    private final @Nullable Tally[] tallies;

    AbreastCalls(LaneCompiler.Compiled compiled, Formation formation) {
        this.plan = compiled.plan();
        this.program = compiled.program();
        this.formation = formation;
        this.tallies = new Tally[plan.regions().size()];
        plan.abreast().keySet().forEach(region -> tallies[region] = new Tally());
    }

    /** Whether these lanes go abreast through a region: all of a block, in the order of its threads. */
    boolean takes(int region, Cohort cohort, int from, int to) {
        Tally tally = tallies[region];
        return tally != null
                && tally.pays()
                && from == 0
                && to == formation.lanes()
                && cohort.lanes == to
                && cohort.stride == to;
    }

    /** Lets each row of threads go abreast through a region; as {@link LaneProgram#run}. */
    int call(int region, Cohort cohort) {
        int width = formation.width();
        cohort.parted = false;
        int common = program.abreast(region, cohort, 0, width);
        boolean agreed = common >= 0;
        for (int row = width; row < formation.lanes(); row += width) {
            int reached = program.abreast(region, cohort, row, row + width);
            if (agreed && reached != common) {
                Arrays.fill(cohort.next, 0, row, common);
                agreed = false;
            }
            if (!agreed && reached >= 0) {
                Arrays.fill(cohort.next, row, row + width, reached);
            }
        }
        cohort.countRows();
        java.util.Objects.requireNonNull(tallies[region]).note(cohort.parted);
        // Nothing comes from elsewhere into the first region.
        cohort.stepsHold = (cohort.stepsHold || region == 0 && !plan.readsUnwritten()) && agreed && !cohort.parted;
        return agreed ? common : -1;
    }

    /** How often lanes have begun to go abreast, and how often some could not go on. */
    private static final class Tally {

        /** Tries that every region has. */
        private static final int TRIES = 32;

        private long calls;
        private long parted;

        void note(boolean hasParted) {
            calls++;
            parted += hasParted ? 1 : 0;
        }

        /** Whether they mostly get through. */
        boolean pays() {
            return parted * 4 <= calls + TRIES;
        }
    }
}
