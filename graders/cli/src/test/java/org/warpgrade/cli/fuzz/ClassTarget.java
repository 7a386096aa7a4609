package org.warpgrade.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.ClassPlan;
import org.warpgrade.assignments.ClassPlanException;
import org.warpgrade.assignments.ClassPlanFile;
import org.warpgrade.engine.gradebook.Gradebook;
import org.warpgrade.engine.gradebook.GradebookJson;
import org.warpgrade.engine.gradebook.GradebookMaker;
import org.warpgrade.engine.handin.ClassInputException;
import org.warpgrade.engine.handin.HandInFinder;
import org.warpgrade.engine.handin.HandInTimes;
import org.warpgrade.engine.handin.HandIns;
import org.warpgrade.engine.handin.Roster;
import org.warpgrade.engine.handin.Skipped;
import org.warpgrade.reports.gradebook.GradeFiles;

/** What an instructor gives to {@code batch}: every text is offered as roster, as times, as plan and as an export's metadata. */
final class ClassTarget implements Fuzzing.Target {

    /** What a spreadsheet would run. */
    private static final Pattern FORMULA = Pattern.compile("^\\s*(?:[=@＝＠|%]|[-+](?!\\d+(?:\\.\\d+)?$|$))");

    private final Path folder;
    private final List<Assignment> assignments;
    private final Path export;

    ClassTarget(Path folder, List<Assignment> assignments) throws Exception {
        this.folder = folder;
        this.assignments = assignments;
        this.export = Files.createDirectories(folder.resolve("export"));
        Path handedIn = Files.createDirectories(export.resolve("submission_12345678"));
        Files.writeString(handedIn.resolve("mine.cu"), "// assignment: op-softmax\n");
    }

    @Override
    public String take(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("input"), text);
        Roster roster = Roster.none();
        String answer = "no roster";
        try {
            roster = Roster.read(file);
            answer = "a roster";
        } catch (ClassInputException e) {
            answer = words(e, file);
        }
        ClassPlan plan = ClassPlan.none();
        try {
            HandInTimes.read(file, roster, ZoneOffset.UTC);
            answer += ", times";
        } catch (ClassInputException e) {
            answer += ", " + words(e, file);
        }
        try {
            plan = ClassPlanFile.read(file, ids());
            answer += ", a plan";
        } catch (ClassPlanException e) {
            answer += ", " + words(e, file);
        }
        List<Skipped> skipped = List.of();
        Files.writeString(export.resolve("submission_metadata.yml"), text);
        try {
            HandIns handIns = new HandInFinder(roster, ids()).find(export, folder.resolve("unpacked"));
            skipped = handIns.skipped();
            answer += ", hand-ins of " + (handIns.files().isEmpty() ? "nobody" : "somebody");
        } catch (ClassInputException e) {
            answer += ", " + words(e, export);
        }
        Gradebook book = new GradebookMaker(plan, roster, assignments).make(List.of(), List.of(), List.of(), skipped);
        assertThat(GradebookJson.write(book)).isNotBlank();
        for (Map.Entry<String, String> csv : GradeFiles.all(book).entrySet()) {
            for (CSVRecord row : CSVParser.parse(csv.getValue(), CSVFormat.RFC4180)) {
                assertThat(row)
                        .as(csv.getKey())
                        .noneMatch(cell -> FORMULA.matcher(cell).find());
            }
        }
        return answer;
    }

    private Set<String> ids() {
        return Set.of("op-softmax", "cuda-saxpy", "cuda-reduce");
    }

    /** A sentence that names the file. */
    private static String words(Exception e, Path file) {
        assertThat(e.getMessage()).contains(file.toString());
        return e.getMessage().replace(file.toString(), "FILE");
    }
}
