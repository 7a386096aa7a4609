package org.warpgrade.engine.handin;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * Somebody who takes the class; what is not known is empty.
 *
 * @param id what the gradebook calls the student: unique in the class
 * @param name for people, as the roster writes it
 * @param email as the platform knows it
 * @param login the name to log in with; Canvas calls it SIS Login ID
 * @param section group or section
 * @param platformId the platform's own number: Canvas' ID, the number of Moodle's {@code Participant 123}
 * @param sisId the number of the student information system; Canvas calls it SIS User ID
 */
public record Student(
        String id, String name, String email, String login, String section, String platformId, String sisId) {

    /** A student of whom only what a hand-in tells is known. */
    public static Student known(String id, String name, String email) {
        return new Student(id, name, email, "", "", "", "");
    }

    /** What the student may be called in a folder or file name, in small letters. */
    Stream<String> names() {
        return Stream.of(id, login, email, platformId, sisId, name, packed(name))
                .filter(text -> !text.isEmpty())
                .map(text -> text.toLowerCase(Locale.ROOT));
    }

    /** The name as Canvas packs it into file names: {@code Smith, Bob} and {@code Bob Smith} become {@code smithbob}. */
    static String packed(String name) {
        int comma = name.indexOf(',');
        String sorted = name;
        if (comma < 0 && name.contains(" ")) {
            int last = name.lastIndexOf(' ');
            sorted = name.substring(last + 1) + name.substring(0, last);
        }
        return sorted.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }
}
