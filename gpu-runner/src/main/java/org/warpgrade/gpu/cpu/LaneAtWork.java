package org.warpgrade.gpu.cpu;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.compile.KernelNames;
import org.warpgrade.gpu.ptx.typed.Instruction;

/** The lane that the interpreter is at and the instruction that it executes: what faults and sanitizers speak of. */
final class LaneAtWork implements AccessSite {

    private final RunContext run;
    private final String function;
    private final @Nullable Watch watch;
    private @Nullable Warp warp;
    private @Nullable Frame frame;
    private int pc;
    int lane;
    /** Whether the access is volatile, relaxed, acquire or release. */
    boolean strong;

    /** @param function the kernel or host function, for findings of host code */
    LaneAtWork(RunContext run, String function, @Nullable Watch watch) {
        this.run = run;
        this.function = function;
        this.watch = watch;
    }

    /** Moves to where a group is. */
    void at(Warp ofWarp, LaneGroup group) {
        warp = ofWarp;
        frame = group.frame;
        pc = group.pc;
    }

    Warp warp() {
        return Objects.requireNonNull(warp);
    }

    Frame frame() {
        return Objects.requireNonNull(frame);
    }

    /** Its place in the function. */
    int instructionIndex() {
        return pc;
    }

    Instruction instruction() {
        return frame().function.code().get(pc);
    }

    private @Nullable SourceLocation location() {
        return frame == null ? null : instruction().at();
    }

    @Override
    public long block() {
        return warp().block.linear();
    }

    @Override
    public int thread() {
        return warp().threadOf(lane);
    }

    @Override
    public int pc() {
        return watch == null ? pc : watch.placeOf(frame().function, pc);
    }

    @Override
    public MeetingTimes blockMeetings() {
        return warp().block.meetings;
    }

    @Override
    public MeetingTimes warpMeetings() {
        return warp().meetings;
    }

    @Override
    public boolean isStrong() {
        return strong;
    }

    @Override
    public Finding finding(FindingKind kind, String message) {
        return finding(kind, Severity.ERROR, message);
    }

    Finding finding(FindingKind kind, Severity severity, String message) {
        return finding(kind, severity, location(), warp(), lane, message);
    }

    /** A finding of any lane, wherever the lane at work is. */
    Finding finding(
            FindingKind kind,
            Severity severity,
            @Nullable SourceLocation where,
            Warp ofWarp,
            int ofLane,
            String message) {
        KernelLaunch launch = ofWarp.block.launch;
        return launch == null
                ? new Finding(kind, severity, where, KernelNames.readable(function), null, null, message)
                : launch.finding(kind, severity, where, ofWarp.block.linear(), ofWarp.threadOf(ofLane), message);
    }

    @Override
    public void report(FindingKind kind, String message) {
        run.findings().add(finding(kind, message));
    }
}
