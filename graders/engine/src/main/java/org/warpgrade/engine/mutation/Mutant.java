package org.warpgrade.engine.mutation;

/**
 * A mutated reference and what became of it.
 *
 * @param assignment assignment id
 * @param file the reference's file name
 * @param mutation what was changed
 * @param change what was changed, as judgements spell it
 * @param diff the lines that the mutation touches, as they were and as they are
 * @param fate what became of it
 * @param by the check that noticed, the reason of an equivalence, the mutant of the same code, or the fault; empty where
 *     there is none
 * @param code digest of what the compiler makes of it; empty if nothing
 * @param millis wall-clock time, 0 if an earlier run knew the fate
 */
public record Mutant(
        String assignment,
        String file,
        Mutation mutation,
        String change,
        String diff,
        Fate fate,
        String by,
        String code,
        double millis) {}
