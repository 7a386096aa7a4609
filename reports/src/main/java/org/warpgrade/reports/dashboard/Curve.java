package org.warpgrade.reports.dashboard;

import java.util.List;
import org.warpgrade.reports.html.Svg;

/**
 * A line over equal steps: attempts, days.
 *
 * @param points from left to right
 */
public record Curve(List<Point> points) {

    private static final double WIDTH = 520;
    private static final double HEIGHT = 130;
    private static final double LEFT = 34;
    private static final double RIGHT = 16;
    private static final double TOP = 14;
    private static final double BASE = HEIGHT - 22;
    private static final int MOST_LABELS = 9;

    /** One step: its name, its value, and of how many it tells. */
    public record Point(String name, double value, int count) {}

    /** @param top the value at the upper edge */
    String picture(String description, double top) {
        Svg svg = new Svg(WIDTH, HEIGHT, "curve", description);
        svg.rectangle(LEFT, BASE, WIDTH - LEFT - RIGHT, 1, 0, "axis-line", "#8c959f");
        svg.rectangle(LEFT, TOP, WIDTH - LEFT - RIGHT, 0.6, 0, "axis-line", "#d0d7de");
        svg.label(LEFT - 5, TOP + 4, "end", "axis", Svg.number(top));
        svg.label(LEFT - 5, BASE + 4, "end", "axis", "0");
        int every = Math.max(1, Math.ceilDiv(points.size(), MOST_LABELS));
        StringBuilder area =
                new StringBuilder("M").append(Svg.number(x(0))).append(' ').append(Svg.number(BASE));
        for (int i = 0; i < points.size(); i++) {
            area.append('L').append(Svg.number(x(i))).append(' ').append(Svg.number(y(i, top)));
        }
        area.append('L')
                .append(Svg.number(x(points.size() - 1)))
                .append(' ')
                .append(Svg.number(BASE))
                .append('Z');
        svg.path(area.toString(), "area", "#ddd8f8");
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            String tip = point.name() + ": " + Svg.number(point.value()) + " (" + point.count() + ")";
            svg.rectangle(x(i) - 3, y(i, top) - 3, 6, 6, 3, "dot", "#5b4bd6", tip);
            if (i % every == 0) {
                svg.label(x(i), HEIGHT - 6, "middle", "axis", point.name());
            }
        }
        return svg.close();
    }

    private double x(int i) {
        double room = WIDTH - LEFT - RIGHT - 40;
        return LEFT + 20 + (points.size() == 1 ? room / 2 : room * i / (points.size() - 1));
    }

    private double y(int i, double top) {
        return BASE - (BASE - TOP) * Math.min(1, points.get(i).value() / top);
    }
}
