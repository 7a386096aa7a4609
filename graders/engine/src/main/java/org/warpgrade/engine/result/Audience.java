package org.warpgrade.engine.result;

/** Who reads a result. */
public enum Audience {
    /** May see what a check found, but no data of hidden cases. */
    STUDENT,
    /** May see everything. */
    INSTRUCTOR
}
