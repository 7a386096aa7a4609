package org.warpgrade.cli;

/** The user asked for something that cannot be done; the message is one sentence that says what to do instead. */
final class UsageException extends RuntimeException {

    UsageException(String message) {
        super(message);
    }
}
