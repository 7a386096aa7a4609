package org.warpgrade.engine;

import java.util.List;
import java.util.Map;
import org.warpgrade.gpu.Compilation;
import org.warpgrade.gpu.CompileRejected;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.KernelResources;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;

/** A compiler that takes everything but texts with a marked mistake. */
final class FakeCompiler implements Compiler {
    @Override
    public String name() {
        return "fake compiler";
    }

    @Override
    public Compilation compile(Submission submission) {
        if (submission.source().text().contains("MISTAKE")) {
            SourceLocation at = new SourceLocation(submission.source().name(), 2, 1);
            return new CompileRejected(
                    "log", List.of(new Diagnostic(Severity.ERROR, at, "identifier \"MISTAKE\" is undefined")));
        }
        if (submission.source().text().contains("#include \"/etc/passwd\"")) {
            return new CompileRejected(
                    "", List.of(new Diagnostic(Severity.ERROR, null, "cannot include \"/etc/passwd\"")));
        }
        return new Program(submission.source(), "", "fake compiler 1.0", "", List.of(), Map.of());
    }

    @Override
    public boolean refused(CompileRejected rejected) {
        return rejected.log().isEmpty();
    }

    @Override
    public List<Diagnostic> diagnostics(Program program) {
        return List.of();
    }

    @Override
    public List<KernelResources> resources(Submission submission) {
        return List.of(new KernelResources("_Z14softmax_kernelPKfPfii", "sm_80", 64, 0, 8, 1024, 0, 1));
    }
}
