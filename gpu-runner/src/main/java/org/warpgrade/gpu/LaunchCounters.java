package org.warpgrade.gpu;

import java.util.List;

/**
 * What one launch was counted to do. Where only some blocks were looked at, counts are scaled to all blocks.
 *
 * @param total the whole launch
 * @param lines by source line, ascending; together they are {@code total} but for compulsory bytes, which belong to the
 *     launch as a whole
 * @param countedBlocks blocks that were looked at
 * @param blocks blocks of the launch
 */
public record LaunchCounters(Counters total, List<LineCounters> lines, long countedBlocks, long blocks) {

    public LaunchCounters {
        lines = List.copyOf(lines);
    }

    /** Whether the counts are scaled from some blocks. */
    public boolean sampled() {
        return countedBlocks < blocks;
    }
}
