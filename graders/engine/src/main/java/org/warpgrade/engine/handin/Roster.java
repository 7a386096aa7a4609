package org.warpgrade.engine.handin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who takes the class. A plain table with {@code id,name,email,…} does, and so do Canvas' exported gradebook and Moodle's
 * grading worksheet as they come: their columns are known.
 */
public final class Roster {

    private static final String[] ID = {"id number", "student id", "student", "sid", "id", "username", "login"};
    private static final String[] NAME = {"name", "full name", "student name", "student"};
    private static final String[] EMAIL = {"email", "email address", "e-mail", "mail"};
    private static final String[] LOGIN = {"login", "sis login id", "username", "login_id"};
    private static final String[] SECTION = {"section", "group", "groups"};
    private static final String[] SIS = {"sis user id", "sis id", "student number"};

    /** Names in the order of the roster; a name that two students share names nobody. */
    private final List<Student> students;

    private final Map<String, Student> byName = new HashMap<>();

    private Roster(List<Student> students) {
        this.students = List.copyOf(students);
        Set<String> shared = new HashSet<>();
        for (Student student : students) {
            student.names().distinct().forEach(name -> {
                Student other = byName.putIfAbsent(name, student);
                if (other != null && !other.equals(student)) {
                    shared.add(name);
                }
            });
        }
        shared.forEach(byName::remove);
        students.forEach(student -> byName.put(student.id().toLowerCase(Locale.ROOT), student));
    }

    /** No roster: everybody who handed something in is in the class. */
    public static Roster none() {
        return new Roster(List.of());
    }

    public static Roster of(List<Student> students) {
        return new Roster(students);
    }

    /** @throws ClassInputException with file and line if it is no roster or names a student twice */
    public static Roster read(Path file) throws ClassInputException {
        Table table = Table.read(file);
        boolean canvas = table.has("student") && table.has("id") && table.has("section");
        if (!canvas && !table.has(ID) && !table.has("identifier")) {
            throw table.wrong(
                    1,
                    "a roster needs a column 'id' (and may have name, email, login, section); found "
                            + String.join(", ", table.headers()));
        }
        List<Student> students = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Table.Row row : table.rows()) {
            Student student = canvas ? ofCanvas(row) : table.has("identifier") ? ofMoodle(row) : plain(row);
            if (student.id().isEmpty() || student.name().startsWith("Points Possible")) {
                continue;
            }
            if (!ids.add(student.id().toLowerCase(Locale.ROOT))) {
                throw table.wrong(row.line(), "the student '" + student.id() + "' is named twice");
            }
            students.add(student);
        }
        return new Roster(students);
    }

    public List<Student> students() {
        return students;
    }

    public boolean isEmpty() {
        return students.isEmpty();
    }

    /** The student whom this id, login, e-mail address, platform number or name belongs to and to nobody else. */
    public Optional<Student> find(String name) {
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The first of several ways to name somebody that names a student. */
    Optional<Student> findAny(List<String> names) {
        return names.stream()
                .filter(name -> !name.isEmpty())
                .map(this::find)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Student plain(Table.Row row) {
        String email = row.get(EMAIL);
        String id = row.get(ID);
        return new Student(
                id,
                row.get(NAME),
                email,
                row.get(LOGIN),
                row.get(SECTION),
                row.get("canvas id", "moodle id"),
                row.get(SIS));
    }

    /** Canvas: {@code Student,ID,SIS User ID,SIS Login ID,Section,…}; the login names people best. */
    private static Student ofCanvas(Table.Row row) {
        String number = row.get("id");
        String login = row.get("sis login id");
        String sis = row.get("sis user id");
        String id = !login.isEmpty() ? login : !sis.isEmpty() ? sis : number;
        return new Student(id, row.get("student"), row.get(EMAIL), login, row.get("section"), number, sis);
    }

    /** Moodle: {@code Identifier,Full name,Email address,…} with identifiers like {@code Participant 123}. */
    private static Student ofMoodle(Table.Row row) {
        String identifier = row.get("identifier");
        String number = identifier.replaceAll("\\D", "");
        String email = row.get(EMAIL);
        String own = row.get("id number");
        String id = !own.isEmpty() ? own : !email.isEmpty() ? email : number;
        return new Student(id, row.get(NAME), email, row.get(LOGIN), row.get(SECTION), number, own);
    }
}
