package org.warpgrade.engine.similarity;

/**
 * One file to compare.
 *
 * @param owner who handed it in; two works of one owner are never compared
 * @param file its name, for people
 * @param text CUDA C++
 */
public record Work(String owner, String file, String text) {}
