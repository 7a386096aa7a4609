package org.warpgrade.engine.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.gpu.Finding;

/** The submission did not do what the check demands: how the check ends, why in both languages, and the evidence. */
public final class CheckFailure extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final transient CheckStatus status;
    private final transient Text text;
    private final transient @Nullable Diagnosis diagnosis;
    private final transient List<Finding> findings;

    public CheckFailure(CheckStatus status, Text text, @Nullable Diagnosis diagnosis, List<Finding> findings) {
        super(text.en());
        this.status = status;
        this.text = text;
        this.diagnosis = diagnosis;
        this.findings = List.copyOf(findings);
    }

    /** A failure that only words describe. */
    public static CheckFailure failed(String english, String chinese) {
        return new CheckFailure(CheckStatus.FAILED, new Text(english, chinese), null, List.of());
    }

    /** {@code FAILED}, {@code FAULTED} or {@code TIMED_OUT}. */
    public CheckStatus status() {
        return status;
    }

    /** What the student reads; free of hidden values. */
    public Text text() {
        return text;
    }

    public @Nullable Diagnosis diagnosis() {
        return diagnosis;
    }

    public List<Finding> findings() {
        return findings;
    }
}
