package org.warpgrade.engine.handin;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/**
 * When things were handed in, as a table {@code student,assignment,submitted}: for exports that do not tell. Without an
 * assignment a row holds for all of the student's files; a time without an offset is read in the class's zone.
 */
public final class HandInTimes {

    private final Map<String, Instant> times = new HashMap<>();

    private HandInTimes() {}

    public static HandInTimes none() {
        return new HandInTimes();
    }

    /** @throws ClassInputException with file and line */
    public static HandInTimes read(Path file, Roster roster, ZoneId zone) throws ClassInputException {
        Table table = Table.read(file);
        if (!table.has("student") || !table.has("submitted")) {
            throw table.wrong(1, "needs the columns 'student' and 'submitted' (and may have 'assignment')");
        }
        HandInTimes times = new HandInTimes();
        for (Table.Row row : table.rows()) {
            String name = row.get("student");
            String student = roster.find(name).map(Student::id).orElse(name);
            String text = row.get("submitted");
            try {
                boolean offset = text.endsWith("Z") || text.matches(".*[+-]\\d\\d:?\\d\\d");
                Instant time = offset
                        ? OffsetDateTime.parse(text).toInstant()
                        : LocalDateTime.parse(text.replace(' ', 'T'))
                                .atZone(zone)
                                .toInstant();
                times.times.put(key(student, row.get("assignment")), time);
            } catch (DateTimeException e) {
                throw table.wrong(row.line(), "'" + text + "' is no time: write 2026-11-30T23:59+01:00");
            }
        }
        return times;
    }

    /** The hand-in with its time, if the table tells one. */
    public HandIn apply(HandIn handIn, String assignment) {
        String student = handIn.student().id();
        Instant time = times.getOrDefault(key(student, assignment), times.get(key(student, "")));
        return time == null ? handIn : handIn.at(time);
    }

    private static String key(String student, String assignment) {
        return student + "\n" + assignment;
    }
}
