package org.warpgrade.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.engine.NvrtcSubmissions;
import org.warpgrade.engine.SpeedBench;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.cpu.CpuDevice;
import org.warpgrade.gpu.cuda.GpuUnavailableException;
import org.warpgrade.gpu.timing.PeakMeter;
import org.warpgrade.gpu.timing.Peaks;
import org.warpgrade.gpu.timing.TimedDevice;
import org.warpgrade.gpu.worker.WatchedDevice;
import org.warpgrade.gpu.worker.WorkerDevice;
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
            description = "Where kernels run; default: auto, a GPU if there is one, else the cpu device.")
    private Choice choice = Choice.AUTO;

    /**
     * Opens the device for grading: a GPU is watched by the CPU device, so that verdicts do not depend on it.
     *
     * @throws DeviceUnavailableException if it is not to be had on this machine
     */
    Device open() {
        return gpu().<Device>map(gpu -> new WatchedDevice(gpu, new CpuDevice(), gpu::renew))
                .orElseGet(CpuDevice::new);
    }

    /**
     * Opens the device alone, for programs that may be too large for the CPU device.
     *
     * @throws DeviceUnavailableException if it is not to be had on this machine
     */
    Device openAlone() {
        return gpu().<Device>map(gpu -> gpu).orElseGet(CpuDevice::onAllCores);
    }

    /** Measures speed on the device; empty where no clock counts. */
    static Optional<SpeedBench> speedOn(Device device, NvrtcCompiler nvrtc) {
        return device instanceof TimedDevice timed
                ? Optional.of(new SpeedBench(
                        Catalog.ofHome(),
                        new NvrtcSubmissions(nvrtc),
                        timed,
                        gpu -> WorkerDevice.isRehearsal() ? Peaks.unknown() : new PeakMeter(nvrtc).measure(gpu),
                        Path.of(System.getProperty("warpgrade.home", "."))))
                : Optional.empty();
    }

    private Optional<WorkerDevice> gpu() {
        return switch (choice) {
            case CPU -> Optional.empty();
            case AUTO -> WorkerDevice.mayBeHere() ? openOrNone() : Optional.empty();
            case CUDA -> Optional.of(openOrFail());
        };
    }

    /** Who has not asked for a GPU is not told that it is of no use; {@code warpgrade doctor} tells. */
    private static Optional<WorkerDevice> openOrNone() {
        try {
            return Optional.of(WorkerDevice.open());
        } catch (GpuUnavailableException e) {
            return Optional.empty();
        }
    }

    private static WorkerDevice openOrFail() {
        try {
            return WorkerDevice.open();
        } catch (GpuUnavailableException e) {
            String why = String.valueOf(e.getMessage());
            throw new DeviceUnavailableException(
                    "--device cuda: " + why + " Give --device cpu or leave the option out.");
        }
    }
}
