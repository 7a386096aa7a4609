package org.warpgrade.engine.batch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.Grading;
import org.warpgrade.engine.IntakeException;
import org.warpgrade.engine.handin.HandIn;
import org.warpgrade.engine.handin.HandInTimes;
import org.warpgrade.engine.handin.HandIns;
import org.warpgrade.engine.handin.Skipped;

/**
 * What is to be graded of the things handed in.
 *
 * @param jobs one for each student, assignment and content: the same file twice is one job
 * @param skipped what is not graded
 */
public record Jobs(List<Job> jobs, List<Skipped> skipped) {

    /** @param assignment the assignment of all files; null to tell it from each of them */
    public static Jobs of(HandIns handIns, Grading grading, HandInTimes times, @Nullable String assignment) {
        List<Job> jobs = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>(handIns.skipped());
        Set<String> seen = new HashSet<>();
        for (HandIn handIn : handIns.files()) {
            String named = assignment == null ? handIn.assignment() : assignment;
            try {
                Grading.Identity identity = grading.identify(handIn.file(), named);
                String key = handIn.student().id() + "\n" + identity.assignment() + "\n" + identity.sha256();
                if (seen.add(key)) {
                    HandIn timed = times.apply(handIn, identity.assignment());
                    jobs.add(new Job(timed, identity.assignment(), identity.sha256()));
                }
            } catch (IntakeException e) {
                skipped.add(new Skipped(handIn.origin(), reason(e, handIn)));
            }
        }
        return new Jobs(List.copyOf(jobs), List.copyOf(skipped));
    }

    /** The reason without the path, which is another on each machine. */
    private static String reason(IntakeException e, HandIn handIn) {
        return String.valueOf(e.getMessage()).replace(handIn.file().toString(), "the file");
    }
}
