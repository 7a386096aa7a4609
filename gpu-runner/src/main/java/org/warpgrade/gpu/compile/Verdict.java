package org.warpgrade.gpu.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.warpgrade.gpu.Compilation;
import org.warpgrade.gpu.CompileRejected;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.source.Token;

/** Turns what NVRTC said of one source into what the student reads. */
final class Verdict {

    /** NVRTC's own declarations, as they are named in its log. */
    private static final String PRELUDE = "__nv_nvrtc_builtin_header.h";

    /** PTX names source files with the folder that the compiler happened to run in. */
    private static final Pattern FILE_FOLDER = Pattern.compile("(\\s*\\.file\\s+\\d+ \")[^\"\\n]*/(.*)");

    private static final String OUR_ERROR = "#error directive: ";

    private final CompileRequest request;
    private final CudaSource source;
    private final String[] original;
    private final String[] guarded;
    private final EntryCheck check;
    private final String compiler;

    /**
     * Prepares the verdict of a request.
     *
     * @param guarded the source as NVRTC saw it
     * @param compiler name and version for the record
     */
    Verdict(CompileRequest request, String guarded, EntryCheck check, String compiler) {
        this.request = request;
        this.source = request.source();
        this.original = source.text().split("\n", -1);
        this.guarded = guarded.split("\n", -1);
        this.check = check;
        this.compiler = compiler;
    }

    Compilation accept(Nvrtc.Result result) {
        List<Diagnostic> wrong = check.judge(result.ptx());
        if (!wrong.isEmpty()) {
            return rejected("", wrong);
        }
        String ptx = withoutFolders(EntryCheck.strip(result.ptx()));
        return new Program(
                source,
                ptx,
                compiler,
                quoteOriginal(result.log()),
                List.of(),
                check.symbols(result.ptx()),
                HostDeclarations.symbols(source.text(), ptx));
    }

    private static String withoutFolders(String ptx) {
        StringBuilder kept = new StringBuilder(ptx.length());
        int from = 0;
        int at = ptx.indexOf(".file");
        while (at >= 0) {
            int begin = ptx.lastIndexOf('\n', at) + 1;
            int newline = ptx.indexOf('\n', at);
            int end = newline < 0 ? ptx.length() : newline;
            Matcher line = FILE_FOLDER.matcher(ptx.substring(begin, end));
            if (line.matches()) {
                kept.append(ptx, from, begin).append(line.group(1)).append(line.group(2));
                from = end;
            }
            at = ptx.indexOf(".file", end);
        }
        return kept.append(ptx, from, ptx.length()).toString();
    }

    CompileRejected reject(String log) {
        List<NvrtcLog.Complaint> all = NvrtcLog.complaints(log);
        if (all.stream().anyMatch(this::isOfAnotherFile)) {
            return refused(List.of(new Diagnostic(
                    Severity.ERROR,
                    new SourceLocation(source.name(), 1, 0),
                    "the compiler opened a file that is not offered; the file is refused")));
        }
        List<NvrtcLog.Complaint> own = new ArrayList<>();
        List<NvrtcLog.Complaint> ours = new ArrayList<>();
        for (NvrtcLog.Complaint complaint : all) {
            (isOurs(complaint) ? ours : own).add(complaint);
        }
        List<Diagnostic> diagnostics = new ArrayList<>();
        if (own.stream().noneMatch(c -> c.diagnostic().severity() == Severity.ERROR)) {
            diagnostics.addAll(explain(ours));
            own.forEach(complaint -> diagnostics.add(advised(complaint.diagnostic())));
            return rejected(quoteOriginal(warnings(log, own)), diagnostics);
        }
        own.forEach(complaint -> diagnostics.add(advised(complaint.diagnostic())));
        return new CompileRejected(quoteOriginal(NvrtcLog.without(log, ours)), Consequences.without(diagnostics));
    }

    /** The compiler's own words about the student's lines; nothing of what it said about ours. */
    private static String warnings(String log, List<NvrtcLog.Complaint> own) {
        String[] lines = log.split("\n", -1);
        StringBuilder kept = new StringBuilder();
        for (NvrtcLog.Complaint complaint : own) {
            for (int i = complaint.firstLine(); i < complaint.lineAfter(); i++) {
                kept.append(lines[i]).append('\n');
            }
        }
        return kept.toString().strip();
    }

    /** What our appended text ran into: an open brace of the student's, or the entry. */
    private List<Diagnostic> explain(List<NvrtcLog.Complaint> ours) {
        Token brace = Functions.in(source.text()).unclosedBrace().orElse(null);
        if (brace != null) {
            return List.of(new Diagnostic(
                    Severity.ERROR,
                    new SourceLocation(source.name(), brace.line(), brace.column()),
                    "this \"{\" is never closed"));
        }
        List<Diagnostic> entries = new ArrayList<>();
        List<Diagnostic> driver = new ArrayList<>();
        for (NvrtcLog.Complaint complaint : ours) {
            Diagnostic diagnostic = complaint.diagnostic();
            SourceLocation at = diagnostic.at();
            if (diagnostic.severity() != Severity.ERROR || at == null) {
                continue;
            }
            if (at.file().equals(EntryCheck.FILE)) {
                Diagnostic explained = check.explain(diagnostic);
                if (!entries.contains(explained)) {
                    entries.add(explained);
                }
            } else {
                driver.add(diagnostic);
            }
        }
        return entries.isEmpty() ? driver : entries; // the driver stumbles over what the check has told
    }

    private boolean isOurs(NvrtcLog.Complaint complaint) {
        SourceLocation at = complaint.diagnostic().at();
        CudaSource driver = request.driver();
        return at != null
                && (at.file().equals(EntryCheck.FILE)
                        || driver != null && at.file().equals(driver.name()));
    }

    private boolean isOfAnotherFile(NvrtcLog.Complaint complaint) {
        SourceLocation at = complaint.diagnostic().at();
        return at != null
                && !isOurs(complaint)
                && !Set.of(source.name(), PRELUDE).contains(at.file())
                && !OfferedHeaders.holds(at.file());
    }

    private Diagnostic advised(Diagnostic diagnostic) {
        SourceLocation at = diagnostic.at();
        String message = diagnostic.message().startsWith(OUR_ERROR)
                ? diagnostic.message().substring(OUR_ERROR.length()).replace('`', '"')
                : Hints.advise(diagnostic.message(), at == null ? "" : wordAt(at));
        return new Diagnostic(diagnostic.severity(), at, message);
    }

    private String wordAt(SourceLocation at) {
        if (!at.file().equals(source.name()) || at.line() > original.length || at.column() == 0) {
            return "";
        }
        String line = original[at.line() - 1];
        int end = at.column() - 1;
        while (end < line.length() && Character.isJavaIdentifierPart(line.charAt(end))) {
            end++;
        }
        return at.column() - 1 <= end && end <= line.length() ? line.substring(at.column() - 1, end) : "";
    }

    /** NVRTC quotes the lines it saw, in which comments are blank; the student reads the lines as they were written. */
    private String quoteOriginal(String log) {
        String[] lines = log.split("\n", -1);
        for (NvrtcLog.Complaint complaint : NvrtcLog.complaints(log)) {
            SourceLocation at = complaint.diagnostic().at();
            if (at == null || !at.file().equals(source.name()) || at.line() > guarded.length) {
                continue;
            }
            String seen = guarded[at.line() - 1];
            for (int i = complaint.firstLine() + 1; i < complaint.lineAfter(); i++) {
                if (lines[i].strip().equals(seen.strip()) && !seen.isBlank()) {
                    lines[i] = "  " + original[at.line() - 1].stripTrailing();
                }
            }
        }
        return String.join("\n", lines);
    }

    /** What may not be compiled, or had to be stopped. */
    static CompileRejected refused(List<Diagnostic> reasons) {
        return new CompileRejected(rejected("", reasons).log(), reasons, true);
    }

    /** A rejection in our own words, in the compiler's layout, before whatever the compiler itself said. */
    static CompileRejected rejected(String log, List<Diagnostic> diagnostics) {
        StringBuilder text = new StringBuilder();
        for (Diagnostic diagnostic : diagnostics) {
            if (diagnostic.severity() == Severity.ERROR) {
                SourceLocation at = diagnostic.at();
                text.append(at == null ? "" : at.file() + "(" + at.line() + "): ")
                        .append("error: ")
                        .append(diagnostic.message())
                        .append('\n');
            }
        }
        return new CompileRejected(text.append(log).toString().strip(), List.copyOf(diagnostics));
    }
}
