package org.warpgrade.cli;

import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.cpu.CpuDevice;
import picocli.CommandLine.Option;

/** {@code --device}: where kernels run. */
final class DeviceOption {

    enum Choice {
        AUTO,
        CPU,
        CUDA
    }

    @Option(
            names = "--device",
            paramLabel = "auto|cpu|cuda",
            description = "Where kernels run; default: auto.")
    private Choice choice = Choice.AUTO;

    /**
     * Opens the device.
     *
     * @throws DeviceUnavailableException if it is not to be had on this machine
     */
    Device open() {
        return switch (choice) {
            case AUTO, CPU -> new CpuDevice();
            case CUDA ->
                throw new DeviceUnavailableException(
                        "this version runs kernels on the cpu device only; give --device cpu or leave the option out.");
        };
    }
}
