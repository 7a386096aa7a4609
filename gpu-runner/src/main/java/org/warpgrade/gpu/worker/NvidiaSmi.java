package org.warpgrade.gpu.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.warpgrade.gpu.timing.GpuState;
import org.warpgrade.gpu.timing.GpuState.SlowedBy;

/**
 * What the driver's own program says of the GPUs, so that this process need not load CUDA. It only asks: no option that
 * changes a setting is ever given.
 */
final class NvidiaSmi {

    /** Runs a command: its output if it ended well. */
    @FunctionalInterface
    interface Shell {
        Optional<String> run(List<String> command);
    }

    private static final String STATE = "clocks.sm,clocks.mem,temperature.gpu,power.draw,";

    /** The name of the reasons for low clocks changed with driver 535. */
    private static final List<String> REASONS =
            List.of("clocks_event_reasons.active", "clocks_throttle_reasons.active");

    private final Shell shell;

    NvidiaSmi(Shell shell) {
        this.shell = shell;
    }

    static NvidiaSmi ofMachine() {
        return new NvidiaSmi(NvidiaSmi::run);
    }

    /** The GPUs that {@code visible} allows, the value of {@code CUDA_VISIBLE_DEVICES}; null allows all. */
    List<Gpu> gpus(@org.jspecify.annotations.Nullable String visible) {
        List<Gpu> all = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        for (String[] row : rows("--query-gpu=index,uuid,name")) {
            if (row.length == 3) {
                numbers.add(row[0]);
                all.add(new Gpu(row[1], row[2]));
            }
        }
        if (visible == null) {
            return all;
        }
        List<Gpu> chosen = new ArrayList<>();
        for (String wanted : visible.split(",")) {
            if (wanted.strip().startsWith("MIG-")) {
                chosen.add(new Gpu(
                        wanted.strip(), wanted.strip())); // a slice of a GPU, which nvidia-smi lists only in words
            }
            for (int i = 0; i < all.size(); i++) {
                boolean named = !wanted.isBlank() && all.get(i).id().startsWith(wanted.strip());
                if (numbers.get(i).equals(wanted.strip()) || named) {
                    chosen.add(all.get(i));
                }
            }
        }
        return chosen;
    }

    GpuState state(Gpu gpu) {
        for (String reasons : REASONS) {
            List<String[]> rows = rows("--id=" + gpu.id(), "--query-gpu=" + STATE + reasons);
            if (rows.size() == 1 && rows.getFirst().length == 5) {
                String[] row = rows.getFirst();
                return new GpuState(
                        (int) number(row[0]),
                        (int) number(row[1]),
                        (int) number(row[2]),
                        number(row[3]),
                        slowedBy(row[4]));
            }
        }
        return GpuState.unknown();
    }

    private List<String[]> rows(String... query) {
        List<String> command = new ArrayList<>(List.of("nvidia-smi"));
        command.addAll(Arrays.asList(query));
        command.add("--format=csv,noheader,nounits");
        return shell.run(command)
                .map(text -> text.lines()
                        .filter(line -> !line.isBlank())
                        .map(line -> line.strip().split("\\s*,\\s*"))
                        .toList())
                .orElse(List.of());
    }

    /** What is not known is written {@code [N/A]}. */
    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Set<SlowedBy> slowedBy(String bits) {
        Set<SlowedBy> reasons = EnumSet.noneOf(SlowedBy.class);
        if (bits.matches("0x[0-9a-fA-F]{1,16}")) {
            long mask = Long.parseUnsignedLong(bits.substring(2), 16);
            Arrays.stream(SlowedBy.values()).filter(reason -> reason.isIn(mask)).forEach(reasons::add);
        }
        return reasons;
    }

    private static Optional<String> run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
            return ended ? Optional.of(text) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // no such program: no driver
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Whether the driver has made device files, which a container may have without {@code nvidia-smi}. */
    static List<Gpu> ofDeviceFiles(Path dev) {
        try (Stream<Path> files = Files.list(dev)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("nvidia\\d+"))
                    .map(name -> new Gpu(name.substring("nvidia".length()), "GPU " + name.substring("nvidia".length())))
                    .sorted(java.util.Comparator.comparing(Gpu::id))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
