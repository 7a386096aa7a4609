package org.warpgrade.reports;

/**
 * What the student was asked, to be shown again in the report.
 *
 * @param markdown CommonMark with tables and {@code $…$} formulas, in the language of the report
 */
public record Handout(String markdown) {}
