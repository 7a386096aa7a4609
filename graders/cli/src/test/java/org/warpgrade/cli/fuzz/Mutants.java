package org.warpgrade.cli.fuzz;

/** Makes inputs that nobody meant. */
interface Mutants {

    /** The mutant of a number. The same numbers in the same order give the same mutants. */
    String mutant(long number);

    /** Takes a mutant that the program answered in a new way for one to start from. */
    default void keep(String mutant) {}
}
