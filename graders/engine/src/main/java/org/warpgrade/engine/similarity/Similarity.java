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

    private final Set<Long> given;
    private final Winnowing winnowing;
    private final double threshold;

    private Similarity(Set<Long> given, Winnowing winnowing, double threshold) {
        this.given = given;
        this.winnowing = winnowing;
        this.threshold = threshold;
    }

    /** @param given texts that everybody may copy from: starters, code of handouts */
    public static Similarity excluding(List<String> given) {
        Set<Long> windows = new HashSet<>();
        for (String text : given) {
            for (long window : CanonicalForm.of(text).windows(Common.WINNOWING.width())) {
                windows.add(window);
            }
        }
        return new Similarity(windows, Common.WINNOWING, THRESHOLD);
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
        return new Similarity(given, winnowing, otherThreshold);
    }

    /** The pairs that reach the threshold, most alike first. */
    public List<SimilarPair> pairs(List<Work> works) {
        List<Sketch> sketches = works.parallelStream()
                .map(work -> Sketch.of(work, given, winnowing))
                .toList();
        Common common = Common.of(sketches);
        List<Sketch> own = sketches.parallelStream().map(common::without).toList();
        return Candidates.of(own, threshold * CANDIDATE_SHARE).parallelStream()
                .map(pair -> compare(own.get(pair.first()), own.get(pair.second())))
                .filter(pair -> pair.symbols() >= Common.LEAST_SYMBOLS && pair.score() >= threshold)
                .sorted(Comparator.comparingDouble((SimilarPair pair) -> -pair.score())
                        .thenComparing(pair -> pair.first().owner())
                        .thenComparing(pair -> pair.second().owner()))
                .toList();
    }

    private SimilarPair compare(Sketch one, Sketch other) {
        boolean inOrder =
                Comparator.comparing(Work::owner).thenComparing(Work::file).compare(one.work(), other.work()) <= 0;
        Sketch a = inOrder ? one : other;
        Sketch b = inOrder ? other : one;
        List<Tiling.Tile> tiles = Tiling.of(a, b, winnowing.width());
        int shared = tiles.stream().mapToInt(Tiling.Tile::length).sum();
        double similarity = 2.0 * shared / Math.max(1, a.own() + b.own());
        double containment = (double) shared / Math.max(1, Math.min(a.own(), b.own()));
        List<MatchedRegion> regions =
                tiles.stream().map(tile -> region(tile, a, b)).toList();
        return new SimilarPair(a.work(), b.work(), similarity, containment, shared, regions);
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
