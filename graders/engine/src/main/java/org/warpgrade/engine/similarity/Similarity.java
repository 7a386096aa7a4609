package org.warpgrade.engine.similarity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.engine.similarity.MatchedRegion.Lines;

/**
 * Finds the works of one assignment that share code. Renaming, layout, comments, macros, types, the order of functions
 * and the kind of loop make no difference (see {@link CanonicalForm}); code that everybody was given, and code that a
 * good part of the class has, does not count. Two steps: fingerprints tell which pairs share anything rare, tiling
 * tells for those what and where.
 *
 * <pre>{@code Similarity.forAssignment(assignment).pairs(works)}</pre>
 */
public final class Similarity {

    /**
     * From here on a pair is listed; graders/MEASURED.md tells what it finds and what it misses on the corpus of the
     * tests.
     */
    public static final double THRESHOLD = 0.5;

    /**
     * Fingerprints miss pieces that tiles still find, so a pair needs only this part of the threshold to be looked at.
     */
    private static final double CANDIDATE_SHARE = 0.4;

    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```[^\\n]*\\n(.*?)^```");

    private static final Winnowing WINNOWING = new Winnowing(12, 4);

    /** Fewer shared symbols, two or three statements, may be chance. */
    private static final int LEAST_SYMBOLS = 40;

    /** A work counts as at least this long, so that sharing the one rare line of a common program is not everything. */
    private static final double LEAST_OWN = 80;

    private final Set<Long> given;
    private final double threshold;

    private Similarity(Set<Long> given, double threshold) {
        this.given = given;
        this.threshold = threshold;
    }

    /** @param given texts that everybody may copy from: starters, code of handouts */
    public static Similarity excluding(List<String> given) {
        Set<Long> windows = new HashSet<>();
        for (String text : given) {
            for (long window : CanonicalForm.of(text).windows(WINNOWING.width())) {
                windows.add(window);
            }
        }
        return new Similarity(windows, THRESHOLD);
    }

    /** Excludes the assignment's starter and the code blocks of its handouts. */
    public static Similarity forAssignment(Assignment assignment) throws IOException {
        List<String> given = new ArrayList<>();
        given.add(Files.readString(assignment.starter()));
        for (String language : List.of("en", "zh")) {
            Path handout = assignment.handout(language);
            Matcher block = CODE_BLOCK.matcher(Files.isRegularFile(handout) ? Files.readString(handout) : "");
            block.results().forEach(code -> given.add(code.group(1)));
        }
        return excluding(given);
    }

    /** The same with another threshold: 0 lists every pair that shares anything rare. */
    public Similarity from(double otherThreshold) {
        return new Similarity(given, otherThreshold);
    }

    /** The pairs that reach the threshold, most alike first. */
    public List<SimilarPair> pairs(List<Work> works) {
        List<Sketch> sketches = works.parallelStream()
                .map(work -> Sketch.of(work, given, WINNOWING))
                .toList();
        Rarity rarity = Rarity.of(sketches);
        List<double[]> weights = sketches.parallelStream()
                .map(sketch -> rarity.weights(sketch, WINNOWING.width()))
                .toList();
        return Candidates.of(sketches, rarity, threshold * CANDIDATE_SHARE).parallelStream()
                .map(pair -> compare(
                        new Weighed(sketches.get(pair.first()), weights.get(pair.first())),
                        new Weighed(sketches.get(pair.second()), weights.get(pair.second()))))
                .filter(pair -> pair.symbols() >= LEAST_SYMBOLS && pair.score() >= threshold)
                .sorted(Comparator.comparingDouble((SimilarPair pair) -> -pair.score())
                        .thenComparing(pair -> pair.first().owner())
                        .thenComparing(pair -> pair.second().owner()))
                .toList();
    }

    /** @param weights how much each symbol tells */
    private record Weighed(Sketch sketch, double[] weights) {

        double own() {
            return Math.max(LEAST_OWN, sum(weights, 0, weights.length));
        }
    }

    private static SimilarPair compare(Weighed one, Weighed other) {
        boolean inOrder = Comparator.comparing(Work::owner)
                        .thenComparing(Work::file)
                        .compare(one.sketch().work(), other.sketch().work())
                <= 0;
        Weighed first = inOrder ? one : other;
        Weighed second = inOrder ? other : one;
        Sketch a = first.sketch();
        Sketch b = second.sketch();
        List<Tiling.Tile> tiles = Tiling.of(a, b, WINNOWING.width());
        double shared = tiles.stream()
                .mapToDouble(tile -> sum(first.weights(), tile.first(), tile.first() + tile.length()))
                .sum();
        double similarity = Math.min(1, 2 * shared / (first.own() + second.own()));
        double containment = Math.min(1, shared / Math.min(first.own(), second.own()));
        List<MatchedRegion> regions =
                tiles.stream().map(tile -> region(tile, a, b)).toList();
        return new SimilarPair(a.work(), b.work(), similarity, containment, (int) Math.round(shared), regions);
    }

    private static double sum(double[] weights, int from, int to) {
        return IntStream.range(from, to).mapToDouble(i -> weights[i]).sum();
    }

    private static MatchedRegion region(Tiling.Tile tile, Sketch a, Sketch b) {
        return new MatchedRegion(
                lines(a.symbols(), tile.first(), tile.length()),
                lines(b.symbols(), tile.second(), tile.length()),
                tile.length());
    }

    private static Lines lines(Symbols symbols, int from, int length) {
        int least = IntStream.range(from, from + length)
                .map(i -> symbols.lines()[i])
                .min()
                .orElse(1);
        int most = IntStream.range(from, from + length)
                .map(i -> symbols.lines()[i])
                .max()
                .orElse(1);
        return new Lines(least, most);
    }
}
