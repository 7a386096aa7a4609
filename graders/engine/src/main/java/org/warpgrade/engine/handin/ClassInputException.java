package org.warpgrade.engine.handin;

/** A roster, an archive or a class plan is wrong: the instructor's to mend. The message is one sentence that says where. */
public final class ClassInputException extends Exception {

    public ClassInputException(String message) {
        super(message);
    }

    public ClassInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
