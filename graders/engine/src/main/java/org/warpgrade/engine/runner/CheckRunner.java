package org.warpgrade.engine.runner;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Assignment.CheckSpec;
import org.warpgrade.engine.bench.CheckBench;
import org.warpgrade.engine.bench.CheckRecord;
import org.warpgrade.engine.bench.TimeBudget;
import org.warpgrade.engine.check.BenchParameter;
import org.warpgrade.engine.check.HarnessFault;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.Program;

/**
 * Runs graded checks through the JUnit Platform. Nothing is scanned or auto-detected: the launcher is given one engine
 * and the methods, because start-up is a good part of what a student waits for.
 */
public final class CheckRunner {

    /** Public checks draw from a known seed, so that a student can run the very same cases again. */
    public static final long PUBLIC_SEED = 1;

    private final ChecksFinder finder;

    public CheckRunner(ChecksFinder finder) {
        this.finder = finder;
    }

    /**
     * Everything that a run of checks needs.
     *
     * @param checks the checks to run, of that assignment
     * @param seed the seed of the hidden checks
     * @param threads how many checks may run at once
     */
    public record Task(
            Assignment assignment,
            List<CheckSpec> checks,
            Program program,
            Device device,
            long seed,
            TimeBudget budget,
            int threads) {}

    /** The outcomes in the order of the task's checks. */
    public List<CheckOutcome> run(Task task) {
        return run(task, CheckListener.NONE);
    }

    /** The same with somebody who hears of each end. */
    public List<CheckOutcome> run(Task task, CheckListener listener) {
        GradedChecks methods =
                GradedChecks.of(finder.checksOf(task.assignment().id()), task.assignment(), task.checks());
        Map<String, CheckRecord> records = new ConcurrentHashMap<>();
        Outcomes outcomes = new Outcomes(listener);
        listener.started(task.checks().size());
        try (LauncherSession session = LauncherFactory.openSession(bare())) {
            session.getStore().put(Namespace.GLOBAL, BenchParameter.KEY, source(task, records));
            session.getLauncher().execute(request(task, methods), outcomes);
        }
        return Luck.takenBack(task.checks().stream()
                .map(check -> outcomes.of(check, records.computeIfAbsent(check.id(), id -> new CheckRecord())))
                .toList());
    }

    private static BenchParameter.Source source(Task task, Map<String, CheckRecord> records) {
        return id -> {
            CheckSpec check = task.assignment()
                    .check(id)
                    .orElseThrow(() -> new HarnessFault(
                            "no check " + id + " in " + task.assignment().id()));
            CheckRecord record = records.computeIfAbsent(id, key -> new CheckRecord());
            boolean isPublic = check.visibility() == Assignment.Visibility.PUBLIC;
            long seed = isPublic ? PUBLIC_SEED : task.seed();
            return new CheckBench(task.assignment(), check, task.program(), task.device(), seed, task.budget(), record);
        };
    }

    private static LauncherDiscoveryRequest request(Task task, GradedChecks methods) {
        List<DiscoverySelector> selectors = new ArrayList<>();
        for (CheckSpec check : task.checks()) {
            selectors.add(selectMethod(methods.type(), methods.methods().get(check.id())));
        }
        int threads = Math.min(task.threads(), task.checks().size());
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(selectors)
                .enableImplicitConfigurationParameters(false)
                .configurationParameter("junit.jupiter.execution.parallel.enabled", Boolean.toString(threads > 1))
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter(
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", Integer.toString(threads))
                .configurationParameter(
                        "junit.jupiter.execution.parallel.config.fixed.max-pool-size", Integer.toString(threads))
                .build();
    }

    private static LauncherConfig bare() {
        return LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestEngines(new JupiterTestEngine())
                .build();
    }
}
