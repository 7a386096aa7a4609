package org.warpgrade.cli.fuzz;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The processor time that this JVM and the processes it started have used since some moment. */
final class ProcessorTime {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** Asking for the children costs more than a small mutant, so it is done now and then. */
    private static final int BETWEEN_LOOKS = 200;

    private final long begin = SYSTEM.getProcessCpuTime();
    private final Map<Long, Duration> children = new HashMap<>();
    private int looks;
    private Duration ofChildren = Duration.ZERO;

    private ProcessorTime() {}

    static ProcessorTime start() {
        return new ProcessorTime();
    }

    Duration used() {
        if (looks++ % BETWEEN_LOOKS == 0) {
            ProcessHandle.current()
                    .descendants()
                    .forEach(child ->
                            child.info().totalCpuDuration().ifPresent(used -> children.put(child.pid(), used)));
            ofChildren = children.values().stream().reduce(Duration.ZERO, Duration::plus);
        }
        return Duration.ofNanos(SYSTEM.getProcessCpuTime() - begin).plus(ofChildren);
    }
}
