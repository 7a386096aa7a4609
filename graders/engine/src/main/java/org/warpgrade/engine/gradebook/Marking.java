package org.warpgrade.engine.gradebook;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.ClassPlan;
import org.warpgrade.assignments.ClassPlan.Attempts;
import org.warpgrade.assignments.ClassPlan.Decision;
import org.warpgrade.assignments.ClassPlan.Lateness;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.batch.Graded;
import org.warpgrade.engine.gradebook.Gradebook.Grade;
import org.warpgrade.engine.gradebook.Gradebook.State;
import org.warpgrade.engine.gradebook.Gradebook.Try;

/**
 * Turns one student's attempts into grades, assignment after assignment in the order of the deadlines, because late days that
 * one of them used up are gone for the next.
 */
final class Marking {

    private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

    private final ClassPlan plan;
    private final String student;
    private int lateDaysLeft;

    Marking(ClassPlan plan, String student) {
        this.plan = plan;
        this.student = student;
        this.lateDaysLeft = plan.lateDays();
    }

    /**
     * The grade of one assignment; uses up late days.
     *
     * @param attempts in the order they were handed in
     * @param ungraded whether a hand-in of it could not be graded
     */
    Grade grade(String assignment, List<Graded> attempts, boolean ungraded) {
        @Nullable Instant due = plan.due(student, assignment);
        Lateness late = plan.assignment(assignment).late();
        List<Try> tries =
                attempts.stream().map(attempt -> attempt(attempt, due, late)).toList();
        Optional<Try> counted = counted(tries);
        counted.ifPresent(attempt -> lateDaysLeft -= attempt.freeDays());
        Decision decision = plan.override(student, assignment).orElse(null);
        State state = counted.isPresent() ? State.GRADED : ungraded ? State.UNGRADED : State.MISSING;
        Text words = counted.map(Try::derivation).orElseGet(() -> nothing(state));
        double points = counted.map(Try::points).orElse(0.0);
        if (decision != null) {
            points = decision.points();
            words = decided(decision, words);
        }
        return new Grade(
                assignment,
                state,
                counted.orElse(null),
                tries,
                points,
                words,
                plan.extension(student, assignment).orElse(null),
                decision);
    }

    private Optional<Try> counted(List<Try> tries) {
        if (tries.isEmpty()) {
            return Optional.empty();
        }
        if (plan.attempts() == Attempts.LAST) {
            return Optional.of(tries.getLast());
        }
        // max keeps the last of equals, so the list is walked backwards to keep the first
        return tries.reversed().stream()
                .max(Comparator.comparingDouble(Try::points)
                        .thenComparing(Comparator.comparingInt(Try::freeDays).reversed()));
    }

    private Try attempt(Graded graded, @Nullable Instant due, Lateness late) {
        int earned = graded.score().earned();
        int possible = graded.score().possible();
        String of = earned + " of " + possible;
        String ofZh = earned + " / " + possible;
        Instant submitted = graded.submitted();
        if (due == null) {
            return new Try(graded, earned, 0, 0, 0, new Text(of, ofZh));
        }
        if (submitted == null) {
            Text words = graded.markedLate()
                    ? new Text(of + "; marked late, by how much is unknown: nothing is taken", ofZh + "；标记为迟交，时长未知：不扣分")
                    : new Text(of + "; hand-in time unknown", ofZh + "；提交时间未知");
            return new Try(graded, earned, 0, 0, 0, words);
        }
        Duration over = Duration.between(due, submitted);
        if (over.compareTo(late.grace()) <= 0) {
            Text words = over.isPositive()
                    ? new Text(of + "; " + span(over) + " late, within grace", ofZh + "；迟交 " + spanZh(over) + "，在宽限期内")
                    : new Text(of + "; in time", ofZh + "；按时");
            return new Try(graded, earned, Math.max(0, over.toSeconds()), 0, 0, words);
        }
        int days = (int) Math.ceilDiv(over.toSeconds(), DAY_SECONDS);
        return late(graded, over, Math.max(1, days), late, of, ofZh);
    }

    private Try late(Graded graded, Duration over, int days, Lateness late, String of, String ofZh) {
        int earned = graded.score().earned();
        String by = of + "; " + span(over) + " late, " + days + (days == 1 ? " day" : " days");
        String byZh = ofZh + "；迟交 " + spanZh(over) + "，计 " + days + " 天";
        if (days > late.mostDays()) {
            Text words =
                    new Text(by + "; more than " + late.mostDays() + ": 0", byZh + "；超过 " + late.mostDays() + " 天：0");
            return new Try(graded, 0, over.toSeconds(), days, 0, words);
        }
        if (late.percentPerDay() == 0 || earned == 0) {
            return new Try(graded, earned, over.toSeconds(), days, 0, new Text(by + "; costs nothing", byZh + "；不扣分"));
        }
        int free = Math.min(days, lateDaysLeft);
        double taken = Math.min(earned, earned * late.percentPerDay() / 100 * (days - free));
        double points = rounded(earned - taken);
        String freeWords = free == 0 ? "" : "; " + free + " of " + lateDaysLeft + " late days used";
        String freeWordsZh = free == 0 ? "" : "；使用 " + lateDaysLeft + " 个宽限日中的 " + free + " 个";
        String sum = earned + " − " + (days - free) + " × " + number(late.percentPerDay()) + " % = " + number(points);
        Text words = new Text(by + freeWords + "; " + sum, byZh + freeWordsZh + "；" + sum);
        return new Try(graded, points, over.toSeconds(), days, free, words);
    }

    private static Text nothing(State state) {
        return state == State.UNGRADED
                ? new Text("could not be graded yet; counts neither way", "尚无法评分；不计入")
                : new Text("nothing handed in", "未提交");
    }

    private static Text decided(Decision decision, Text graded) {
        String points = number(decision.points());
        return new Text(
                points + " by decision: " + decision.reason() + " (graded: " + graded.en() + ")",
                "人工裁定 " + points + "：" + decision.reason() + "（评分：" + graded.zh() + "）");
    }

    /** {@code 1 d 3 h}, {@code 14 min}. */
    private static String span(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d" + (time.toHoursPart() > 0 ? " " + time.toHoursPart() + " h" : "");
        }
        return time.toHours() > 0
                ? time.toHours() + " h" + (time.toMinutesPart() > 0 ? " " + time.toMinutesPart() + " min" : "")
                : Math.max(1, time.toMinutes()) + " min";
    }

    private static String spanZh(Duration time) {
        return span(time).replace(" d", " 天").replace(" h", " 小时").replace(" min", " 分钟");
    }

    /** Points have at most two decimals, as Canvas shows them. */
    static double rounded(double points) {
        return BigDecimal.valueOf(points).setScale(2, RoundingMode.HALF_UP).doubleValue();
    }

    static String number(double value) {
        return BigDecimal.valueOf(value)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
