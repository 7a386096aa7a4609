package org.warpgrade.engine.performance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment.Performance;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.result.GradingResult.KernelPoint;
import org.warpgrade.engine.result.GradingResult.PerformanceInfo;
import org.warpgrade.engine.result.GradingResult.Roof;
import org.warpgrade.engine.result.GradingResult.SpeedPoints;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.timing.GpuState;
import org.warpgrade.gpu.timing.Measurement;
import org.warpgrade.gpu.timing.Measurement.Compared;
import org.warpgrade.gpu.timing.Peaks;
import org.warpgrade.gpu.timing.Work;

/** From a measured speed to points and to what a report shows. */
public final class SpeedGrade {

    private SpeedGrade() {}

    /** The points of a submission that was not timed because this device has no clock that counts. */
    public static SpeedPoints withoutGpu(Performance performance) {
        return notAssessed(
                performance,
                new Text(
                        "Points for speed exist only on the cuda device; they are not assessed here and not part of the score.",
                        "性能分只在 cuda 设备上评定；此处不评定，也不计入总分。"));
    }

    /** The points of a submission that did not pass its checks. */
    public static SpeedPoints wrongAnswers(Performance performance) {
        return new SpeedPoints(
                0, performance.points(), true, new Text("Speed is measured once all checks pass.", "所有检查通过后才会测量性能。"));
    }

    /** The points of what was timed. What is nobody's fault costs nobody anything. */
    public static SpeedPoints points(Performance performance, Speed speed) {
        return switch (speed) {
            case Speed.NotTimed(Text why) -> notAssessed(performance, why);
            case Speed.Timed timed ->
                switch (timed.measurement()) {
                    case Compared compared ->
                        new SpeedPoints(
                                performance.earned(timed.fraction()),
                                performance.points(),
                                true,
                                words(performance, timed, compared));
                    case Measurement.Refused refused ->
                        refused.who().equals(Speed.REFERENCE)
                                ? notAssessed(performance, ours(refused.words()))
                                : new SpeedPoints(0, performance.points(), true, words(refused));
                    case Measurement.Unsteady unsteady ->
                        notAssessed(
                                performance,
                                unsteady.reason() == Measurement.Unsteady.Reason.TOO_SLOW
                                        ? new Text(
                                                "Not assessed: " + unsteady.words() + ".",
                                                "未评定：" + unsteady.words() + "。")
                                        : new Text(
                                                "Not assessed, the GPU was not steady: " + unsteady.words() + ".",
                                                "未评定，GPU 状态不稳定：" + unsteady.words() + "。"));
                    case Measurement.Ended ended -> ended(performance, ended);
                };
        };
    }

    private static SpeedPoints ended(Performance performance, Measurement.Ended ended) {
        boolean theirs = !ended.who().equals(Speed.REFERENCE)
                && (ended.outcome() instanceof RunOutcome.Faulted || ended.outcome() instanceof RunOutcome.TimedOut);
        String why = switch (ended.outcome()) {
            case RunOutcome.Completed completed ->
                completed.trace().findings().stream()
                        .map(f -> f.message())
                        .findFirst()
                        .orElse("it completed");
            case RunOutcome.Faulted faulted -> faulted.fault().message();
            case RunOutcome.TimedOut late -> late.where().message();
            case RunOutcome.NoSuchEntry missing -> missing.message();
            case RunOutcome.Unsupported unsupported -> unsupported.message();
            case RunOutcome.DeviceLost lost -> lost.message();
        };
        return theirs
                ? new SpeedPoints(
                        0,
                        performance.points(),
                        true,
                        new Text(
                                "It did not get through the problem that is timed: " + why + ".",
                                "未能完成计时用的问题：" + why + "。"))
                : notAssessed(performance, ours(why));
    }

    private static Text ours(String why) {
        return new Text("Not assessed, the measurement itself failed: " + why + ".", "未评定，测量本身失败：" + why + "。");
    }

    private static SpeedPoints notAssessed(Performance performance, Text why) {
        return new SpeedPoints(0, performance.points(), false, why);
    }

    private static Text words(Measurement.Refused refused) {
        return switch (refused.reason()) {
            case WRONG_OUTPUT ->
                new Text(
                        "No time counts: when it was timed, " + refused.words() + ".",
                        "计时无效：计时时的输出与参考实现对相同输入的结果不符（" + refused.words() + "）。");
            case FASTER_THAN_FLOOR ->
                new Text("No time counts: " + refused.words() + ".", "计时无效：快于该 GPU 的物理极限（" + refused.words() + "）。");
            case HOST_WORK ->
                new Text("No time counts: " + refused.words() + ".", "计时无效：入口函数在两次启动之间把结果拷回主机，主机上的工作无法公平计时。");
        };
    }

    private static Text words(Performance performance, Speed.Timed timed, Compared compared) {
        boolean memory = timed.problem().kind() == TimedProblem.Kind.MEM;
        String percent = number("%.0f", 100 * timed.fraction());
        String pass = number("%.0f", 100 * performance.pass());
        String full = number("%.0f", 100 * performance.full());
        String ratio = number("%.2f", compared.ratio().median());
        String interval = number("%.2f", compared.ratio().low()) + "–"
                + number("%.2f", compared.ratio().high());
        String micros = number("%.1f", compared.candidate().micros().median());
        String en = micros + " µs, " + percent + " % of what a " + (memory ? "copy" : "multiply-add")
                + " kernel reached here in the same run" + " (half of the points at " + pass + " %, all at " + full
                + " %); ";
        String zh = micros + " µs，达到同次运行中" + (memory ? "拷贝" : "乘加") + "内核实测速度的 " + percent + "%（" + pass + "% 得一半分，"
                + full + "% 得满分）；";
        return switch (compared.standing()) {
            case FASTER ->
                new Text(
                        en + ratio + " (" + interval + ") of the reference's time.",
                        zh + "用时为参考实现的 " + ratio + " 倍（" + interval + "）。");
            case SLOWER ->
                new Text(
                        en + ratio + " (" + interval + ") times as long as the reference.",
                        zh + "用时为参考实现的 " + ratio + " 倍（" + interval + "）。");
            case NOT_DISTINGUISHABLE ->
                new Text(
                        en + "not distinguishable from the reference (" + interval + " of its time).",
                        zh + "与参考实现无法区分（用时之比 " + interval + "）。");
        };
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** Why there is no time that counts; empty where there is one. */
    public static Text withoutTime(Speed speed) {
        Performance nothing = new Performance("NONE", "", 0, 0);
        return speed instanceof Speed.Timed timed && timed.measurement() instanceof Compared
                ? new Text("", "")
                : points(nothing, speed).message();
    }

    /** What a report shows of a measurement, and of points where there are some. */
    public static PerformanceInfo measured(
            Speed.Timed timed, @Nullable ProblemCount count, @Nullable SpeedPoints points) {
        TimedProblem problem = timed.problem();
        Peaks peaks = timed.peaks();
        Map<String, Double> metrics = metrics(timed);
        if (count != null) {
            metrics.put("launches", (double) count.launches());
            metrics.put("scratchBytes", (double) count.scratchBytes());
        }
        Map<String, Double> flops = new LinkedHashMap<>();
        flops.put("fp32", peaks.fp32PerSecond());
        flops.put("tensor", peaks.tensorPerSecond());
        Roof roof = new Roof(timed.gpu(), "", peaks.bytesPerSecond(), flops);
        return new PerformanceInfo(
                "measured", metrics, problem.label(), List.of(roof), List.of(whole(timed, roof, count)), points);
    }

    /** All launches of the problem as one point under the roof. */
    private static KernelPoint whole(Speed.Timed timed, Roof roof, @Nullable ProblemCount count) {
        TimedProblem problem = timed.problem();
        Work work = problem.work();
        double bytes = (double) work.readBytes() + work.writtenBytes();
        // Of a problem that moves data the operations are known as counted on a smaller one, for each byte that moves.
        double flops = problem.kind() == TimedProblem.Kind.CMP
                ? problem.amount()
                : count == null || count.total().compulsoryBytes() == 0
                        ? 0
                        : count.total().flops() / count.total().compulsoryBytes() * bytes;
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("floorMicros." + roof.gpu(), work.floorMicros(timed.peaks()));
        if (timed.measurement() instanceof Compared compared) {
            metrics.put("medianMicros", compared.candidate().micros().median());
        }
        String entry = problem.calls().getFirst().entry();
        return new KernelPoint(entry, entry, flops == 0 ? "" : "fp32", flops, bytes, bytes, metrics);
    }

    /** Numbers by name, for {@code result.json} and saved runs of {@code bench}. */
    public static Map<String, Double> metrics(Speed.Timed timed) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        Peaks peaks = timed.peaks();
        if (timed.measurement() instanceof Compared compared) {
            metrics.put("medianMicros", compared.candidate().micros().median());
            metrics.put("lowMicros", compared.candidate().micros().low());
            metrics.put("highMicros", compared.candidate().micros().high());
            metrics.put("referenceMicros", compared.reference().micros().median());
            metrics.put("timeToReference", compared.ratio().median());
            metrics.put("timeToReferenceLow", compared.ratio().low());
            metrics.put("timeToReferenceHigh", compared.ratio().high());
            metrics.put(
                    "fractionOfPeak",
                    timed.problem().fraction(compared.candidate().micros().median(), peaks));
            metrics.put("floorMicros", compared.floorMicros());
            metrics.put("fractionOfFloor", compared.fractionOfFloor());
            metrics.put("pairs", (double) compared.candidate().samples().size());
            state(metrics, compared.after());
        }
        metrics.put("copyBytesPerSecond", peaks.bytesPerSecond());
        metrics.put("fp32PerSecond", peaks.fp32PerSecond());
        metrics.put("tensorPerSecond", peaks.tensorPerSecond());
        return metrics;
    }

    private static void state(Map<String, Double> metrics, GpuState state) {
        if (!state.equals(GpuState.unknown())) {
            metrics.put("smClockMhz", (double) state.smClockMhz());
            metrics.put("memoryClockMhz", (double) state.memoryClockMhz());
            metrics.put("temperature", (double) state.temperature());
            metrics.put("watts", state.watts());
        }
    }
}
