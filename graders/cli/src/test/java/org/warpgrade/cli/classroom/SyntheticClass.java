package org.warpgrade.cli.classroom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A class that nobody teaches: students who hand in references and mutants in their own hand, files that do not compile, take
 * for ever, attack, are empty or no text at all, and copies of their neighbour's work. The same arguments give the same bytes.
 *
 * <pre>java … org.warpgrade.cli.classroom.SyntheticClass FOLDER STUDENTS ASSIGNMENT…</pre>
 */
public final class SyntheticClass {

    /** What a student hands in, and how many of a hundred do so. */
    enum Kind {
        RIGHT(42),
        WRONG(34),
        BROKEN(7),
        STARTER(5),
        COPY(4),
        HOSTILE(3),
        NOT_UTF8(2),
        EMPTY(1),
        SLOW(1),
        ENDLESS(1);

        private final int share;

        Kind(int share) {
            this.share = share;
        }
    }

    private static final Pattern KERNEL = Pattern.compile(
            "__global__\\s+(?:void\\s+)?(?:__launch_bounds__\\([^)]*\\)\\s+)?(?:void\\s+)?(\\w+)\\s*\\(");

    /** Attacks on the grader; each is appended to an otherwise right file. */
    private static final List<String> ATTACKS = List.of(
            "#include \"/etc/passwd\"\n",
            "#include \"../../../oracle.h\"\n",
            "__global__ void attack(float* p) { for (long i = 0;; i++) p[i] = 0; }\n#error look at me\n",
            "asm(\".global .b8 x[1 << 40];\");\n",
            "template <int N> struct Deep { static const int v = Deep<N + 1>::v; };\nint deep = Deep<0>::v;\n");

    private final Path home;
    private final Random random;
    private final Map<Kind, Integer> made = new EnumMap<>(Kind.class);

    private SyntheticClass(Path home, long seed) {
        this.home = home;
        this.random = new Random(seed);
    }

    /**
     * Writes {@code s0001/<assignment>.cu} and so on, and {@code roster.csv} beside the folder's students.
     *
     * @param home the repository
     * @return how many of each kind there are
     */
    static Map<Kind, Integer> write(Path home, Path folder, int students, List<String> assignments, long seed)
            throws IOException {
        SyntheticClass made = new SyntheticClass(home, seed);
        made.write(folder, students, assignments);
        return made.made;
    }

    public static void main(String[] args) throws IOException {
        Path home = Path.of(System.getProperty("warpgrade.home", "."));
        List<String> assignments = List.of(args).subList(2, args.length);
        Map<Kind, Integer> made = write(home, Path.of(args[0]), Integer.parseInt(args[1]), assignments, 2026);
        Files.writeString(Path.of(args[0]).resolve("mix.txt"), made + "\n");
    }

    private void write(Path folder, int students, List<String> assignments) throws IOException {
        StringBuilder roster = new StringBuilder("id,name,email,section\n");
        for (String assignment : assignments) {
            List<Path> right = sources(home.resolve("reference-impls/cuda").resolve(assignment));
            List<Path> wrong = sources(home.resolve("reference-impls/mutants").resolve(assignment));
            List<Kind> kinds = kinds(students);
            List<byte[]> sound = new ArrayList<>();
            for (int i = 0; i < students; i++) {
                Kind kind = kinds.get(i);
                byte[] content = content(kind, assignment, right, wrong, sound, i);
                if (kind == Kind.RIGHT || kind == Kind.WRONG) {
                    sound.add(content);
                }
                made.merge(kind, 1, Integer::sum);
                Path file = folder.resolve(student(i)).resolve(assignment + ".cu");
                Files.createDirectories(file.getParent());
                Files.write(file, content);
            }
        }
        for (int i = 0; i < students; i++) {
            roster.append(String.format(
                    Locale.ROOT, "%s,Student Number %d,%1$s@example.org,%d%n", student(i), i + 1, 1 + i % 3));
        }
        Files.writeString(folder.resolve("roster.csv"), roster);
    }

    private static String student(int i) {
        return String.format(Locale.ROOT, "s%04d", i + 1);
    }

    /** Every kind by its share, at least one of each, in any order; a small class has nobody who wastes time. */
    private List<Kind> kinds(int students) {
        List<Kind> kinds = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            boolean wastesTime = kind == Kind.SLOW || kind == Kind.ENDLESS;
            int count = wastesTime && students < 100 ? 0 : Math.max(1, Math.round(students * kind.share / 100f));
            for (int i = 0; i < count && kind != Kind.RIGHT; i++) {
                kinds.add(kind);
            }
        }
        while (kinds.size() < students) {
            kinds.add(Kind.RIGHT);
        }
        Collections.shuffle(kinds, random);
        return kinds.subList(0, students);
    }

    private byte[] content(
            Kind kind, String assignment, List<Path> right, List<Path> wrong, List<byte[]> sound, int student) {
        String good = inOwnHand(read(any(right)), assignment, student);
        return switch (kind) {
            case RIGHT -> bytes(good);
            case WRONG -> bytes(inOwnHand(read(any(wrong)), assignment, student));
            case BROKEN -> bytes(broken(good));
            case STARTER -> bytes(read(starter(assignment)));
            case COPY -> sound.isEmpty() ? bytes(good) : any(sound);
            case HOSTILE -> bytes(good + any(ATTACKS));
            case NOT_UTF8 -> notUtf8(good);
            case EMPTY -> new byte[0];
            case SLOW -> bytes(delayed(good, 2_000_000));
            case ENDLESS -> bytes(delayed(good, -1));
        };
    }

    /** The same program as somebody else would write it: other kernel names, another line for everything. */
    private String inOwnHand(String text, String assignment, int student) {
        String own = text.lines().skip(text.startsWith("// mutant:") ? 1 : 0).reduce("", (a, b) -> a + b + "\n");
        Matcher kernels = KERNEL.matcher(text);
        while (kernels.find()) {
            String name = kernels.group(1);
            own = own.replaceAll(
                    "\\b" + Pattern.quote(name) + "\\b", name + "_" + Integer.toHexString(random.nextInt(1 << 16)));
        }
        String remarks = "// my own work\n".repeat(1 + random.nextInt(5));
        return "// assignment: " + assignment + "\n// by " + student(student) + "\n" + remarks + own;
    }

    private String broken(String text) {
        List<Integer> ends = new ArrayList<>();
        for (int i = text.indexOf(';'); i >= 0; i = text.indexOf(';', i + 1)) {
            ends.add(i);
        }
        int cut = ends.get(random.nextInt(ends.size()));
        return text.substring(0, cut) + " oops " + text.substring(cut + 1);
    }

    private static byte[] notUtf8(String text) {
        byte[] bytes = bytes(text);
        byte[] all = new byte[bytes.length + 3];
        System.arraycopy(bytes, 0, all, 0, bytes.length);
        all[bytes.length] = (byte) 0xFF;
        all[bytes.length + 1] = (byte) 0xFE;
        all[bytes.length + 2] = '\n';
        return all;
    }

    /** Every kernel first counts to a number, or for ever. */
    private static String delayed(String text, long rounds) {
        String loop = rounds < 0
                ? "volatile int wait_ = 0; while (wait_ >= 0) { wait_ = 1; }"
                : "if (blockIdx.x == 0 && threadIdx.x == 0) { volatile int wait_ = 0; for (int w_ = 0; w_ < " + rounds
                        + "; w_++) { wait_ = wait_ + 1; } }";
        Matcher kernel = KERNEL.matcher(text);
        if (!kernel.find()) {
            return text;
        }
        int brace = text.indexOf('{', kernel.end());
        return text.substring(0, brace + 1) + " " + loop + text.substring(brace + 1);
    }

    private Path starter(String assignment) {
        try (Stream<Path> files = Files.walk(home.resolve("assignments/catalog"))) {
            return files.filter(file -> file.endsWith(Path.of(assignment, "starter.cu")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".cu"))
                    .sorted()
                    .toList();
        }
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
