package org.warpgrade.gpu.cpu;

/** What a lane does at its boundary. */
enum LaneStatus {
    /** Has reached it; nothing has been done about it. */
    ARRIVED,
    /** Is counted at a barrier and waits. */
    WAITING,
    /** May go on. */
    READY
}
