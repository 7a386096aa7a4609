package org.warpgrade.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.DeviceKind;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;

/** A device that looks into the source for a word that says what the program does: RIGHT, SLOPPY, ROWS7, or else nothing. */
final class WordDevice implements Device {

    private static final Pattern ROWS = Pattern.compile("ROWS(\\d+)");

    @Override
    public DeviceKind kind() {
        return DeviceKind.CPU;
    }

    @Override
    public String name() {
        return "word device";
    }

    @Override
    public RunOutcome run(Program program, Call call, RunSettings settings) {
        String text = program.source().text();
        Matcher rows = ROWS.matcher(text);
        if (rows.find()) {
            int handled = Integer.parseInt(rows.group(1));
            return FakeDevice.running(memory -> Softmax.rows(memory, handled)).run(program, call, settings);
        }
        if (text.contains("SLOPPY")) {
            return FakeDevice.running(WordDevice::sloppy).run(program, call, settings);
        }
        FakeDevice.Body body = text.contains("RIGHT") ? Softmax::right : memory -> {};
        return FakeDevice.running(body).run(program, call, settings);
    }

    /** Within ELEM(1e-7, 1e-5), but only just. */
    private static void sloppy(FakeDevice.Memory memory) {
        Softmax.right(memory);
        for (int i = 0; i < memory.i32(2) * memory.i32(3); i++) {
            memory.at(1).putFloat(4 * i, memory.at(1).getFloat(4 * i) * 1.000005f);
        }
    }

    @Override
    public void close() {}
}
