package org.warpgrade.gpu.compile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.compile.Functions.Function;

/**
 * Lets the compiler itself decide whether the source defines the expected entries: a line per entry takes the address of
 * the function as the expected type, which also tells its PTX symbol whatever its linkage.
 */
final class EntryCheck {

    /** The file name under which the check's lines appear in NVRTC's log; no file of a student can have it. */
    static final String FILE = "<entry check>";

    private static final String POINTER_NAME = "__warpgrade_entry_";

    private static final Pattern POINTER = Pattern.compile(".*\\b" + POINTER_NAME + "(\\d+) = ([\\w$.]+);\\n?");

    private static final String EXTERNAL = ".extern .func";

    private static final Pattern FOUND_TYPE =
            Pattern.compile("a value of type \"(.+?) \\(\\*\\)(\\(.*?\\))\" cannot be used.*");

    /** More would hide the sentence that matters. */
    private static final int MOST_CANDIDATES = 3;

    private final String file;
    private final List<EntryExpectation> expected;
    private final List<String> chosen;
    private final Functions functions;

    EntryCheck(CudaSource source, List<EntryExpectation> expected, Functions functions) {
        this.file = source.name();
        this.expected = expected;
        this.functions = functions;
        this.chosen = expected.stream().map(this::choose).toList();
    }

    /** The first of the entry's names that the source uses for a function; its own name if it uses none. */
    private String choose(EntryExpectation entry) {
        return entry.names().stream()
                .filter(name -> functions.named(name).isPresent())
                .findFirst()
                .orElse(entry.name());
    }

    /** The text to append; line n is about the n-th entry. */
    String text() {
        StringBuilder text = new StringBuilder("#line 1 \"" + FILE + "\"\n");
        for (int i = 0; i < expected.size(); i++) {
            text.append("using __warpgrade_type_")
                    .append(i)
                    .append(" = ")
                    .append(expected.get(i).type())
                    .append("; extern \"C\" { __device__ __warpgrade_type_")
                    .append(i)
                    .append("* __warpgrade_entry_")
                    .append(i)
                    .append(" = &")
                    .append(chosen.get(i))
                    .append("; }\n");
        }
        return text.toString();
    }

    /** The PTX symbol of each entry, read from the pointers that the check left in the PTX. */
    Map<String, String> symbols(String ptx) {
        Map<String, String> symbols = new LinkedHashMap<>();
        for (Line line : linesWith(POINTER_NAME, ptx)) {
            Matcher pointer = POINTER.matcher(line.of(ptx));
            if (pointer.matches()) {
                symbols.put(expected.get(Integer.parseInt(pointer.group(1))).name(), pointer.group(2));
            }
        }
        return symbols;
    }

    /** A line of a text, its end included. */
    private record Line(int begin, int end) {
        String of(String text) {
            return text.substring(begin, end);
        }
    }

    /** PTX may be half a megabyte: only lines that hold the word are looked at closely. */
    private static List<Line> linesWith(String word, String text) {
        List<Line> lines = new ArrayList<>();
        int at = text.indexOf(word);
        while (at >= 0) {
            int newline = text.indexOf('\n', at);
            int end = newline < 0 ? text.length() : newline + 1;
            lines.add(new Line(text.lastIndexOf('\n', at) + 1, end));
            at = text.indexOf(word, end);
        }
        return lines;
    }

    /** What is wrong with the entries of a source that did compile; empty if nothing. */
    List<Diagnostic> judge(String ptx) {
        List<Diagnostic> wrong = new ArrayList<>();
        Map<String, String> symbols = symbols(ptx);
        for (int i = 0; i < expected.size(); i++) {
            String symbol = symbols.getOrDefault(expected.get(i).name(), "");
            if (ptx.contains(".entry " + symbol + "(\n") || ptx.contains(".entry " + symbol + "\n")) {
                wrong.add(kernel(i));
            } else if (isExternal(ptx, symbol)) {
                wrong.add(error(
                        location(i),
                        "\"" + chosen.get(i) + "\" is declared but never defined",
                        "expected: " + expected.get(i).declaration() + " { ... }"));
            }
        }
        return wrong;
    }

    private static boolean isExternal(String ptx, String symbol) {
        return linesWith(EXTERNAL, ptx).stream()
                .map(line -> line.of(ptx).stripTrailing())
                .anyMatch(line -> line.startsWith(EXTERNAL) && line.matches(".*\\s" + Pattern.quote(symbol)));
    }

    /** Puts a complaint of the compiler about line n of this check into words about the n-th entry. */
    Diagnostic explain(Diagnostic complaint) {
        SourceLocation at = complaint.at();
        int i = at == null ? -1 : at.line() - 1;
        if (i < 0 || i >= expected.size()) {
            return new Diagnostic(complaint.severity(), null, complaint.message());
        }
        EntryExpectation entry = expected.get(i);
        Function found = functions.named(chosen.get(i)).orElse(null);
        if (found != null && found.kernel()) {
            return kernel(i);
        }
        Matcher type = FOUND_TYPE.matcher(complaint.message());
        if (type.matches()) {
            String signature = found != null ? found.signature() : type.group(1) + " " + chosen.get(i) + type.group(2);
            return error(
                    location(i),
                    "\"" + chosen.get(i) + "\" has another type than expected",
                    "expected: " + entry.declaration(),
                    "found:    " + signature);
        }
        if (complaint.message().contains("overloaded function")) {
            List<String> lines = new ArrayList<>(List.of("expected: " + entry.declaration()));
            functions.all().stream()
                    .filter(f -> f.name().equals(chosen.get(i)))
                    .forEach(f -> lines.add("found:    " + f.signature()));
            return error(
                    location(i), "no \"" + chosen.get(i) + "\" has the expected type", lines.toArray(String[]::new));
        }
        if (complaint.message().equals("identifier \"" + chosen.get(i) + "\" is undefined")) {
            return missing(entry);
        }
        return error(
                location(i),
                "\"" + chosen.get(i) + "\" cannot be used as the entry: " + complaint.message(),
                "expected: " + entry.declaration());
    }

    private Diagnostic missing(EntryExpectation entry) {
        List<String> lines = new ArrayList<>(List.of("expected: " + entry.declaration()));
        if (!entry.aliases().isEmpty()) {
            lines.add("or under the name " + String.join(", ", entry.aliases()));
        }
        List<Function> candidates = functions.candidates();
        candidates.stream()
                .limit(MOST_CANDIDATES)
                .forEach(f -> lines.add("found:    " + f.signature() + " at line " + f.line()));
        if (candidates.isEmpty()) {
            lines.add("found:    no function but kernels");
        }
        return error(null, "there is no function \"" + entry.name() + "\"", lines.toArray(String[]::new));
    }

    private Diagnostic kernel(int i) {
        return error(
                location(i),
                "\"" + chosen.get(i)
                        + "\" is a __global__ kernel; the entry is an ordinary function that launches kernels",
                "expected: " + expected.get(i).declaration());
    }

    private @Nullable SourceLocation location(int i) {
        return functions
                .named(chosen.get(i))
                .map(f -> new SourceLocation(file, f.line(), 0))
                .orElse(null);
    }

    private static Diagnostic error(@Nullable SourceLocation at, String sentence, String... lines) {
        String block = lines.length == 0 ? "" : "\n  " + String.join("\n  ", lines);
        return new Diagnostic(Severity.ERROR, at, sentence + block);
    }

    /** The PTX without the pointers. */
    static String strip(String ptx) {
        StringBuilder kept = new StringBuilder(ptx.length());
        int from = 0;
        for (Line line : linesWith(POINTER_NAME, ptx)) {
            if (POINTER.matcher(line.of(ptx)).matches()) {
                kept.append(ptx, from, line.begin());
                from = line.end();
            }
        }
        return kept.append(ptx, from, ptx.length()).toString();
    }
}
