package org.warpgrade.gpu.cuda;

import org.warpgrade.gpu.Finding;

/** A launch ended the run, and the context with it: the kernel faulted, or it did not end in time. */
final class LaunchEnded extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final transient Finding finding;

    LaunchEnded(Finding finding) {
        super(finding.message(), null, false, false);
        this.finding = finding;
    }

    Finding finding() {
        return finding;
    }
}
