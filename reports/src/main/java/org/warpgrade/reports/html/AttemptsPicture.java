package org.warpgrade.reports.html;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.warpgrade.engine.result.Attempt;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.Numbers;

/** The score from attempt to attempt: steps, because nothing happens between them. */
public final class AttemptsPicture {

    private static final double WIDTH = 760;
    private static final double HEIGHT = 150;
    private static final double LEFT = 44;
    private static final double TOP = 12;
    private static final double BOTTOM = 24;

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** One row of the table. */
    public record Line(String when, String score, String verdict) {}

    private AttemptsPicture() {}

    static List<Line> lines(List<Attempt> attempts, Messages messages) {
        return attempts.stream()
                .map(a -> new Line(
                        WHEN.format(a.when()),
                        a.score().earned() + " / " + a.score().possible(),
                        messages.text("verdict." + a.verdict().id())))
                .toList();
    }

    /** @param attempts two or more */
    static String draw(List<Attempt> attempts, Messages messages) {
        Attempt last = attempts.getLast();
        double best = attempts.stream().mapToDouble(Attempt::fraction).max().orElse(0);
        Svg svg = new Svg(
                WIDTH,
                HEIGHT,
                "attempts",
                messages.text(
                        "attempts.picture",
                        attempts.size(),
                        Numbers.percent(attempts.getFirst().fraction()),
                        Numbers.percent(last.fraction()),
                        Numbers.percent(best)));
        double step = (WIDTH - LEFT - 12) / attempts.size();
        for (double mark : new double[] {0, 0.5, 1}) {
            svg.line(
                    "M" + Svg.number(LEFT) + " " + Svg.number(y(mark)) + "H" + Svg.number(WIDTH - 12),
                    "rule",
                    "#d0d7de");
            svg.label(LEFT - 8, y(mark) + 4, "end", "axis", Numbers.percent(mark));
        }
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < attempts.size(); i++) {
            path.append(i == 0 ? 'M' : 'L')
                    .append(Svg.number(LEFT + i * step))
                    .append(' ')
                    .append(Svg.number(y(attempts.get(i).fraction())))
                    .append('H')
                    .append(Svg.number(LEFT + (i + 1) * step));
        }
        svg.line(path.toString(), "curve", "#0969da");
        svg.label(
                LEFT,
                HEIGHT - 6,
                "start",
                "axis",
                WHEN.format(attempts.getFirst().when()));
        svg.label(WIDTH - 12, HEIGHT - 6, "end", "axis", WHEN.format(last.when()));
        return svg.close();
    }

    private static double y(double fraction) {
        return TOP + (1 - fraction) * (HEIGHT - TOP - BOTTOM);
    }
}
