package org.warpgrade.assignments;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One assignment of the curriculum: what is asked, never how it is checked.
 *
 * @param id {@code op-softmax}
 * @param track {@code OPS}
 * @param title in both languages
 * @param difficulty 1 to 5 (curriculum C13)
 * @param needs ids of the assignments that come before
 * @param seeds the curriculum's seed items that it answers
 * @param entries the functions the student writes
 * @param checks the graded checks, in the order of the report
 * @param performance what its speed is measured against
 * @param budgets structural limits that hold on every device
 * @param concepts what {@code concept_check} is asked, empty where the assignment has none
 * @param folder where its files lie
 */
public record Assignment(
        String id,
        String track,
        Text title,
        int difficulty,
        List<String> needs,
        List<SeedItem> seeds,
        List<EntrySignature> entries,
        List<CheckSpec> checks,
        Performance performance,
        Budgets budgets,
        List<Concept> concepts,
        Path folder) {

    public Path starter() {
        return folder.resolve("starter.cu");
    }

    public Path handout(String language) {
        return folder.resolve(handoutFile(language));
    }

    static String handoutFile(String language) {
        return language.startsWith("zh") ? "handout.zh.md" : "handout.md";
    }

    /**
     * CUDA text that is compiled after the student's: kernels that call {@code PURE} functions once per case. Absent
     * where every graded symbol is a host entry.
     */
    public Path driver() {
        return folder.resolve("driver.cu");
    }

    public int points() {
        return checks.stream().mapToInt(CheckSpec::points).sum();
    }

    public Optional<CheckSpec> check(String checkId) {
        return checks.stream().filter(c -> c.id().equals(checkId)).findFirst();
    }

    public Optional<EntrySignature> entry(String name) {
        return entries.stream().filter(e -> e.name().equals(name)).findFirst();
    }

    /**
     * A seed item of the curriculum that this assignment answers.
     *
     * @param id {@code S2-Q04a}, as in the curriculum's map
     * @param checks ids of the checks that embody the answer; empty if all of them do
     */
    public record SeedItem(String id, List<String> checks) {}

    /** Whether a check's story may be told to a student in full. */
    public enum Visibility {
        PUBLIC,
        HIDDEN
    }

    /**
     * One graded check.
     *
     * @param id {@code P1} for public ones, {@code H1} … as in the curriculum
     * @param title what it tests, in a few words
     * @param family the family of cases: ragged sizes, special values, metamorphic, structure …
     * @param points what it is worth
     * @param visibility public or hidden
     */
    public record CheckSpec(String id, Text title, String family, int points, Visibility visibility) {}

    /**
     * A function the student writes.
     *
     * @param name the function's name
     * @param form a host entry that launches kernels, or a pure device function
     * @param returns the C++ return type: {@code void}
     * @param parameters in order
     */
    public record EntrySignature(String name, Form form, String returns, List<Parameter> parameters) {

        /** A host function that launches, or a device function that computes. */
        public enum Form {
            ENTRY,
            PURE
        }

        /** The C++ declaration without linkage: {@code void softmax(const float* x, float* y, int rows, int cols)}. */
        public String declaration() {
            StringBuilder text =
                    new StringBuilder(returns).append(' ').append(name).append('(');
            for (int i = 0; i < parameters.size(); i++) {
                text.append(i == 0 ? "" : ", ")
                        .append(parameters.get(i).type())
                        .append(' ')
                        .append(parameters.get(i).name());
            }
            return text.append(')').toString();
        }

        /** The C++ function type: {@code void(const float*, float*, int, int)}. */
        public String functionType() {
            return returns
                    + parameters.stream()
                            .map(Parameter::type)
                            .toList()
                            .toString()
                            .replace('[', '(')
                            .replace(']', ')');
        }
    }

    /**
     * A parameter of an entry.
     *
     * @param name as in the handout
     * @param type the C++ type: {@code const float*}
     * @param space {@code device}, {@code host} or {@code value}
     * @param shape the extents in terms of other parameters, {@code [rows][cols]}; empty for scalars
     * @param meaning what it holds, with units, in both languages
     */
    public record Parameter(String name, String type, String space, String shape, Text meaning) {}

    /**
     * What speed is measured against (curriculum C7).
     *
     * @param kind {@code MEM}, {@code CMP}, {@code PLAN} or {@code NONE}
     * @param formula bytes or FLOPs in terms of the parameters, empty for NONE
     * @param pass fraction of the measured peak that passes, 0 where none
     * @param full fraction that earns everything, 0 where none
     * @param points for speed, beyond those of the checks: possible only where speed is measured; 0 where none
     * @param problem the call that is measured and modelled, null where none
     */
    public record Performance(
            String kind,
            String formula,
            double pass,
            double full,
            int points,
            @Nullable Problem problem) {

        /** What is not measured. */
        public Performance(String kind, String formula, double pass, double full) {
            this(kind, formula, pass, full, 0, null);
        }

        /**
         * The points of a fraction of the peak: none below {@link #pass}, half of them there, all from {@link #full} on,
         * in between on a straight line, rounded to the nearer whole.
         */
        public int earned(double fraction) {
            if (!(fraction >= pass)) {
                return 0;
            }
            double share = full > pass ? Math.min(1, (fraction - pass) / (full - pass)) : 1;
            return (int) Math.round(points * (1 + share) / 2);
        }
    }

    /**
     * A call of an entry, with names for its sizes.
     *
     * @param entry the entry that is called
     * @param arguments in the order of its parameters, as the schema describes: {@code in:f32[rows][cols]}, {@code i32:rows}
     * @param gpu sizes by name to measure with
     * @param model sizes by name to count with on a machine without a GPU
     */
    public record Problem(String entry, List<String> arguments, Map<String, Integer> gpu, Map<String, Integer> model) {

        /** The arguments, understood; the catalogue has seen to it that they can be. */
        public List<ProblemArgument> parsed() {
            return arguments.stream()
                    .map(text -> ProblemArgument.parse(text, gpu.keySet()))
                    .toList();
        }
    }

    /**
     * Structural limits, graded on every device; an absent one is not graded.
     *
     * @param scratchBytes formula for the most device memory the entry may allocate, empty for none
     * @param launches formula for the most launches, empty for none
     */
    public record Budgets(String scratchBytes, String launches) {}

    /**
     * One question of {@code concept_check(q, p)} (curriculum C9, C15.1).
     *
     * @param q the number it is asked by
     * @param question what is asked
     * @param parameters meaning and unit of {@code p[0]}, {@code p[1]} …
     * @param answer the formula or the numbered options, and the unit
     */
    public record Concept(int q, Text question, List<String> parameters, Text answer) {}
}
