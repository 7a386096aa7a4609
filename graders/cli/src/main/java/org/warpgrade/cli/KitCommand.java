package org.warpgrade.cli;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.CatalogException;
import org.warpgrade.engine.NvrtcSubmissions;
import org.warpgrade.engine.kit.Kit;
import org.warpgrade.engine.runner.ChecksFinder;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.cpu.CpuDevice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code warpgrade kit}: what students may have. Public checks go in as data, recorded on the references; no class of
 * checks, oracles, references or mutants does.
 */
@Command(description = "Write a student kit: starters, handouts, public checks as data; nothing hidden.")
final class KitCommand implements Callable<Integer> {

    private static final String ROOT = "warpgrade-kit/";
    private static final String OURS = "org/warpgrade/";

    /** Of the references only what inputs and recorded values need: the stream of random numbers and a container. */
    private static final List<String> ALLOWED_REFERENCE = List.of(
            OURS + "reference/inputs/", OURS + "reference/oracle/OracleTensor", OURS + "reference/oracle/package-info");

    private static final List<String> FORBIDDEN = List.of(OURS + "checks/", OURS + "reference/");

    /** What only the Jenkins client needs: a third of a kit's size, and no student's business. */
    private static final Pattern OF_JENKINS = Pattern.compile(
            "(jenkins-rest|jclouds|guice|guava|failureaccess|listenablefuture|gson|aopalliance|jaxb-api|javax[.]|"
                    + "auto-|error_prone|j2objc|jsr305).*");

    /** Students get no solution, so only these files of an assignment. */
    private static final List<String> FILES =
            List.of("assignment.yaml", "handout.md", "handout.zh.md", "starter.cu", "driver.cu");

    private final Terminal terminal;

    @Option(names = "--out", required = true, paramLabel = "ZIP", description = "The archive to write.")
    private Path out = Path.of("");

    @Mixin
    private LanguageOption language = new LanguageOption();

    KitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CatalogException {
        Map<String, byte[]> classes = new TreeMap<>();
        Map<String, byte[]> files = new LinkedHashMap<>();
        Path home = Path.of(System.getProperty("warpgrade.home", "."));
        Catalog catalog = Catalog.of(home);
        try (Device device = new CpuDevice();
                NvrtcCompiler nvrtc = NvrtcCompiler.ofUser(new ConsoleProgress(terminal, false))) {
            Kit kit = new Kit(new NvrtcSubmissions(nvrtc), device, ChecksFinder.onClassPath(), home);
            for (Assignment assignment : catalog.assignments()) {
                Kit.Part part = kit.of(assignment);
                classes.putAll(part.files());
                addAssignment(assignment, home, files);
                terminal.err()
                        .println("warpgrade: " + assignment.id() + ": " + String.join(" ", part.recorded())
                                + (part.left().isEmpty() ? "" : "; not in the kit: " + String.join(" ", part.left())));
            }
        }
        List<Path> libraries = classPath(classes);
        write(files, classes, libraries);
        terminal.out().println(Messages.of(language.tag()).text("kit.done", out));
        return ExitStatus.OK.code();
    }

    private static void addAssignment(Assignment assignment, Path home, Map<String, byte[]> files) throws IOException {
        String folder = home.relativize(assignment.folder()).toString().replace(File.separatorChar, '/');
        for (String name : FILES) {
            Path file = assignment.folder().resolve(name);
            if (Files.isRegularFile(file)) {
                files.put(folder + "/" + name, Files.readAllBytes(file));
            }
        }
    }

    /**
     * Sorts the class path of this program: our classes that may be given away are added, other libraries are returned.
     */
    private static List<Path> classPath(Map<String, byte[]> classes) throws IOException {
        List<Path> libraries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                if (!path.endsWith("test-classes")) {
                    addFolder(path, classes);
                }
            } else if (Files.isRegularFile(path)
                    && entry.endsWith(".jar")
                    && !OF_JENKINS.matcher(path.getFileName().toString()).matches()
                    && !addArchive(path, classes)) {
                libraries.add(path);
            }
        }
        return libraries;
    }

    private static void addFolder(Path folder, Map<String, byte[]> classes) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
                if (mayBeGiven(name)) {
                    classes.putIfAbsent(name, Files.readAllBytes(file));
                }
            }
        }
    }

    /** False if nothing in it is ours. */
    private static boolean addArchive(Path archive, Map<String, byte[]> classes) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            List<? extends ZipEntry> entries = Collections.list(zip.entries());
            if (entries.stream().noneMatch(entry -> entry.getName().startsWith(OURS))) {
                return false;
            }
            for (ZipEntry entry : entries) {
                if (!entry.isDirectory() && mayBeGiven(entry.getName())) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        classes.putIfAbsent(entry.getName(), in.readAllBytes());
                    }
                }
            }
            return true;
        }
    }

    static boolean mayBeGiven(String name) {
        boolean forbidden = FORBIDDEN.stream().anyMatch(name::startsWith)
                && ALLOWED_REFERENCE.stream().noneMatch(name::startsWith);
        // the runner measures peaks with kernels of its own; any other CUDA text could be a solution
        boolean solution = name.endsWith(".cu") && !name.startsWith(OURS + "gpu/");
        return name.startsWith(OURS) && !forbidden && !solution;
    }

    private void write(Map<String, byte[]> files, Map<String, byte[]> classes, List<Path> libraries)
            throws IOException {
        Path whole = out.toAbsolutePath();
        Files.createDirectories(whole.getParent());
        Path half = whole.resolveSibling(whole.getFileName() + ".tmp");
        try {
            try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(Files.newOutputStream(half))) {
                put(zip, ROOT + "README.md", resource("kit-README.md"));
                put(zip, ROOT + "warpgrade", resource("kit-warpgrade"));
                for (Map.Entry<String, byte[]> file : files.entrySet()) {
                    put(zip, ROOT + file.getKey(), file.getValue());
                }
                Set<Path> names = new HashSet<>();
                for (Path library : libraries) {
                    if (names.add(library.getFileName())) {
                        put(zip, ROOT + "lib/" + library.getFileName(), Files.readAllBytes(library));
                    }
                }
                put(zip, ROOT + "lib/warpgrade-kit.jar", jar(classes));
            }
            Files.move(half, whole, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(half);
        }
    }

    private static byte[] jar(Map<String, byte[]> classes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
            Set<String> folders = new HashSet<>();
            for (Map.Entry<String, byte[]> file : classes.entrySet()) {
                // checks are found by listing their folder, so folders need entries
                String name = file.getKey();
                for (int i = name.indexOf('/'); i >= 0; i = name.indexOf('/', i + 1)) {
                    if (folders.add(name.substring(0, i + 1))) {
                        put(jar, name.substring(0, i + 1), new byte[0]);
                    }
                }
                put(jar, name, file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    /** The same input makes the same archive: entries carry no time of their own. */
    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /** The launcher may be run as it is once it is unpacked. */
    private static void put(ZipArchiveOutputStream zip, String name, byte[] content) throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setTime(0);
        entry.setUnixMode(name.equals(ROOT + "warpgrade") ? 0100755 : 0100644);
        zip.putArchiveEntry(entry);
        zip.write(content);
        zip.closeArchiveEntry();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = KitCommand.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        }
    }
}
