package org.warpgrade.engine.diagnosis;

import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Text;

/** One way in which wrong elements can have something in common. */
interface Pattern {

    Text NOTHING = new Text("", "");

    /** The pattern in words if all wrong elements show it, else null. */
    @Nullable
    Recognised in(Evidence evidence);

    /**
     * A pattern that was found.
     *
     * @param words a phrase that goes on from "3 of 12 elements are wrong: "
     * @param cause what usually does that, as a question or a hint; empty if it could be anything
     */
    record Recognised(Text words, Text cause) {

        static Recognised of(String english, String chinese) {
            return new Recognised(new Text(english, chinese), NOTHING);
        }

        Recognised because(String english, String chinese) {
            return new Recognised(words, new Text(english, chinese));
        }
    }
}
