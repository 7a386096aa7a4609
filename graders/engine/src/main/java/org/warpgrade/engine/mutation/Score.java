package org.warpgrade.engine.mutation;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of some mutants, counted.
 *
 * @param fates how many had each fate
 */
public record Score(Map<Fate, Integer> fates) {

    /** The 97.5th percentile of the normal distribution. */
    private static final double Z = 1.959964;

    /**
     * Where a share lies with 95 % confidence.
     *
     * @param low 0 to 1
     * @param high 0 to 1
     */
    public record Interval(double low, double high) {}

    public Score {
        fates = Map.copyOf(fates);
    }

    public static Score of(Collection<Mutant> mutants) {
        Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
        mutants.forEach(mutant -> fates.merge(mutant.fate(), 1, Integer::sum));
        return new Score(fates);
    }

    public int count(Fate fate) {
        return fates.getOrDefault(fate, 0);
    }

    public int all() {
        return fates.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The mutants that ought to be killed: all but those without code of their own and those judged equivalent. */
    public int relevant() {
        return killed() + count(Fate.SURVIVED) + count(Fate.UNCLEAR);
    }

    public int killed() {
        return count(Fate.KILLED) + count(Fate.MISJUDGED);
    }

    /** The killed among the relevant mutants, 0 to 1; NaN if there are none. */
    public double share() {
        return (double) killed() / relevant();
    }

    /** Of the share of all mutants, if these are a random sample (Wilson, JASA 22, 1927). */
    public Interval interval() {
        double n = relevant();
        double p = share();
        double spread = 1 + Z * Z / n;
        double middle = (p + Z * Z / (2 * n)) / spread;
        double half = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / spread;
        return new Interval(Math.max(0, middle - half), Math.min(1, middle + half));
    }

    public Score plus(Score other) {
        Map<Fate, Integer> sum = new EnumMap<>(Fate.class);
        sum.putAll(fates);
        other.fates.forEach((fate, count) -> sum.merge(fate, count, Integer::sum));
        return new Score(sum);
    }
}
