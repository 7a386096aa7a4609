package org.warpgrade.cli;

/** The device that was asked for is not to be had; the message is one sentence. */
final class DeviceUnavailableException extends RuntimeException {

    DeviceUnavailableException(String message) {
        super(message);
    }
}
