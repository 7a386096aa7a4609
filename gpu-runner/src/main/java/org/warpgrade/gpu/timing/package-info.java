/**
 * Measures how fast an entry runs on a real GPU, so that an instructor may believe the number.
 *
 * <p>The shape. A {@link org.warpgrade.gpu.timing.TimedDevice} carries out one repetition: a fresh module, a rehearsal on other
 * inputs, then poisoned outputs, flushed L2, and everything that the entry queued, between two events. {@link
 * org.warpgrade.gpu.timing.PairedTiming} interleaves the repetitions of two {@link org.warpgrade.gpu.timing.Contender}s
 * until the {@link org.warpgrade.gpu.timing.Interval} of the ratio of their times is narrow or the budget ends, checks
 * the outputs of every repetition, and answers with a {@link org.warpgrade.gpu.timing.Measurement}: a ratio that may be
 * "not distinguishable", a refusal (wrong output, faster than the floor), or a run that does not count (drift,
 * throttling). {@link org.warpgrade.gpu.timing.PeakMeter} measures the {@link org.warpgrade.gpu.timing.Peaks} that the
 * floor comes from, in the same run.
 *
 * <p>The device that {@code --device cuda} opens is a {@code TimedDevice}; the CPU device is none, since its time says
 * nothing.
 */
@NullMarked
package org.warpgrade.gpu.timing;

import org.jspecify.annotations.NullMarked;
