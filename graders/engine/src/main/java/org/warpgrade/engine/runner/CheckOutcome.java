package org.warpgrade.engine.runner;

import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.bench.CheckRecord;
import org.warpgrade.engine.result.GradingResult.CheckResult;

/**
 * One check that ran.
 *
 * @param result what the student is told
 * @param record what it saw of the submission
 * @param fault why the harness could not judge it, null if it could
 */
public record CheckOutcome(
        CheckResult result, CheckRecord record, @Nullable Throwable fault) {}
