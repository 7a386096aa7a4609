package org.warpgrade.engine.similarity;

/**
 * Code that two works share.
 *
 * @param first its lines in the first work
 * @param second its lines in the second work
 * @param symbols its length
 */
public record MatchedRegion(Lines first, Lines second, int symbols) {

    /** Lines from {@code from} to {@code to}, both counted from 1 and included. */
    public record Lines(int from, int to) {}
}
