package org.warpgrade.gpu.cpu;

import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;

/** The thread at work and the instruction it executes, as the sanitizers need them. */
interface AccessSite {

    long block();

    /** Linear thread index in the block. */
    int thread();

    /** Index of the instruction in the kernel's code; in another function's as {@link Watch#placeOf} numbers it. */
    int pc();

    /** When threads of the block met at barriers. */
    MeetingTimes blockMeetings();

    /** When lanes of the thread's warp met. */
    MeetingTimes warpMeetings();

    /** Whether the access is volatile, relaxed, acquire or release: it synchronises and does not race. */
    boolean isStrong();

    /** An error here. */
    Finding finding(FindingKind kind, String message);

    /** Reports an error here. */
    void report(FindingKind kind, String message);
}
