package org.warpgrade.gpu.worker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.LongFunction;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunTrace;
import org.warpgrade.gpu.timing.Repetition;
import org.warpgrade.gpu.timing.TimedOutputs;

/** Repetitions as bytes. Outputs stay where they are; their checksum goes. */
final class RepetitionWire {

    private RepetitionWire() {}

    static void write(Wire wire, DataOutput out, Repetition repetition) throws IOException {
        switch (repetition) {
            case Repetition.Timed(double micros, TimedOutputs outputs, RunTrace trace) -> {
                out.writeByte('t');
                out.writeDouble(micros);
                out.writeLong(outputs.checksum());
                wire.write(out, trace);
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

    /** @param outputs gives the outputs with a checksum */
    static Repetition read(Wire wire, DataInput in, LongFunction<TimedOutputs> outputs) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 't' -> {
                double micros = in.readDouble();
                TimedOutputs written = outputs.apply(in.readLong());
                yield new Repetition.Timed(micros, written, wire.readTrace(in));
            }
            case 'e' -> new Repetition.Ended(wire.readOutcome(in));
            case 'n' -> new Repetition.NotTimable(Wire.text(in));
            default -> throw new IOException("a repetition of kind " + kind);
        };
    }
}
