package org.warpgrade.engine.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.warpgrade.assignments.Assignment.CheckSpec;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.bench.CheckRecord;
import org.warpgrade.engine.check.CheckFailure;
import org.warpgrade.engine.check.Diagnosis;
import org.warpgrade.engine.check.GradedCheck;
import org.warpgrade.engine.check.HarnessFault;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.gpu.Finding;

/** Listens to JUnit and turns what a check threw into what a student is told. */
final class Outcomes implements TestExecutionListener {

    private static final Text NOTHING = new Text("", "");

    private final Map<String, Long> started = new ConcurrentHashMap<>();
    private final Map<String, Ended> ended = new ConcurrentHashMap<>();

    private final CheckListener listener;

    Outcomes(CheckListener listener) {
        this.listener = listener;
    }

    private record Ended(@Nullable Throwable thrown, double millis) {}

    @Override
    public void executionStarted(TestIdentifier test) {
        String check = checkOf(test);
        if (check != null) {
            started.put(check, System.nanoTime());
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String check = checkOf(test);
        if (check != null) {
            double millis = (System.nanoTime() - started.getOrDefault(check, System.nanoTime())) / 1e6;
            ended.put(check, new Ended(result.getThrowable().orElse(null), millis));
            listener.ended();
        }
    }

    CheckOutcome of(CheckSpec check, CheckRecord record) {
        Ended end = ended.get(check.id());
        if (end == null) {
            return harness(check, record, new HarnessFault("JUnit did not run check " + check.id()), 0);
        }
        return switch (end.thrown()) {
            case null ->
                record.runs() == 0
                        ? harness(check, record, new HarnessFault("check " + check.id() + " ran nothing"), end.millis())
                        : told(check, record, CheckStatus.PASSED, NOTHING, null, end.millis());
            case CheckFailure failure ->
                told(check, record, failure.status(), failure.text(), failure.diagnosis(), end.millis());
            case AssertionError error ->
                told(check, record, CheckStatus.FAILED, plain(check, error), null, end.millis());
            case Throwable fault -> harness(check, record, fault, end.millis());
        };
    }

    /** The words of an ordinary assertion quote data, which a hidden check may not show. */
    private static Text plain(CheckSpec check, AssertionError error) {
        String message = error.getMessage() == null
                ? error.toString()
                : error.getMessage().strip();
        return check.visibility() == Visibility.PUBLIC
                ? new Text(message, message)
                : new Text("The property that this check tests does not hold.", "该检查所测试的性质不成立。");
    }

    private static CheckOutcome harness(CheckSpec check, CheckRecord record, Throwable fault, double millis) {
        String reason = fault instanceof HarnessFault ? String.valueOf(fault.getMessage()) : fault.toString();
        Text text = new Text(
                "The grader could not judge this check; this is not your fault: " + reason,
                "评分程序无法判定该检查，这不是你的问题：" + reason);
        CheckOutcome told = told(check, record, CheckStatus.HARNESS_ERROR, text, null, millis);
        return new CheckOutcome(told.result(), record, fault);
    }

    private static CheckOutcome told(
            CheckSpec check,
            CheckRecord record,
            CheckStatus status,
            Text text,
            @Nullable Diagnosis diagnosis,
            double millis) {
        int earned = status == CheckStatus.PASSED ? check.points() : 0;
        List<Finding> findings = new ArrayList<>(record.findings());
        CheckResult result = new CheckResult(
                check.id(),
                check.title(),
                check.family(),
                check.visibility(),
                check.points(),
                earned,
                status,
                text,
                diagnosis,
                findings,
                millis);
        return new CheckOutcome(result, record, null);
    }

    private static @Nullable String checkOf(TestIdentifier test) {
        return test.getSource().orElse(null) instanceof MethodSource method
                ? AnnotationSupport.findAnnotation(method.getJavaMethod(), GradedCheck.class)
                        .map(GradedCheck::value)
                        .orElse(null)
                : null;
    }
}
