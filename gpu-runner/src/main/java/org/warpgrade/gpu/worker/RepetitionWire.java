package org.warpgrade.gpu.worker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.warpgrade.gpu.Buffers;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunTrace;
import org.warpgrade.gpu.timing.Repetition;

/** Repetitions as bytes. */
final class RepetitionWire {

    private RepetitionWire() {}

    static void write(Wire wire, DataOutput out, Repetition repetition) throws IOException {
        switch (repetition) {
            case Repetition.Timed(double micros, Buffers buffers, RunTrace trace) -> {
                out.writeByte('t');
                out.writeDouble(micros);
                wire.write(out, trace);
                wire.write(out, buffers);
            }
            case Repetition.Ended(RunOutcome outcome) -> {
                out.writeByte('e');
                wire.write(out, outcome);
            }
            case Repetition.NotTimable(String words) -> {
                out.writeByte('n');
                Wire.text(out, words);
            }
        }
    }

    static Repetition read(Wire wire, DataInput in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 't' -> {
                double micros = in.readDouble();
                RunTrace trace = wire.readTrace(in);
                yield new Repetition.Timed(micros, wire.readContents(in), trace);
            }
            case 'e' -> new Repetition.Ended(wire.readOutcome(in));
            case 'n' -> new Repetition.NotTimable(Wire.text(in));
            default -> throw new IOException("a repetition of kind " + kind);
        };
    }
}
