package org.warpgrade.reports.html;

import java.util.List;
import java.util.Locale;
import org.warpgrade.engine.result.GradingResult.KernelPoint;
import org.warpgrade.engine.result.GradingResult.PerformanceInfo;
import org.warpgrade.engine.result.GradingResult.Roof;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.Numbers;

/** The roof of one GPU with each kernel under it: where its floor is, and how far away it runs. Both axes are logarithmic. */
final class RooflinePicture {

    private static final double WIDTH = 760;
    private static final double HEIGHT = 320;
    private static final double LEFT = 88;
    private static final double TOP = 14;
    private static final double RIGHT = 16;
    private static final double BOTTOM = 44;

    /** Operations per byte: from copying to matrix products of thousands of rows. */
    private static final double LEAST_INTENSITY = 1.0 / 32;

    private static final double MOST_INTENSITY = 1024;

    private final PerformanceInfo performance;
    private final Roof roof;
    private final Messages messages;
    private final double highest;
    private final double lowest;

    private RooflinePicture(PerformanceInfo performance, Roof roof, Messages messages) {
        this.performance = performance;
        this.roof = roof;
        this.messages = messages;
        this.highest = roof.flopsPerSecond().values().stream()
                        .mapToDouble(v -> v)
                        .max()
                        .orElse(1)
                * 2;
        this.lowest = Math.min(
                attainable(LEAST_INTENSITY, highest) / 4,
                points().stream()
                                .mapToDouble(p -> achieved(p))
                                .filter(v -> v > 0)
                                .min()
                                .orElse(highest)
                        / 2);
    }

    /** Whether there is a roof and a kernel with operations to put under it. */
    static boolean possible(PerformanceInfo performance) {
        return !performance.roofs().isEmpty() && performance.kernels().stream().anyMatch(RooflinePicture::hasPlace);
    }

    static String draw(PerformanceInfo performance, Roof roof, Messages messages) {
        return new RooflinePicture(performance, roof, messages).draw();
    }

    /** Microseconds that a kernel takes, measured or modelled; NaN where unknown. */
    static double micros(KernelPoint kernel, Roof roof) {
        return first(kernel, "medianMicros." + roof.gpu(), "medianMicros", "busyMicros." + roof.gpu());
    }

    /** Microseconds below which no kernel can do this work on that GPU; NaN where unknown. */
    static double floorMicros(KernelPoint kernel, Roof roof) {
        return first(kernel, "floorMicros." + roof.gpu());
    }

    private static double first(KernelPoint kernel, String... names) {
        for (String name : names) {
            Double value = kernel.metrics().get(name);
            if (value != null) {
                return value;
            }
        }
        return Double.NaN;
    }

    private static boolean hasPlace(KernelPoint kernel) {
        return kernel.flops() > 0 && kernel.compulsoryBytes() > 0;
    }

    private List<KernelPoint> points() {
        return performance.kernels().stream().filter(RooflinePicture::hasPlace).toList();
    }

    private double achieved(KernelPoint kernel) {
        double micros = micros(kernel, roof);
        return micros > 0 ? kernel.flops() / micros * 1e6 : 0;
    }

    private double attainable(double intensity, double peak) {
        return Math.min(peak, intensity * roof.bytesPerSecond());
    }

    private String draw() {
        StringBuilder words = new StringBuilder(messages.text("roofline.alt", roof.gpu()));
        for (KernelPoint kernel : points()) {
            words.append(' ')
                    .append(messages.text(
                            "roofline.alt.kernel",
                            kernel.displayName(),
                            Numbers.rough(kernel.intensity()),
                            Numbers.rough(micros(kernel, roof) / floorMicros(kernel, roof))));
        }
        Svg svg = new Svg(WIDTH, HEIGHT, "roofline", words.toString());
        axes(svg);
        roof.flopsPerSecond().forEach((type, peak) -> roofOf(svg, type, peak));
        int number = 1;
        for (KernelPoint kernel : points()) {
            place(svg, kernel, number++);
        }
        return svg.close();
    }

    private void axes(Svg svg) {
        for (double intensity = LEAST_INTENSITY; intensity <= MOST_INTENSITY; intensity *= 8) {
            svg.line("M" + at(x(intensity), TOP) + "V" + Svg.number(HEIGHT - BOTTOM), "rule", "#d0d7de");
            String label = intensity < 1 ? "1/" + Math.round(1 / intensity) : String.valueOf(Math.round(intensity));
            svg.label(x(intensity), HEIGHT - BOTTOM + 16, "middle", "axis", label);
        }
        for (double flops = Math.pow(10, Math.ceil(Math.log10(lowest))); flops <= highest; flops *= 10) {
            svg.line("M" + at(LEFT, y(flops)) + "H" + Svg.number(WIDTH - RIGHT), "rule", "#d0d7de");
            svg.label(LEFT - 8, y(flops) + 4, "end", "axis", perSecond(flops));
        }
        svg.label((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, "middle", "axis", messages.text("roofline.x"));
    }

    private void roofOf(Svg svg, String type, double peak) {
        boolean used = points().stream().anyMatch(kernel -> kernel.type().equals(type));
        double ridge = Math.clamp(peak / roof.bytesPerSecond(), LEAST_INTENSITY, MOST_INTENSITY);
        svg.line(
                "M" + at(x(LEAST_INTENSITY), y(attainable(LEAST_INTENSITY, peak)))
                        + "L" + at(x(ridge), y(attainable(ridge, peak)))
                        + "H" + Svg.number(WIDTH - RIGHT),
                used ? "roof used" : "roof",
                used ? "#0969da" : "#8c959f");
        svg.label(WIDTH - RIGHT, y(peak) - 5, "end", "axis", type);
    }

    /** A ring on the roof, a disc where the kernel runs, and the way between. */
    private void place(Svg svg, KernelPoint kernel, int number) {
        double intensity = Math.clamp(kernel.intensity(), LEAST_INTENSITY, MOST_INTENSITY);
        double floor = floorMicros(kernel, roof);
        double ceiling = floor > 0
                ? kernel.flops() / floor * 1e6
                : attainable(intensity, roof.flopsPerSecond().getOrDefault(kernel.type(), highest));
        double x = x(intensity);
        svg.circle(x, y(ceiling), 5, "roof-point", "#0969da");
        double achieved = achieved(kernel);
        if (achieved > 0) {
            svg.line("M" + at(x, y(ceiling)) + "V" + Svg.number(y(achieved)), "distance", "#cf222e");
            svg.disc(x, y(achieved), 5, "run-point", "#cf222e", kernel.displayName());
        }
        svg.label(x + 9, y(achieved > 0 ? achieved : ceiling) + 4, "start", "axis", String.valueOf(number));
    }

    private static String perSecond(double flops) {
        return flops >= 1e12
                ? String.format(Locale.ROOT, "%.0f TFLOP/s", flops / 1e12)
                : flops >= 1e9
                        ? String.format(Locale.ROOT, "%.0f GFLOP/s", flops / 1e9)
                        : String.format(Locale.ROOT, "%.0f MFLOP/s", flops / 1e6);
    }

    private static String at(double x, double y) {
        return Svg.number(x) + " " + Svg.number(y);
    }

    private double x(double intensity) {
        double part = Math.log(intensity / LEAST_INTENSITY) / Math.log(MOST_INTENSITY / LEAST_INTENSITY);
        return LEFT + part * (WIDTH - LEFT - RIGHT);
    }

    private double y(double flops) {
        double part = Math.log(flops / lowest) / Math.log(highest / lowest);
        return HEIGHT - BOTTOM - Math.clamp(part, 0, 1) * (HEIGHT - TOP - BOTTOM);
    }
}
