package org.warpgrade.gpu.timing;

import java.util.Locale;
import java.util.Set;

/**
 * What the driver says of a GPU at one moment; 0 where it does not say.
 *
 * @param smClockMhz of the multiprocessors
 * @param memoryClockMhz of the memory
 * @param temperature in °C
 * @param watts drawn
 * @param slowedBy what holds the clocks down
 */
public record GpuState(int smClockMhz, int memoryClockMhz, int temperature, double watts, Set<SlowedBy> slowedBy) {

    /** Reasons for lower clocks, as NVML's {@code nvmlClocksEventReasons} bits. */
    public enum SlowedBy {
        IDLE(0x1, false),
        APPLICATION_CLOCKS(0x2, false),
        /** The power limit: ordinary under load, the same for both contenders. */
        POWER_CAP(0x4, false),
        HARDWARE_SLOWDOWN(0x8, true),
        SYNC_BOOST(0x10, false),
        SOFTWARE_THERMAL(0x20, true),
        HARDWARE_THERMAL(0x40, true),
        POWER_BRAKE(0x80, true),
        DISPLAY_CLOCKS(0x100, false);

        private final long bit;
        private final boolean invalidates;

        SlowedBy(long bit, boolean invalidates) {
            this.bit = bit;
            this.invalidates = invalidates;
        }

        /** Whether NVML's bits name this reason. */
        public boolean isIn(long bits) {
            return (bits & bit) != 0;
        }

        /** Whether a measurement made meanwhile is worth nothing. */
        public boolean invalidates() {
            return invalidates;
        }

        /** In lower case with spaces: {@code hardware thermal}. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    public GpuState {
        slowedBy = Set.copyOf(slowedBy);
    }

    /** Nothing is known. */
    public static GpuState unknown() {
        return new GpuState(0, 0, 0, 0, Set.of());
    }
}
