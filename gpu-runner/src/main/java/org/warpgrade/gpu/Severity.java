package org.warpgrade.gpu;

/** How much a diagnosis weighs: an error decides a verdict, a warning does not. */
public enum Severity {
    NOTE,
    WARNING,
    ERROR
}
