package org.warpgrade.reports.dashboard;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.assignments.ClassPlan.Attempts;
import org.warpgrade.assignments.ClassPlan.Decision;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.batch.Graded;
import org.warpgrade.engine.batch.Graded.CheckLine;
import org.warpgrade.engine.gradebook.Gradebook;
import org.warpgrade.engine.gradebook.Gradebook.CheckColumn;
import org.warpgrade.engine.gradebook.Gradebook.Column;
import org.warpgrade.engine.gradebook.Gradebook.Grade;
import org.warpgrade.engine.gradebook.Gradebook.Row;
import org.warpgrade.engine.gradebook.Gradebook.Spread;
import org.warpgrade.engine.gradebook.Gradebook.State;
import org.warpgrade.engine.gradebook.Gradebook.Trouble;
import org.warpgrade.engine.gradebook.Gradebook.Try;
import org.warpgrade.engine.handin.Skipped;
import org.warpgrade.engine.handin.Student;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.GradingResult.HarnessInfo;
import org.warpgrade.engine.result.GradingResult.Score;
import org.warpgrade.engine.result.Verdict;
import org.warpgrade.engine.similarity.MatchedRegion;
import org.warpgrade.engine.similarity.MatchedRegion.Lines;
import org.warpgrade.engine.similarity.SimilarPair;
import org.warpgrade.engine.similarity.Work;

/** Gradebooks to render. */
public final class Classes {

    private static final List<String> ASSIGNMENTS = List.of("cuda-saxpy", "op-softmax", "attn-masks", "shape-bert");
    private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");

    private Classes() {}

    /** A class whose roster tries everything that could hurt a reader. */
    public static Gradebook hostile() {
        Student evil = new Student(
                "=cmd|' /C calc'!A0",
                "<script>alert(1)</script>, \u202Eevil",
                "+1@example.org",
                "@SUM(A1)",
                "-2+3",
                "4711",
                "\tx");
        Grade grade = grade("op-softmax", 40, Verdict.FAILED, START);
        return new Gradebook(
                "<b>Class</b>",
                ZoneId.of("Europe/Berlin"),
                Attempts.LAST,
                List.of(column("op-softmax", 1)),
                List.of(new Row(evil, false, List.of(grade))),
                List.of(new Trouble("<i>x</i>", "op-softmax", "a\nb.cu", "gone")),
                List.of(new Skipped("<img src=x>.pdf", "is no .cu file")));
    }

    /** A small class with one of everything. */
    /** Two works of which one has a line more. */
    public static SimilarPair pair() {
        return new SimilarPair(
                new Work("ann", "ann/a.cu", "int a;\nint <b>;\nint c;\n"),
                new Work("bob", "bob/a.cu", "int b;\nint c;\n"),
                0.9,
                1,
                42,
                List.of(new MatchedRegion(new Lines(2, 3), new Lines(1, 2), 42)));
    }

    public static Gradebook small() {
        Student ann = new Student("ann", "Ann Lee", "ann@example.org", "alee", "A", "101", "900");
        Student bob = new Student("bob", "Bob Smith", "bob@example.org", "", "B", "102", "901");
        Student cem = Student.known("cem", "Cem", "");
        Decision decision = new Decision("bob", "op-softmax", 55.5, "appeal");
        Grade decided = new Grade(
                "op-softmax",
                State.GRADED,
                attempt("op-softmax", 40, Verdict.FAILED, START),
                List.of(
                        attempt("op-softmax", 0, Verdict.COMPILE_ERROR, START),
                        attempt("op-softmax", 40, Verdict.FAILED, START)),
                55.5,
                new Text("55.5 by decision: appeal", "人工裁定 55.5：appeal"),
                null,
                decision);
        Grade missing = new Grade(
                "op-softmax", State.MISSING, null, List.of(), 0, new Text("nothing handed in", "未提交"), null, null);
        return new Gradebook(
                "GPU 101",
                ZoneId.of("UTC"),
                Attempts.BEST,
                List.of(column("op-softmax", 2)),
                List.of(
                        new Row(ann, true, List.of(grade("op-softmax", 100, Verdict.PASSED, START))),
                        new Row(bob, true, List.of(decided)),
                        new Row(cem, true, List.of(missing))),
                List.of(),
                List.of());
    }

    /** Four assignments, some attempts each. */
    public static Gradebook large(int students) {
        Random random = new Random(1);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < students; i++) {
            Student student = Student.known(String.format("s%04d", i + 1), "Student Number " + (i + 1), "");
            List<Grade> grades = new ArrayList<>();
            for (String assignment : ASSIGNMENTS) {
                int earned = random.nextInt(3) == 0 ? 100 : random.nextInt(101);
                Verdict verdict = earned == 100 ? Verdict.PASSED : earned == 0 ? Verdict.COMPILE_ERROR : Verdict.FAILED;
                grades.add(grade(assignment, earned, verdict, START.plusSeconds(random.nextInt(10 * 86400))));
            }
            rows.add(new Row(student, true, grades));
        }
        List<Column> columns =
                ASSIGNMENTS.stream().map(id -> column(id, students)).toList();
        return new Gradebook("GPU 101", ZoneId.of("UTC"), Attempts.BEST, columns, rows, List.of(), List.of());
    }

    private static Column column(String id, int handedIn) {
        List<CheckColumn> checks = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            checks.add(new CheckColumn(
                    "H" + i,
                    new Text("Check " + i, "检查 " + i),
                    Visibility.HIDDEN,
                    5,
                    i == 12 ? 0 : handedIn * i / 13,
                    i / 13.0));
        }
        return new Column(
                id,
                new Text("Assignment " + id, "作业 " + id),
                100,
                START,
                handedIn,
                checks,
                new Spread(61.5, 70, 0, 100));
    }

    private static Grade grade(String assignment, int earned, Verdict verdict, Instant when) {
        Try attempt = attempt(assignment, earned, verdict, when);
        Text words = new Text(earned + " of 100", earned + " / 100");
        return new Grade(assignment, State.GRADED, attempt, List.of(attempt), earned, words, null, null);
    }

    private static Try attempt(String assignment, int earned, Verdict verdict, Instant when) {
        CheckStatus status = earned == 100 ? CheckStatus.PASSED : CheckStatus.FAILED;
        Graded graded = new Graded(
                "student",
                "",
                assignment,
                "ab".repeat(32),
                assignment + ".cu",
                when,
                false,
                when,
                new HarnessInfo("1", "c0ffee"),
                verdict,
                new Score(earned, 100),
                List.of(
                        new CheckLine("P1", Visibility.PUBLIC, CheckStatus.PASSED, Math.min(10, earned), 10),
                        new CheckLine("H1", Visibility.HIDDEN, status, Math.max(0, earned - 10), 90)),
                400,
                "results/student/" + assignment + "/abababababababab-c0ffee");
        return new Try(graded, earned, 0, 0, 0, new Text(earned + " of 100", earned + " / 100"));
    }
}
