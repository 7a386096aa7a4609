package org.warpgrade.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.CatalogException;
import org.warpgrade.assignments.ClassPlan;
import org.warpgrade.assignments.ClassPlan.AssignmentPlan;
import org.warpgrade.assignments.ClassPlan.Telling;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.batch.Graded;
import org.warpgrade.engine.batch.ResultFolders;
import org.warpgrade.engine.batch.WholeFile;
import org.warpgrade.engine.gradebook.Gradebook;
import org.warpgrade.engine.gradebook.Gradebook.Grade;
import org.warpgrade.engine.gradebook.Gradebook.Row;
import org.warpgrade.engine.gradebook.Gradebook.Try;
import org.warpgrade.engine.gradebook.GradebookJson;
import org.warpgrade.engine.result.Audience;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.Redaction;
import org.warpgrade.engine.result.ResultJson;
import org.warpgrade.engine.similarity.SimilarPair;
import org.warpgrade.engine.similarity.Similarity;
import org.warpgrade.engine.similarity.Work;
import org.warpgrade.reports.Handout;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.Reports;
import org.warpgrade.reports.dashboard.Dashboard;
import org.warpgrade.reports.gradebook.GradeFiles;
import org.warpgrade.reports.gradebook.GradescopeJson;

/**
 * Writes what a class gets beside its results: for instructors the gradebook, the exports and the dashboard, for each student a
 * folder in {@code feedback} that tells of hidden checks when the plan lets it.
 */
final class ClassFiles {

    private final Path out;
    private final Catalog catalog;
    private final ResultFolders results;
    private final ClassPlan plan;
    private final Instant now;
    private final boolean reports;
    private final String language;

    /** @param reports whether there are pages for each hand-in; @param language of everything that is read */
    ClassFiles(
            Path out,
            Catalog catalog,
            ResultFolders results,
            ClassPlan plan,
            Instant now,
            boolean reports,
            String language) {
        this.out = out;
        this.catalog = catalog;
        this.results = results;
        this.plan = plan;
        this.now = now;
        this.reports = reports;
        this.language = language;
    }

    void write(Gradebook book) throws IOException, CatalogException {
        WholeFile.write(out.resolve("gradebook.json"), GradebookJson.write(book));
        for (Map.Entry<String, String> file : GradeFiles.all(book).entrySet()) {
            WholeFile.write(out.resolve(file.getKey()), file.getValue());
        }
        if (reports) {
            feedback(book);
        }
        Map<String, List<SimilarPair>> similar = similar(book);
        for (Map.Entry<String, String> file :
                Dashboard.render(book, similar, reports, language).entrySet()) {
            WholeFile.write(out.resolve(file.getKey()), file.getValue());
        }
    }

    /** The instructor's page of a result, for {@link ResultFolders.Report}. */
    void report(GradingResult result, Path folder) throws IOException {
        if (reports) {
            Reports.write(result, Audience.INSTRUCTOR, language, handout(result), folder);
        }
    }

    /** On all cores: of a class that is graded quickly, writing its pages is a tenth. */
    private void feedback(Gradebook book) throws IOException {
        List<Future<?>> written = new ArrayList<>();
        try (ExecutorService pool =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (Row row : book.students()) {
                for (Grade grade : row.grades()) {
                    written.add(pool.submit(() -> {
                        feedback(row, grade);
                        return null;
                    }));
                }
            }
        }
        for (Future<?> one : written) {
            if (one.state() == Future.State.FAILED) {
                throw one.exceptionNow() instanceof IOException e ? e : new IOException(one.exceptionNow());
            }
        }
    }

    /** What students may keep of their grade; written anew only if something changed since. */
    private void feedback(Row row, Grade grade) throws IOException {
        Try counted = grade.counted();
        if (counted == null) {
            return;
        }
        String student = row.student().id();
        AssignmentPlan rules = plan.assignment(grade.assignment());
        boolean tells = rules.tellsHidden(now, plan.due(student, grade.assignment()));
        Path folder =
                out.resolve("feedback").resolve(ResultFolders.fileName(student)).resolve(grade.assignment());
        String state = counted.graded().folder() + "\n" + tells + "\n" + language + "\n"
                + grade.derivation().in(language) + "\n";
        Path mark = folder.resolve(".made-from");
        if (Files.isRegularFile(mark) && Files.readString(mark).equals(state)) {
            return;
        }
        GradingResult result = results.result(counted.graded());
        GradingResult shown = Reports.forAudience(
                tells ? result : Redaction.withoutHidden(result, told(rules.hidden())), Audience.STUDENT);
        Reports.write(shown, Audience.STUDENT, language, handout(result), folder);
        ResultJson.write(shown, folder.resolve("result.json"));
        WholeFile.write(folder.resolve("grade.txt"), grade.derivation().in(language) + "\n");
        WholeFile.write(
                out.resolve("gradescope")
                        .resolve(ResultFolders.fileName(student))
                        .resolve(grade.assignment())
                        .resolve("results.json"),
                GradescopeJson.render(result, rules.hidden(), language));
        WholeFile.write(mark, state);
    }

    private static Text told(Telling telling) {
        String key =
                "feedback.hidden." + telling.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new Text(Messages.of("en").text(key), Messages.of("zh").text(key));
    }

    /** Alike works among the attempts that count. */
    private Map<String, List<SimilarPair>> similar(Gradebook book) throws IOException, CatalogException {
        Map<String, List<Work>> works = new LinkedHashMap<>();
        for (Row row : book.students()) {
            for (Grade grade : row.grades()) {
                if (grade.counted() != null) {
                    works.computeIfAbsent(grade.assignment(), id -> new ArrayList<>())
                            .add(work(row.student().id(), grade.counted().graded()));
                }
            }
        }
        Map<String, List<SimilarPair>> pairs = new LinkedHashMap<>();
        for (Map.Entry<String, List<Work>> of : works.entrySet()) {
            Optional<Assignment> assignment = catalog.assignment(of.getKey());
            if (assignment.isPresent()) {
                pairs.put(
                        of.getKey(), Similarity.forAssignment(assignment.get()).pairs(of.getValue()));
            }
        }
        return pairs;
    }

    private Work work(String student, Graded graded) throws IOException {
        return new Work(
                student, graded.origin(), results.result(graded).submission().text());
    }

    private @Nullable Handout handout(GradingResult result) throws IOException {
        Optional<Path> file = catalog.handout(result.assignment(), language);
        return file.isEmpty() ? null : new Handout(Files.readString(file.get()));
    }
}
