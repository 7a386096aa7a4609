package org.warpgrade.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.AssignmentLine;
import org.warpgrade.engine.result.Audience;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.ResultJson;
import org.warpgrade.reports.Inert;
import org.warpgrade.reports.Reports;
import org.warpgrade.reports.jenkins.Credentials;
import org.warpgrade.reports.jenkins.HttpJenkins;
import org.warpgrade.reports.jenkins.RemoteBuild;
import org.warpgrade.reports.jenkins.RemoteGrading;
import org.warpgrade.reports.terminal.Palette;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code warpgrade jenkins submit|collect}: grading on the agents of a Jenkins server. */
@Command(
        description = {
            "Grade on a Jenkins server's agents, or collect what was graded there.",
            "The job has the parameters NONCE, ASSIGNMENT, SEED and the file SUBMISSION, runs",
            "'warpgrade grade SUBMISSION -a $ASSIGNMENT --seed $SEED --for instructor --out out'",
            "and archives out/**. Credentials: WARPGRADE_JENKINS_USER and WARPGRADE_JENKINS_TOKEN_FILE or _TOKEN."
        })
final class JenkinsCommand implements Callable<Integer> {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Terminal terminal;

    JenkinsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Which server and job. */
    static final class Server {

        @Option(names = "--url", required = true, paramLabel = "URL", description = "The server's front page.")
        URI url = URI.create("http://localhost:8080/");

        @Option(names = "--job", required = true, paramLabel = "NAME", description = "The job; folders separated by '/'.")
        String job = "";

        HttpJenkins open() throws IOException {
            return new HttpJenkins(url, Credentials.of(System.getenv()).orElse(null), PAUSE);
        }
    }

    @Override
    public Integer call() {
        throw new UsageException("say what to do: 'jenkins submit FILE...' or 'jenkins collect'.");
    }

    /** Grades files: asked again after a crash, it finds the builds that are there. */
    @Command(name = "submit", description = "Grade files on the server's agents and fetch the results.")
    int submit(
            @Mixin Server server,
            @Parameters(arity = "1..*", paramLabel = "FILE", description = "Submissions: .cu files.") List<Path> files,
            @Option(names = {"-a", "--assignment"}, paramLabel = "ID", description = "The assignment of all files.")
                    @Nullable String assignment,
            @Option(names = "--seed", required = true, paramLabel = "N", description = "Seed of the hidden inputs.") long seed,
            @Option(names = "--out", paramLabel = "DIR", defaultValue = "warpgrade-out/jenkins", description = "Folder for results.")
                    Path out,
            @Option(names = "--minutes", paramLabel = "N", defaultValue = "60", description = "Most minutes for one build, waiting included.")
                    int minutes)
            throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        for (Path file : files) {
            ids.add(assignment != null ? assignment : told(file));
        }
        ExitStatus worst = ExitStatus.OK;
        try (HttpJenkins jenkins = server.open();
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            RemoteGrading grading = new RemoteGrading(
                    jenkins,
                    new RemoteGrading.Settings(
                            server.job,
                            server.url.toString(),
                            Duration.ofSeconds(3),
                            Duration.ofSeconds(60),
                            Duration.ofMinutes(minutes)),
                    Clock.systemUTC(),
                    news -> {});
            List<Future<GradingResult>> answers = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                Path file = files.get(i);
                String id = ids.get(i);
                answers.add(pool.submit(() -> grading.grade(file, id, seed)));
            }
            for (int i = 0; i < files.size(); i++) {
                String name = (i + 1) + "-" + files.get(i).getFileName().toString().replaceFirst("\\.cu$", "");
                worst = worst.and(publish(answers.get(i), out.resolve(name)));
            }
        }
        return worst.code();
    }

    private ExitStatus publish(Future<GradingResult> answer, Path folder) throws IOException, InterruptedException {
        try {
            GradingResult result = answer.get();
            ResultJson.write(result, folder.resolve("result.json"));
            Reports.write(result, Audience.STUDENT, "en", folder);
            Palette palette = terminal.colour() ? Palette.coloured() : Palette.plain();
            GradingResult shown = Reports.forAudience(result, Audience.STUDENT);
            Reports.terminalLines(shown, "en", palette).forEach(terminal.out()::println);
            return GradingSession.status(result);
        } catch (ExecutionException e) {
            return new Failures(terminal.err()).report(e.getCause() == null ? e : e.getCause());
        }
    }

    private static String told(Path file) throws IOException {
        return AssignmentLine.of(Files.readString(file))
                .orElseThrow(() -> new UsageException("cannot tell which assignment " + file + " answers: give -a ID."));
    }

    /** Harvests results, whoever submitted them. */
    @Command(name = "collect", description = "List a job's builds and fetch the result.json of those that ended.")
    int collect(
            @Mixin Server server,
            @Option(names = "--out", paramLabel = "DIR", defaultValue = "warpgrade-out/jenkins", description = "Folder for results.")
                    Path out)
            throws IOException, InterruptedException {
        ExitStatus status = ExitStatus.OK;
        try (HttpJenkins jenkins = server.open()) {
            for (RemoteBuild build : jenkins.list(server.job)) {
                switch (build) {
                    case RemoteBuild.Queued queued -> tell("waits", queued.nonce(), queued.why());
                    case RemoteBuild.Running running -> tell("runs as " + running.number(), running.nonce(), "");
                    case RemoteBuild.Ended ended -> status = status.and(fetch(jenkins, server.job, ended, out));
                }
            }
        }
        return status.code();
    }

    private ExitStatus fetch(HttpJenkins jenkins, String job, RemoteBuild.Ended ended, Path out)
            throws IOException, InterruptedException {
        for (String path : jenkins.artifacts(job, ended.number())) {
            if (path.equals("result.json") || path.endsWith("/result.json")) {
                String text = new String(jenkins.artifact(job, ended.number(), path), StandardCharsets.UTF_8);
                try {
                    GradingResult result = ResultJson.read(text);
                    ResultJson.write(result, out.resolve("build-" + ended.number()).resolve("result.json"));
                    String score = result.score().earned() + "/" + result.score().possible();
                    tell("build " + ended.number(), ended.nonce(), score + " " + result.submission().file());
                    return ExitStatus.OK;
                } catch (IllegalArgumentException e) {
                    tell("build " + ended.number(), ended.nonce(), "its result.json is no result: " + e.getMessage());
                    return ExitStatus.HARNESS;
                }
            }
        }
        tell("build " + ended.number(), ended.nonce(), "ended as " + ended.result() + " without a result");
        return ExitStatus.OK;
    }

    private void tell(String state, String nonce, String more) {
        terminal.out().println(Inert.text(state + "  " + nonce + "  " + more));
    }
}
