package org.warpgrade.engine.diagnosis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.diagnosis.Pattern.Recognised;

/** All patterns in the order in which they are tried: the most telling first. */
public final class Patterns {

    private static final List<Pattern> PLACES = List.of(
            new Places.OnlyElement(),
            new Places.AllElements(),
            new Places.OneElement(),
            new Places.FromColumnOn(),
            new Places.LastPartialGroup(),
            new Places.PastACorner(),
            new Places.Triangle(),
            new Places.AlongOneAxis());

    private static final List<Pattern> VALUES = List.of(
            new Values.NeverWritten(),
            new Values.LeftAsItWas(),
            new Values.AllNaN(),
            new Values.AllZero(),
            new Values.CopyOfInput(),
            new Values.SignFlipped(),
            new Values.ConstantFactor(),
            new Values.ConstantOffset(),
            new Relations.Transposed(),
            new Relations.RowsReordered(),
            new Relations.ShiftedByOne(),
            new Values.OneValue(),
            new Precision(),
            new Values.SomeNaN(),
            new Relations.RowSums());

    /** No words. */
    public static final Text NOTHING = Pattern.NOTHING;

    private Patterns() {}

    /**
     * Where the wrong elements lie and how they are wrong.
     *
     * @param where a phrase that goes on from "3 of 12 elements are wrong: "
     * @param cause what usually does that; empty if nothing fits
     */
    public record Story(Text where, Text cause) {}

    /** The most telling story of all wrong elements. */
    public static Story of(Evidence evidence) {
        return of(evidence, VALUES);
    }

    /** The story of elements whose cause is known: the size of their errors would only hint at another one. */
    public static Story ofExplained(Evidence evidence) {
        return of(
                evidence,
                VALUES.stream()
                        .filter(pattern -> !(pattern instanceof Precision))
                        .toList());
    }

    private static Story of(Evidence evidence, List<Pattern> values) {
        Recognised place = placeOf(evidence);
        Recognised value = first(values, evidence);
        Text where = place == null ? new Text("scattered over the tensor", "散布在整个张量中") : place.words();
        Text words = value == null
                ? where
                : new Text(
                        where.en() + "; " + value.words().en(),
                        where.zh() + "；" + value.words().zh());
        return new Story(words, cause(place, value));
    }

    /** A place that tells a cause (a loop that ends early) says more than a value that was never written because of it. */
    private static Text cause(@Nullable Recognised place, @Nullable Recognised value) {
        if (place != null && !place.cause().en().isEmpty()) {
            return place.cause();
        }
        return value == null ? Pattern.NOTHING : value.cause();
    }

    /** Where the wrong elements lie; null for nowhere in particular. */
    static @Nullable Recognised placeOf(Evidence evidence) {
        return first(PLACES, evidence);
    }

    private static @Nullable Recognised first(List<Pattern> patterns, Evidence evidence) {
        for (Pattern pattern : patterns) {
            Recognised recognised = pattern.in(evidence);
            if (recognised != null) {
                return recognised;
            }
        }
        return null;
    }
}
