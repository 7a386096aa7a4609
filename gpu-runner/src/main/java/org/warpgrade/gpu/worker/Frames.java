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
        /** Owner: keep a buffer for the calls that are timed; there is no answer. */
        KEEP,
        /** Owner: let go of all kept buffers; there is no answer. */
        FORGET,
        /** Owner: time a call. */
        TIME,
        /** Owner: what the call that was timed last has written. */
        FETCH,
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
    private static final int MOST = Integer.MAX_VALUE - 64;

    private Frames() {}

    static void write(OutputStream stream, Kind kind, Content content) throws IOException {
        write(stream, kind, 0, content);
    }

    /** @param large about how many bytes a large content has */
    static void write(OutputStream stream, Kind kind, long large, Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) Math.min(MOST, large + 1024));
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
        if (sign != SIGN || kind >= Kind.values().length || length < 0 || length > MOST) {
            throw new GarbageException();
        }
        byte[] content = new byte[length];
        in.readFully(content);
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
