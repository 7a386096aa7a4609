package org.warpgrade.gpu.cpu;

import org.warpgrade.gpu.Finding;

/** Ends a run from wherever it is, with the finding that ended it. */
final class RunStopped extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final transient Finding finding;

    RunStopped(Finding finding) {
        super(finding.message(), null, false, false);
        this.finding = finding;
    }

    Finding finding() {
        return finding;
    }
}
