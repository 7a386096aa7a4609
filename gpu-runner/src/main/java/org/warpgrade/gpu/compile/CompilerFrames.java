package org.warpgrade.gpu.compile;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a compiler process and its owner say to each other, as length-prefixed UTF-8. */
final class CompilerFrames {

    /** Warnings and errors beyond this help nobody; template errors can fill gigabytes. */
    private static final int LONGEST_LOG = 1 << 20;

    /** What no honest answer reaches; a length beyond it means that the channel is broken. */
    private static final int LONGEST_TEXT = 256 << 20;

    private CompilerFrames() {}

    /** A text to compile. */
    record Job(String name, String text, List<String> options) {

        Job {
            options = List.copyOf(options);
        }
    }

    /** What a compiler process says. */
    sealed interface Answer {

        /** NVRTC is loaded. */
        record Ready() implements Answer {}

        /** NVRTC has judged the text. */
        record Judged(Nvrtc.Result result) implements Answer {}

        /** NVRTC could not be loaded, or failed otherwise than by an error in the text. */
        record Failed(String sentence) implements Answer {}
    }

    static void write(DataOutputStream out, Job job) throws IOException {
        write(out, job.name());
        write(out, job.text());
        out.writeInt(job.options().size());
        for (String option : job.options()) {
            write(out, option);
        }
        out.flush();
    }

    static Job readJob(DataInputStream in) throws IOException {
        String name = readText(in);
        String text = readText(in);
        int count = in.readInt();
        List<String> options = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            options.add(readText(in));
        }
        return new Job(name, text, options);
    }

    static void write(DataOutputStream out, Answer answer) throws IOException {
        switch (answer) {
            case Answer.Ready() -> out.writeByte('y');
            case Answer.Judged(Nvrtc.Result result) -> {
                out.writeByte('j');
                out.writeBoolean(result.ok());
                write(out, shortened(result.log()));
                write(out, result.ptx());
            }
            case Answer.Failed(String sentence) -> {
                out.writeByte('f');
                write(out, shortened(sentence));
            }
        }
        out.flush();
    }

    static Answer readAnswer(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case 'y' -> new Answer.Ready();
            case 'j' -> new Answer.Judged(new Nvrtc.Result(in.readBoolean(), readText(in), readText(in)));
            case 'f' -> new Answer.Failed(readText(in));
            default -> throw new IOException("the compiler process said " + kind);
        };
    }

    private static String shortened(String log) {
        return log.length() <= LONGEST_LOG ? log : log.substring(0, LONGEST_LOG) + "\n… (cut)";
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST_TEXT) {
            throw new IOException("a text of " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("the channel ended within a text");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
