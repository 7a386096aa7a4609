package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;

/** Collects findings, each kind and severity once per source line. Safe for many threads. */
final class FindingLog {

    private static final int MOST = 100;

    private record Place(FindingKind kind, Severity severity, String where) {}

    private final Set<Place> seen = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();

    synchronized void add(Finding finding) {
        SourceLocation at = finding.at();
        String where = at == null ? String.valueOf(finding.kernel()) : at.toString();
        if (findings.size() < MOST && seen.add(new Place(finding.kind(), finding.severity(), where))) {
            findings.add(finding);
        }
    }

    synchronized List<Finding> all() {
        return List.copyOf(findings);
    }
}
