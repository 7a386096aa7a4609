package org.warpgrade.gpu.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.gpu.timing.GpuState;
import org.warpgrade.gpu.timing.GpuState.SlowedBy;

class NvidiaSmiTests {

    private static final String TWO = "0, GPU-aa11, NVIDIA H200\n1, GPU-bb22, Tesla T4\n";

    private final List<List<String>> asked = new ArrayList<>();

    private NvidiaSmi answering(String expected, String answer) {
        return new NvidiaSmi(command -> {
            asked.add(command);
            return command.toString().contains(expected) ? Optional.of(answer) : Optional.empty();
        });
    }

    @Test
    void gpus_are_known_by_their_uuid() {
        assertThat(answering("uuid", TWO).gpus(null))
                .containsExactly(new Gpu("GPU-aa11", "NVIDIA H200"), new Gpu("GPU-bb22", "Tesla T4"));
    }

    @Test
    void cuda_visible_devices_chooses_by_number_or_uuid() {
        assertThat(answering("uuid", TWO).gpus("1")).containsExactly(new Gpu("GPU-bb22", "Tesla T4"));
        assertThat(answering("uuid", TWO).gpus("GPU-bb22,GPU-aa"))
                .extracting(Gpu::id)
                .containsExactly("GPU-bb22", "GPU-aa11");
        assertThat(answering("uuid", TWO).gpus("")).isEmpty();
    }

    @Test
    void without_the_program_there_is_none() {
        assertThat(new NvidiaSmi(_ -> Optional.empty()).gpus(null)).isEmpty();
    }

    @Test
    void clocks_temperature_power_and_reasons_are_read() {
        GpuState state = answering("clocks_event_reasons", "1980, 2619, 41, 312.55, 0x0000000000000044\n")
                .state(new Gpu("GPU-aa11", ""));
        assertThat(state)
                .isEqualTo(new GpuState(1980, 2619, 41, 312.55, Set.of(SlowedBy.POWER_CAP, SlowedBy.HARDWARE_THERMAL)));
    }

    @Test
    void older_drivers_call_the_reasons_otherwise() {
        GpuState state = answering("clocks_throttle_reasons", "1590, 5000, 60, [N/A], 0x0000000000000001\n")
                .state(new Gpu("GPU-bb22", ""));
        assertThat(state).isEqualTo(new GpuState(1590, 5000, 60, 0, Set.of(SlowedBy.IDLE)));
    }

    @Test
    void nothing_is_ever_set() {
        NvidiaSmi smi = answering("uuid", TWO);
        smi.gpus(null).forEach(smi::state);
        assertThat(asked)
                .isNotEmpty()
                .allSatisfy(command -> assertThat(command.subList(1, command.size()))
                        .allMatch(option -> option.startsWith("--query-gpu=")
                                || option.startsWith("--id=")
                                || option.equals("--format=csv,noheader,nounits")));
    }

    @Test
    void device_files_tell_of_gpus_where_the_program_is_missing(@TempDir Path dev) throws IOException {
        for (String name : List.of("nvidia0", "nvidia1", "nvidiactl", "nvidia-uvm", "null")) {
            Files.createFile(dev.resolve(name));
        }
        assertThat(NvidiaSmi.ofDeviceFiles(dev)).extracting(Gpu::id).containsExactly("0", "1");
    }
}
