package org.warpgrade.assignments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.warpgrade.assignments.Assignment.CheckSpec;
import org.warpgrade.assignments.Assignment.EntrySignature;
import org.warpgrade.assignments.Assignment.Parameter;
import org.warpgrade.assignments.Assignment.SeedItem;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.assignments.CatalogProblem.Weight;

/** What a schema cannot say: uniqueness, sums, references, files. */
final class AssignmentRules {

    /** A broken rule at a JSON pointer of {@code assignment.yaml}. */
    record Breach(String pointer, String sentence, Weight weight) {}

    /** Words, then stars with qualifiers between them: {@code const unsigned char* const*}. */
    private static final Pattern CPP_TYPE =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_:]*( [A-Za-z_][A-Za-z0-9_:]*)*( ?\\*( ?(const|__restrict__))?)*");

    private static final Pattern SHAPE = Pattern.compile("(\\[[^\\[\\]]+])*");

    private static final List<String> FILES = List.of("starter.cu", "handout.md", "handout.zh.md");

    private final Assignment assignment;
    private final List<Breach> breaches = new ArrayList<>();

    private AssignmentRules(Assignment assignment) {
        this.assignment = assignment;
    }

    /**
     * @param written ids of the assignments that exist
     * @param planned ids of the curriculum, written or not
     */
    static List<Breach> breaches(Assignment assignment, Set<String> written, Set<String> planned) {
        AssignmentRules rules = new AssignmentRules(assignment);
        rules.identity();
        rules.checks();
        rules.seeds();
        rules.entries();
        rules.needs(written, planned);
        rules.performance();
        rules.concepts();
        rules.files();
        return rules.breaches;
    }

    private void identity() {
        Path folder = assignment.folder();
        if (!folder.endsWith(assignment.id())) {
            error("/id", "'" + assignment.id() + "' stands in the folder '" + folder.getFileName() + "'");
        }
        Path track = folder.getParent();
        if (track != null && !track.endsWith(assignment.track().toLowerCase(java.util.Locale.ROOT))) {
            error("/track", "'" + assignment.track() + "' stands in the folder '" + track.getFileName() + "'");
        }
    }

    private void checks() {
        Set<String> seen = new HashSet<>();
        boolean hiddenSeen = false;
        List<CheckSpec> checks = assignment.checks();
        for (int i = 0; i < checks.size(); i++) {
            CheckSpec check = checks.get(i);
            if (!seen.add(check.id())) {
                error("/checks/" + i + "/id", "'" + check.id() + "' is used twice");
            }
            if (hiddenSeen && check.visibility() == Visibility.PUBLIC) {
                error("/checks/" + i + "/visibility", "public checks come before hidden ones");
            }
            hiddenSeen |= check.visibility() == Visibility.HIDDEN;
        }
        if (assignment.points() != 100) {
            error("/checks", "points add up to " + assignment.points() + ", 100 expected");
        }
    }

    private void seeds() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < assignment.seeds().size(); i++) {
            SeedItem seed = assignment.seeds().get(i);
            if (!seen.add(seed.id())) {
                error("/seeds/" + i, "'" + seed.id() + "' stands twice");
            }
            for (int c = 0; c < seed.checks().size(); c++) {
                if (assignment.check(seed.checks().get(c)).isEmpty()) {
                    error(
                            "/seeds/" + i + "/checks/" + c,
                            "there is no check '" + seed.checks().get(c) + "'");
                }
            }
        }
    }

    private void entries() {
        Set<String> names = new HashSet<>();
        List<EntrySignature> entries = assignment.entries();
        for (int i = 0; i < entries.size(); i++) {
            EntrySignature entry = entries.get(i);
            String at = "/entries/" + i;
            if (!names.add(entry.name())) {
                error(at + "/name", "'" + entry.name() + "' is declared twice");
            }
            type(at + "/returns", entry.returns());
            Set<String> parameters = new HashSet<>();
            for (int p = 0; p < entry.parameters().size(); p++) {
                Parameter parameter = entry.parameters().get(p);
                if (!parameters.add(parameter.name())) {
                    error(at + "/parameters/" + p + "/name", "'" + parameter.name() + "' is declared twice");
                }
                parameter(at + "/parameters/" + p, parameter, entry.form());
            }
        }
    }

    private void parameter(String at, Parameter parameter, EntrySignature.Form form) {
        type(at + "/type", parameter.type());
        boolean pointer = parameter.type().contains("*");
        if (parameter.space().equals("value") && pointer) {
            error(at + "/space", "'" + parameter.type() + "' is a pointer: device or host expected");
        }
        if (!parameter.space().equals("value") && !pointer) {
            error(at + "/space", "'" + parameter.type() + "' is no pointer: value expected");
        }
        if (form == EntrySignature.Form.PURE && parameter.space().equals("host")) {
            error(at + "/space", "a pure device function cannot read host memory");
        }
        if (!SHAPE.matcher(parameter.shape()).matches()) {
            error(at + "/shape", "'" + parameter.shape() + "' is not a row of extents such as [rows][cols]");
        }
    }

    private void type(String at, String type) {
        if (!CPP_TYPE.matcher(type).matches()) {
            error(at, "'" + type + "' is not a C++ type such as const float*");
        }
    }

    private void needs(Set<String> written, Set<String> planned) {
        for (int i = 0; i < assignment.needs().size(); i++) {
            String need = assignment.needs().get(i);
            String at = "/needs/" + i;
            if (need.equals(assignment.id())) {
                error(at, "an assignment cannot need itself");
            } else if (!written.contains(need) && planned.contains(need)) {
                breaches.add(new Breach(at, "'" + need + "' is planned but not written yet", Weight.WARNING));
            } else if (!written.contains(need)) {
                error(at, "there is no assignment '" + need + "'");
            }
        }
    }

    private void performance() {
        Assignment.Performance performance = assignment.performance();
        if (performance.kind().equals("NONE") != performance.formula().isEmpty()) {
            error(
                    "/performance/formula",
                    performance.formula().isEmpty()
                            ? "kind " + performance.kind() + " needs a formula"
                            : "kind NONE has no formula");
        }
        if (performance.pass() > performance.full()) {
            error("/performance/pass", "pass is above full");
        }
        Assignment.Problem problem = performance.problem();
        boolean measured = problem != null && Set.of("MEM", "CMP").contains(performance.kind());
        if (performance.points() > 0 && !measured) {
            error("/performance/points", "points for speed need kind MEM or CMP and a problem to measure");
        }
        if (problem != null) {
            problem(problem);
        }
        if (measured && !performance.formula().isEmpty()) {
            try {
                SizeFormula.value(performance.formula(), problem.gpu());
            } catch (IllegalArgumentException e) {
                error("/performance/formula", String.valueOf(e.getMessage()));
            }
        }
    }

    private void problem(Assignment.Problem problem) {
        EntrySignature entry = assignment.entry(problem.entry()).orElse(null);
        if (entry == null) {
            error("/performance/problem/entry", "there is no entry '" + problem.entry() + "'");
        } else if (entry.parameters().size() != problem.arguments().size()) {
            error(
                    "/performance/problem/arguments",
                    problem.entry() + " takes " + entry.parameters().size() + " arguments, not "
                            + problem.arguments().size());
        }
        for (int i = 0; i < problem.arguments().size(); i++) {
            try {
                ProblemArgument.parse(problem.arguments().get(i), problem.gpu().keySet());
            } catch (IllegalArgumentException e) {
                error("/performance/problem/arguments/" + i, String.valueOf(e.getMessage()));
            }
        }
        if (!problem.gpu().keySet().equals(problem.model().keySet())) {
            error("/performance/problem/model", "gpu and model must name the same sizes");
        }
    }

    private void concepts() {
        Set<Integer> numbers = new HashSet<>();
        for (int i = 0; i < assignment.concepts().size(); i++) {
            int q = assignment.concepts().get(i).q();
            if (!numbers.add(q)) {
                error("/concepts/" + i + "/q", "question " + q + " stands twice");
            }
        }
    }

    private void files() {
        for (String file : FILES) {
            if (!Files.isRegularFile(assignment.folder().resolve(file))) {
                error("", file + " is missing beside it");
            }
        }
    }

    private void error(String pointer, String sentence) {
        breaches.add(new Breach(pointer, sentence, Weight.ERROR));
    }
}
