package org.warpgrade.engine.mutation;

/**
 * A mutated reference and what became of it.
 *
 * @param assignment assignment id
 * @param file the reference's file name
 * @param mutation what was changed
 * @param fate what became of it
 * @param by the check that noticed, the reason of an equivalence, or the fault; empty where there is none
 * @param millis wall-clock time
 */
public record Mutant(String assignment, String file, Mutation mutation, Fate fate, String by, double millis) {}
