package org.warpgrade.gpu;

/** What the compiler made of a source. */
public sealed interface Compilation permits Program, CompileRejected {}
