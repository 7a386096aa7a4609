package org.warpgrade.engine.batch;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.handin.HandIn;
import org.warpgrade.engine.handin.Student;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.engine.result.GradingResult.DeviceInfo;
import org.warpgrade.engine.result.GradingResult.HarnessInfo;
import org.warpgrade.engine.result.GradingResult.Score;
import org.warpgrade.engine.result.GradingResult.SubmissionInfo;
import org.warpgrade.engine.result.Verdict;

/** Jobs and results without a device. */
public final class Fakes {

    private static final Text NOTHING = new Text("", "");

    private Fakes() {}

    /** A job of a student whose file's bytes are told apart by one letter. */
    public static Job job(String student, String assignment, char content, @Nullable Instant submitted) {
        String sha = Character.toString(content).repeat(64);
        Path file = Path.of(student, content + ".cu");
        HandIn handIn = new HandIn(
                Student.known(student, "Name of " + student, ""), file, file.toString(), submitted, false, assignment);
        return new Job(handIn, assignment, sha);
    }

    public static Job job(String student, char content) {
        return job(student, "op-softmax", content, null);
    }

    public static GradingResult result(JobGrader.Order order, Verdict verdict, int earned, String commit) {
        String name = order.file().getFileName().toString();
        CheckStatus first = earned > 0 ? CheckStatus.PASSED : CheckStatus.FAILED;
        CheckStatus second = earned == 100 ? CheckStatus.PASSED : CheckStatus.FAILED;
        return new GradingResult(
                GradingResult.SCHEMA,
                order.assignment(),
                NOTHING,
                new SubmissionInfo(name, name.substring(0, 1).repeat(64), "// text"),
                verdict,
                new Score(verdict == Verdict.HARNESS_ERROR ? 0 : earned, verdict == Verdict.HARNESS_ERROR ? 0 : 100),
                new DeviceInfo("cpu", "fake"),
                order.seed(),
                "fake",
                new HarnessInfo("1", commit),
                List.of(),
                List.of(
                        check("P1", Visibility.PUBLIC, first, Math.min(40, earned), 40),
                        check("H1", Visibility.HIDDEN, second, Math.max(0, earned - 40), 60)),
                List.of(),
                null,
                "",
                verdict == Verdict.HARNESS_ERROR ? new Text("the device is gone", "设备丢失") : NOTHING,
                Map.of("checks", 10.0));
    }

    private static CheckResult check(String id, Visibility visibility, CheckStatus status, int earned, int points) {
        return new CheckResult(
                id, new Text(id, id), "family", visibility, points, earned, status, NOTHING, null, List.of(), 1);
    }

    /** What a grading of that job would be stored as. */
    public static Graded graded(Job job, Verdict verdict, int earned) {
        GradingResult result =
                result(new JobGrader.Order(job.handIn().file(), job.assignment(), 1), verdict, earned, "c0ffee");
        return Graded.of(job, result, Instant.parse("2026-11-22T06:00:00Z"))
                .in("results/" + job.handIn().student().id() + "/" + job.assignment() + "/"
                        + job.sha256().charAt(0));
    }

    /** Writes down what it hears. */
    static final class Heard implements BatchListener {
        final List<String> graded = new ArrayList<>();
        final List<Fault> faults = new ArrayList<>();
        int already = -1;

        @Override
        public void started(int jobs, int done) {
            already = done;
        }

        @Override
        public void graded(Graded one) {
            graded.add(one.student());
        }

        @Override
        public void failed(Fault fault) {
            faults.add(fault);
        }

        @Override
        public void waiting(int jobs) {}
    }
}
