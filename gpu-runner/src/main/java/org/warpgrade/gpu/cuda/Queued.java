package org.warpgrade.gpu.cuda;

import java.util.List;
import org.warpgrade.gpu.Dim3;

/** What an entry gave the GPU to do, so that it can be done once more without the entry. */
sealed interface Queued {

    /** @param function the driver's handle */
    record Launch(
            long function, Dim3 grid, Dim3 block, int dynamicSharedBytes, List<byte[]> parameters, boolean cooperative)
            implements Queued {}

    record Fill(long to, byte value, long bytes) implements Queued {}

    record Copy(long to, long from, long bytes) implements Queued {}

    /** Bytes of the host. */
    record Write(long to, byte[] bytes) implements Queued {}

    /** Gives it to the driver; the result is the driver's. */
    default int submit(CudaDriver driver) {
        return switch (this) {
            case Launch l ->
                driver.launch(
                        l.function(), l.grid(), l.block(), l.dynamicSharedBytes(), l.parameters(), l.cooperative());
            case Fill f -> driver.fill(f.to(), f.value(), f.bytes());
            case Copy c -> driver.copy(c.to(), c.from(), c.bytes());
            case Write w -> driver.toDevice(w.to(), w.bytes());
        };
    }
}
