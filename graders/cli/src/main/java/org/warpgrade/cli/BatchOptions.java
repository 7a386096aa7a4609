package org.warpgrade.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code batch} can be told. */
final class BatchOptions {

    @Parameters(
            arity = "1",
            paramLabel = "DIR|ZIP",
            description =
                    "What the class handed in: STUDENT/…/*.cu, STUDENT_ASSIGNMENT.cu, or the download of Canvas, Moodle"
                            + " or Gradescope, unpacked or not.")
    Path source = Path.of(".");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where results, gradebook and dashboard go.")
    Path out = Path.of(".");

    @Option(
            names = {"-a", "--assignment"},
            paramLabel = "ID",
            description = "The assignment of all files; default: each file's own line, name or folder.")
    @Nullable
    String assignment;

    @Option(
            names = "--roster",
            paramLabel = "CSV",
            description = "Who takes the class: id,name,email,…, or what Canvas or Moodle exports.")
    @Nullable
    Path roster;

    @Option(
            names = "--class",
            paramLabel = "YAML",
            description =
                    "Deadlines, lateness, extensions, overrides; default: class.yaml beside the source, if there is one.")
    @Nullable
    Path plan;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            description =
                    "The deadline of assignments that the plan gives none, with its zone: 2026-11-30T23:59+01:00.")
    @Nullable
    String deadline;

    @Option(
            names = "--times",
            paramLabel = "CSV",
            description = "When things were handed in, where the source does not tell: student,assignment,submitted.")
    @Nullable
    Path times;

    /** Where a class is graded. */
    enum Via {
        /** In this process. */
        LOCAL,
        /** On the agents of a Jenkins server. */
        JENKINS
    }

    @Option(
            names = "--via",
            paramLabel = "local|jenkins",
            description = "Where to grade; jenkins: on a server's agents, see --url and --job.")
    Via via = Via.LOCAL;

    @Mixin
    JenkinsServer server = new JenkinsServer();

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description =
                    "How many to grade at once; default: one for each core; on Jenkins, 16 builds waiting or running.")
    @Nullable
    Integer jobs;

    @Mixin
    DeviceOption device = new DeviceOption();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Seed of the hidden inputs, to repeat a run; default: one secret seed an assignment, kept in DIR.")
    @Nullable
    Long seed;

    @Option(names = "--regrade", description = "Grade everything anew beside what counts and show what would change.")
    boolean regrade;

    @Option(names = "--apply", description = "With --regrade: let the new results count.")
    boolean apply;

    @Option(names = "--no-reports", description = "Results and grades only: no page for each hand-in.")
    boolean noReports;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description =
                    "Also write gradebook.json there; '-' writes it to standard output and all else to standard error.")
    @Nullable
    String json;

    @Option(names = "--quiet", description = "Print nothing but errors.")
    boolean quiet;

    @Mixin
    LanguageOption language = new LanguageOption();

    boolean jsonToOutput() {
        return "-".equals(json);
    }
}
