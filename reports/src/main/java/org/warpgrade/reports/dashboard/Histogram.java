package org.warpgrade.reports.dashboard;

import java.util.ArrayList;
import java.util.List;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.html.Svg;

/**
 * How points are spread: ten equal ranges from nothing to everything, the full marks in a range of their own.
 *
 * @param bins from low to high
 */
public record Histogram(List<Bin> bins) {

    private static final int RANGES = 10;
    private static final double WIDTH = 520;
    private static final double HEIGHT = 150;
    private static final double BASE = HEIGHT - 22;
    private static final double TOP = 18;

    /** One range: its words, {@code 20–29 %}, and how many are in it. */
    public record Bin(String words, int count) {}

    /** @param possible what is full marks */
    static Histogram of(double[] points, double possible) {
        int[] counts = new int[RANGES + 1];
        for (double value : points) {
            double part = possible == 0 ? 0 : value / possible;
            int bin = part >= 1 ? RANGES : Math.clamp((int) (part * RANGES), 0, RANGES - 1);
            counts[bin]++;
        }
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < RANGES; i++) {
            bins.add(new Bin(i * 10 + "–" + (i * 10 + 9) + " %", counts[i]));
        }
        bins.add(new Bin("100 %", counts[RANGES]));
        return new Histogram(List.copyOf(bins));
    }

    String picture(Messages messages) {
        int most = Math.max(1, bins.stream().mapToInt(Bin::count).max().orElse(1));
        StringBuilder all = new StringBuilder();
        bins.forEach(bin -> all.append(all.isEmpty() ? "" : ", ")
                .append(bin.words())
                .append(": ")
                .append(bin.count()));
        Svg svg = new Svg(WIDTH, HEIGHT, "histogram", messages.text("dashboard.histogram", all));
        double step = WIDTH / bins.size();
        for (int i = 0; i < bins.size(); i++) {
            Bin bin = bins.get(i);
            double height = (BASE - TOP) * bin.count() / most;
            String css = i == bins.size() - 1 ? "bar-full" : "bar";
            String fill = i == bins.size() - 1 ? "#2da44e" : "#5b4bd6";
            svg.rectangle(
                    i * step + 3, BASE - height, step - 6, height, 3, css, fill, bin.words() + ": " + bin.count());
            if (bin.count() > 0) {
                svg.label(i * step + step / 2, BASE - height - 5, "middle", "axis", Integer.toString(bin.count()));
            }
            svg.label(
                    i * step + step / 2,
                    HEIGHT - 6,
                    "middle",
                    "axis",
                    i == bins.size() - 1 ? "100 %" : Integer.toString(i * 10));
        }
        svg.rectangle(0, BASE, WIDTH, 1, 0, "axis-line", "#8c959f");
        return svg.close();
    }
}
