package org.warpgrade.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** Every command by name, in the order of the help. */
final class Commands {

    private Commands() {}

    static Map<String, Object> all(Terminal terminal) {
        Map<String, Object> commands = new LinkedHashMap<>();
        commands.put("grade", new GradeCommand(terminal));
        commands.put("check", new CheckCommand(terminal));
        commands.put("batch", new BatchCommand(terminal));
        commands.put("list", new ListCommand(terminal));
        commands.put("start", new StartCommand(terminal));
        commands.put("bench", new BenchCommand(terminal));
        commands.put("gate", new GateCommand(terminal));
        commands.put("mutation", new MutationCommand(terminal));
        commands.put("similar", new SimilarCommand(terminal));
        commands.put("pr", new PrCommand(terminal));
        commands.put("jenkins", new JenkinsCommand(terminal));
        commands.put("kit", new KitCommand(terminal));
        commands.put("run", new RunCommand(terminal));
        commands.put("gpu-checks", new GpuChecksCommand(terminal));
        commands.put("report", new ReportCommand(terminal));
        commands.put("serve", new ServeCommand(terminal));
        commands.put("doctor", new DoctorCommand(terminal));
        return commands;
    }
}
