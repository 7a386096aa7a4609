package org.warpgrade.gpu.worker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Messages with their length before them: what does not begin with the sign of a frame is garbage. */
final class Frames {

    /** What a frame says. */
    enum Kind {
        /** Worker: there is a GPU, its name, driver and L2 follow. */
        READY,
        /** Worker: there is none; one sentence follows. */
        UNAVAILABLE,
        /** Owner: run a call. */
        RUN,
        /** Owner: time a call. */
        TIME,
        /** Worker: what became of it. */
        DONE
    }

    /** A message. */
    record Frame(Kind kind, DataInputStream content) {}

    /** Writes the content of a frame. */
    @FunctionalInterface
    interface Content {
        void writeTo(DataOutput out) throws IOException;
    }

    private static final int SIGN = 0x57475055; // "WGPU"

    private Frames() {}

    static void write(OutputStream stream, Kind kind, Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.writeTo(new DataOutputStream(bytes));
        DataOutputStream out = new DataOutputStream(stream);
        out.writeInt(SIGN);
        out.writeByte(kind.ordinal());
        out.writeInt(bytes.size());
        bytes.writeTo(out);
        out.flush();
    }

    /** The next frame; an end of the stream is an {@link java.io.EOFException}. */
    static Frame read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        int sign = in.readInt();
        int kind = in.readUnsignedByte();
        int length = in.readInt();
        if (sign != SIGN || kind >= Kind.values().length || length < 0) {
            throw new GarbageException();
        }
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new java.io.EOFException("the channel ended within a message");
        }
        return new Frame(Kind.values()[kind], new DataInputStream(new ByteArrayInputStream(content)));
    }

    /** What came is no frame. */
    static final class GarbageException extends IOException {
        private static final long serialVersionUID = 1L;

        GarbageException() {
            super("what came on the worker's channel is no message of a worker");
        }
    }
}
