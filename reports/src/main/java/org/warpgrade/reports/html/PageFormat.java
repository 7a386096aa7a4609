package org.warpgrade.reports.html;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.check.CheckWords;
import org.warpgrade.engine.check.Diagnosis;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.engine.result.GradingResult.KernelInfo;
import org.warpgrade.engine.result.GradingResult.KernelPoint;
import org.warpgrade.engine.result.GradingResult.OccupancyInfo;
import org.warpgrade.engine.result.GradingResult.Roof;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.Mistakes;
import org.warpgrade.reports.Numbers;
import org.warpgrade.reports.Story;

/** What the templates ask for beyond the result itself: numbers and texts as they are shown, and pictures. */
public final class PageFormat {

    private final GradingResult result;
    private final Messages messages;
    private final List<SourceListing.Line> source;
    private final Mistakes mistakes;

    PageFormat(GradingResult result, Messages messages, List<SourceListing.Line> source) {
        this.result = result;
        this.messages = messages;
        this.source = source;
        this.mistakes = Mistakes.of(result);
    }

    public String text(Text text) {
        return text.in(messages.language());
    }

    /** What a device or the compiler said, in the language of the page. */
    public String said(String english) {
        return messages.said(english);
    }

    /** With a capital first letter: causes are written as the end of a sentence. */
    public String sentence(Text text) {
        return capital(text(text));
    }

    public String capital(String words) {
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** How far off the worst element is; empty where a number says nothing. */
    public String worst(Diagnosis diagnosis, boolean roundedDown) {
        double ratio = diagnosis.worstRatio();
        String key = roundedDown ? "diagnosis.worst.more" : "diagnosis.worst.value";
        return Double.isFinite(ratio) && ratio > 1 ? messages.text(key, Numbers.grouped(ratio)) : "";
    }

    /** Whether a failed check keeps its data from the reader. */
    public boolean hidesData() {
        return result.checks().stream().anyMatch(c -> c.visibility() == Visibility.HIDDEN && open(c));
    }

    public String plain(double value) {
        return Numbers.plain(value);
    }

    public String rough(double value) {
        return Numbers.rough(value);
    }

    public String percent(double fraction) {
        return Numbers.percent(fraction);
    }

    public String duration(double millis) {
        return Numbers.duration(millis);
    }

    public String coordinate(Diagnosis diagnosis) {
        return Numbers.coordinate(diagnosis.tensor(), diagnosis.coordinate());
    }

    public String share(Diagnosis diagnosis) {
        double fraction = diagnosis.total() == 0 ? 0 : (double) diagnosis.wrong() / diagnosis.total();
        if (fraction > 0.99 && fraction < 1) {
            return "> 99 %";
        }
        return fraction > 0 && fraction < 0.01 ? "< 1 %" : Numbers.percent(fraction);
    }

    public long passedChecks() {
        return result.checks().stream()
                .filter(c -> c.status() == CheckStatus.PASSED)
                .count();
    }

    /** The first check that a student should look at; null if all is well. */
    public @Nullable CheckResult firstFailure() {
        return result.checks().stream().filter(PageFormat::open).findFirst().orElse(null);
    }

    /** Whether a check's story is shown without asking: the first of each mistake is. */
    public boolean isOpen(CheckResult check) {
        return open(check) && mistakes.toldBy(check) == null;
    }

    /** The id of an earlier check with the same mistake; empty if there is none. */
    public String sameAs(CheckResult check) {
        String first = mistakes.toldBy(check);
        return first == null ? "" : first;
    }

    /** Whether no check was run: then the source says more than a list of checks. */
    public boolean nothingRan() {
        return result.checks().stream().allMatch(c -> c.status() == CheckStatus.NOT_ASSESSED);
    }

    /** The message of a check as far as the page shows it in no other form. */
    public String lead(CheckResult check) {
        return Story.lead(check, messages);
    }

    /** The lines around a location in the submitted file, for reading a finding without scrolling; empty elsewhere. */
    public List<SourceListing.Line> excerpt(@Nullable SourceLocation at) {
        return at != null && inSource(at) ? SourceListing.around(source, at.line()) : List.of();
    }

    /** The columns of counters beside the source; empty if nothing was counted. */
    public List<SourceListing.Column> marginColumns() {
        return SourceListing.columns(source);
    }

    /** Who wrote an element, in the language of the page. */
    public String writer(String writer) {
        return CheckWords.writer(writer).in(messages.language());
    }

    /** A family of cases in the language of the page. */
    public String family(String family) {
        return CheckWords.of(family).in(messages.language());
    }

    public String formula(String tolerance) {
        return BoundFormula.readable(tolerance, messages);
    }

    private static boolean open(CheckResult check) {
        return switch (check.status()) {
            case FAILED, FAULTED, TIMED_OUT, HARNESS_ERROR -> true;
            case PASSED, NOT_ASSESSED -> false;
        };
    }

    /** Whether the location lies in the submitted file, so that the page can link to it. */
    public boolean inSource(@Nullable SourceLocation at) {
        return at != null
                && at.line() > 0
                && at.file().equals(result.submission().file())
                && !result.submission().text().isEmpty();
    }

    public String findingTitle(Finding finding) {
        return Story.title(finding, messages);
    }

    public Object scorePicture() {
        return Pages.markup(ScorePicture.draw(result, messages));
    }

    public boolean hasMap(Diagnosis diagnosis) {
        return ErrorMapPicture.possible(diagnosis);
    }

    public Object map(Diagnosis diagnosis) {
        return Pages.markup(ErrorMapPicture.draw(diagnosis, messages));
    }

    /** Whether lines in the map part what different blocks wrote. */
    public boolean mapHasBlocks(Diagnosis diagnosis) {
        return ErrorMapPicture.hasBlocks(diagnosis);
    }

    public long blocksInMap(Diagnosis diagnosis) {
        return diagnosis.blocks().stream().filter(b -> b >= 0).distinct().count();
    }

    /** Whether a part of the map was written by no block. */
    public boolean mapHasGaps(Diagnosis diagnosis) {
        return diagnosis.blocks().contains(-1);
    }

    /** Whether a cell of the map is wrong in part only. */
    public boolean mapHasMixedCells(Diagnosis diagnosis) {
        return diagnosis.map().stream().anyMatch(part -> part > 0 && part < ErrorMapPicture.NEARLY_ALL);
    }

    public String mapTitle(Diagnosis diagnosis) {
        return ErrorMapPicture.title(diagnosis, messages);
    }

    public Object stagesPicture() {
        return Pages.markup(BarPicture.stages(result.timings(), messages));
    }

    public List<Map.Entry<String, Double>> stages() {
        return List.copyOf(result.timings().entrySet());
    }

    public String stage(String name) {
        return Names.stage(name, messages);
    }

    public double totalMillis() {
        return result.timings().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    /** The architectures that any kernel has an occupancy for, in order of first mention. */
    public List<String> architectures() {
        Set<String> names = new LinkedHashSet<>();
        result.kernels().forEach(kernel -> names.addAll(kernel.occupancy().keySet()));
        return new ArrayList<>(names);
    }

    public @Nullable OccupancyInfo occupancy(KernelInfo kernel, String architecture) {
        return kernel.occupancy().get(architecture);
    }

    public Object occupancyPicture(OccupancyInfo occupancy) {
        return Pages.markup(BarPicture.fraction(occupancy.fraction(), Numbers.percent(occupancy.fraction())));
    }

    public String limiter(OccupancyInfo occupancy) {
        return Names.limiter(occupancy.limiter(), messages);
    }

    /** What to try next for speed. */
    public List<NextSteps.Step> nextSteps() {
        return NextSteps.of(result, messages);
    }

    /** The GPUs that the speed is told for. */
    public List<Roof> roofs() {
        return result.performance() == null ? List.of() : result.performance().roofs();
    }

    /** The GPU of the picture: the newest one of the common data-centre architectures, else the first; null if none. */
    public @Nullable Roof shownRoof() {
        return roofs().stream()
                .filter(roof -> roof.architecture().equals("sm_90"))
                .findFirst()
                .orElse(roofs().isEmpty() ? null : roofs().getFirst());
    }

    public boolean hasRoofline() {
        return result.performance() != null && RooflinePicture.possible(result.performance());
    }

    public Object roofline(Roof roof) {
        return Pages.markup(RooflinePicture.draw(Objects.requireNonNull(result.performance()), roof, messages));
    }

    /** Microseconds for people; a dash where unknown. */
    public String floor(KernelPoint kernel, Roof roof) {
        return Numbers.micros(RooflinePicture.floorMicros(kernel, roof));
    }

    public String taken(KernelPoint kernel, Roof roof) {
        return Numbers.micros(RooflinePicture.micros(kernel, roof));
    }

    public String timesFloor(KernelPoint kernel, Roof roof) {
        double ratio = RooflinePicture.micros(kernel, roof) / RooflinePicture.floorMicros(kernel, roof);
        return Double.isFinite(ratio) ? Numbers.rough(ratio) + " ×" : "–";
    }

    /** What limits the kernel on that GPU, in words. */
    public String boundBy(KernelPoint kernel, Roof roof) {
        double peak = roof.flopsPerSecond().getOrDefault(kernel.type(), 0.0);
        boolean memory = peak == 0 || !(kernel.intensity() > peak / roof.bytesPerSecond());
        return messages.text(memory ? "performance.bound.memory" : "performance.bound.arithmetic");
    }

    /** The name of a metric, where it has one in words. */
    public String metric(String name) {
        String key = "metric." + name.replaceFirst("\\..*", "");
        int dot = name.indexOf('.');
        String gpu = dot < 0 ? "" : name.substring(dot + 1);
        return messages.has(key) ? messages.text(key) + (gpu.isEmpty() ? "" : " · " + gpu) : name;
    }

    public List<Map.Entry<String, Double>> entries(Map<String, Double> values) {
        return List.copyOf(values.entrySet());
    }

    /** Messages of several lines, as paragraphs. */
    public List<String> paragraphs(String text) {
        return text.lines().filter(line -> !line.isBlank()).toList();
    }

    public Optional<Long> seed() {
        return Optional.ofNullable(result.seed());
    }

    /** The command that repeats a run with its inputs, for instructors. */
    public String replay() {
        return result.seed() == null
                ? ""
                : "./warpgrade grade " + result.submission().file() + " -a " + result.assignment() + " --seed "
                        + result.seed() + " --for instructor";
    }
}
