package org.warpgrade.engine.similarity;

import java.util.List;

/**
 * Two works that share code beyond what everyone was given. It says where to look; what it means is for a person to
 * decide.
 *
 * @param first the work whose owner and file sort first
 * @param second the other one
 * @param similarity how much of both is shared, from 0 to 1: twice the shared symbols over the symbols of both
 * @param containment how much of the one that shares more of itself is shared, from 0 to 1: stays high when one of them
 * was padded
 * @param symbols how many symbols are shared: under some dozens anything may be chance
 * @param regions what is shared, in the order of the first work
 */
public record SimilarPair(
        Work first, Work second, double similarity, double containment, int symbols, List<MatchedRegion> regions) {

    /**
     * How alike the two are, from 0 to 1, for ordering and for the threshold: the mean of both measures, so that
     * padding hides a copy only in part, and a short common piece does not make two long works alike.
     */
    public double score() {
        return (similarity + containment) / 2;
    }
}
