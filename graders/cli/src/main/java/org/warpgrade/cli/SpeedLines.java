package org.warpgrade.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.engine.performance.Speed;
import org.warpgrade.engine.performance.TimedProblem;
import org.warpgrade.gpu.timing.GpuState;
import org.warpgrade.gpu.timing.Interval;
import org.warpgrade.gpu.timing.Measurement.Compared;
import org.warpgrade.gpu.timing.Peaks;
import org.warpgrade.reports.Inert;

/** What {@code bench} tells of times: files side by side, each with its interval and its ratio to the reference. */
final class SpeedLines {

    private final Messages messages;

    SpeedLines(Messages messages) {
        this.messages = messages;
    }

    /** @param timed by file name; all of them were compared */
    List<String> of(Assignment assignment, Map<String, Speed.Timed> timed) {
        List<String> heading = new ArrayList<>();
        heading.add("");
        timed.keySet().forEach(file -> heading.add(Inert.text(file)));
        List<Speed.Timed> columns = List.copyOf(timed.values());
        Speed.Timed first = columns.getFirst();
        boolean memory = first.problem().kind() == TimedProblem.Kind.MEM;
        BenchTable table = new BenchTable(heading);
        row(
                table,
                "time",
                columns,
                t -> number("%.2f µs", compared(t).candidate().micros().median()));
        row(
                table,
                "interval",
                columns,
                t -> range("%.2f", compared(t).candidate().micros()));
        row(table, "ratio", columns, t -> number("%.3f", compared(t).ratio().median()));
        row(table, "interval", columns, t -> range("%.3f", compared(t).ratio()));
        row(
                table,
                "standing",
                columns,
                t -> messages.text("bench.standing." + compared(t).standing()));
        row(
                table,
                memory ? "ofCopy" : "ofFma",
                columns,
                t -> number(
                        "%.0f %%",
                        100
                                * t.problem()
                                        .fraction(
                                                compared(t).candidate().micros().median(), t.peaks())));
        row(table, "ofFloor", columns, t -> number("%.0f %%", 100 * compared(t).fractionOfFloor()));
        row(
                table,
                "pairs",
                columns,
                t -> number("%.0f", compared(t).candidate().samples().size()));
        if (assignment.performance().points() > 0) {
            row(
                    table,
                    "points",
                    columns,
                    t -> assignment.performance().earned(t.fraction()) + "/"
                            + assignment.performance().points());
        }
        List<String> lines = new ArrayList<>();
        lines.add(assignment.id() + " · " + first.problem().label());
        lines.addAll(table.lines());
        lines.add("  " + ground(first));
        return lines;
    }

    private String ground(Speed.Timed timed) {
        Peaks peaks = timed.peaks();
        GpuState state = compared(timed).after();
        String ground = messages.text(
                "bench.measured",
                Inert.text(timed.gpu()),
                number("%.0f", peaks.bytesPerSecond() / 1e9),
                number("%.1f", peaks.fp32PerSecond() / 1e12));
        return state.equals(GpuState.unknown())
                ? ground
                : ground + " "
                        + messages.text(
                                "bench.state", state.smClockMhz(), state.temperature(), number("%.0f", state.watts()));
    }

    private static Compared compared(Speed.Timed timed) {
        return (Compared) timed.measurement();
    }

    private void row(BenchTable table, String key, List<Speed.Timed> columns, Function<Speed.Timed, String> cell) {
        table.row(messages.text("bench." + key), columns.stream().map(cell).toList());
    }

    private static String range(String format, Interval interval) {
        return number(format, interval.low()) + "–" + number(format, interval.high());
    }

    private static String number(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "–";
    }
}
