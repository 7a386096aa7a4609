package org.warpgrade.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.warpgrade.engine.Grading;
import org.warpgrade.engine.batch.ResultFolders;
import org.warpgrade.engine.result.Audience;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.ResultJson;
import org.warpgrade.reports.Inert;
import org.warpgrade.reports.Reports;
import org.warpgrade.reports.jenkins.HttpJenkins;
import org.warpgrade.reports.jenkins.Jenkins;
import org.warpgrade.reports.jenkins.JobDefinition;
import org.warpgrade.reports.jenkins.RemoteBuild;
import org.warpgrade.reports.jenkins.RemoteGrader;
import org.warpgrade.reports.jenkins.RemoteGrading;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code warpgrade jenkins …}: grading on the agents of a Jenkins server. */
@Command(
        description = {
            "Grade on a Jenkins server's agents, or collect what was graded there.",
            "'jenkins job' writes the job that this needs. Credentials come from the environment:",
            "WARPGRADE_JENKINS_USER and WARPGRADE_JENKINS_TOKEN_FILE or WARPGRADE_JENKINS_TOKEN."
        })
final class JenkinsCommand implements Callable<Integer> {

    private static final Duration FOLLOWING = Duration.ofSeconds(1);

    private final Terminal terminal;

    JenkinsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        throw new UsageException("say what to do: 'jenkins job', 'submit', 'collect', 'log' or 'cancel'.");
    }

    /** What an administrator gives to the server. */
    @Command(name = "job", description = "Write the job's config.xml to standard output, for the server's createItem.")
    int job(
            @Option(
                            names = "--agents",
                            paramLabel = "LABEL",
                            defaultValue = "gpu",
                            description = "Label of the agents that grade; default: ${DEFAULT-VALUE}.")
                    String agents,
            @Option(
                            names = "--launcher",
                            required = true,
                            paramLabel = "PATH",
                            description = "The script 'warpgrade' of a pinned WarpGrade on the agents.")
                    String launcher) {
        terminal.out().print(new JobDefinition(agents, launcher).xml());
        return ExitStatus.OK.code();
    }

    /** Grades files: asked again after a crash, it finds the builds that are there. */
    @Command(name = "submit", description = "Grade files on the server's agents and fetch the results.")
    int submit(
            @Mixin JenkinsServer server,
            @Parameters(arity = "1..*", paramLabel = "FILE", description = "Submissions: .cu files.") List<Path> files,
            @Option(
                            names = {"-a", "--assignment"},
                            paramLabel = "ID",
                            description = "The assignment of all files.")
                    @Nullable
                    String assignment,
            @Option(names = "--seed", required = true, paramLabel = "N", description = "Seed of the hidden inputs.")
                    long seed,
            @Option(
                            names = "--out",
                            paramLabel = "DIR",
                            defaultValue = "warpgrade-out/jenkins",
                            description = "Folder for results.")
                    Path out,
            @Mixin LanguageOption language)
            throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        for (Path file : files) {
            ids.add(assignment != null ? assignment : told(file));
        }
        ExitStatus worst = ExitStatus.OK;
        JenkinsNews news = new JenkinsNews(terminal.err()::println, Messages.of(language.tag()));
        try (HttpJenkins jenkins = server.open();
                ExecutorService pool = Executors.newFixedThreadPool(
                        RemoteGrader.MOST_IN_FLIGHT, Thread.ofVirtual().factory())) {
            RemoteGrading grading = server.grading(jenkins, ResultFolders.id(Grading.harness()), news);
            server.check(grading);
            List<Future<GradingResult>> answers = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                Path file = files.get(i);
                String id = ids.get(i);
                answers.add(pool.submit(() -> grading.grade(file, id, seed)));
            }
            for (int i = 0; i < files.size(); i++) {
                String name =
                        (i + 1) + "-" + files.get(i).getFileName().toString().replaceFirst("\\.cu$", "");
                worst = worst.and(publish(answers.get(i), out.resolve(name), language.tag()));
            }
        }
        return worst.code();
    }

    private ExitStatus publish(Future<GradingResult> answer, Path folder, String language)
            throws IOException, InterruptedException {
        try {
            GradingResult result = answer.get();
            ResultJson.write(result, folder.resolve("result.json"));
            Reports.write(result, Audience.STUDENT, language, folder);
            GradingResult shown = Reports.forAudience(result, Audience.STUDENT);
            Reports.terminalLines(shown, language, terminal.palette()).forEach(terminal.out()::println);
            return GradingSession.status(result);
        } catch (ExecutionException e) {
            return new Failures(terminal.err()).report(e.getCause() == null ? e : e.getCause());
        }
    }

    private static String told(Path file) throws IOException {
        return AssignmentLine.of(Files.readString(file))
                .orElseThrow(
                        () -> new UsageException("cannot tell which assignment " + file + " answers: give -a ID."));
    }

    /** Harvests results, whoever submitted them. */
    @Command(name = "collect", description = "List a job's builds and fetch the result.json of those that ended.")
    int collect(
            @Mixin JenkinsServer server,
            @Option(
                            names = "--out",
                            paramLabel = "DIR",
                            defaultValue = "warpgrade-out/jenkins",
                            description = "Folder for results.")
                    Path out)
            throws IOException, InterruptedException {
        ExitStatus status = ExitStatus.OK;
        try (HttpJenkins jenkins = server.open()) {
            for (RemoteBuild build : jenkins.list(server.job())) {
                switch (build) {
                    case RemoteBuild.Queued queued -> tell("waits", queued.nonce(), queued.why());
                    case RemoteBuild.Running running -> tell("runs as " + running.number(), running.nonce(), "");
                    case RemoteBuild.Ended ended -> status = status.and(fetch(jenkins, server.job(), ended, out));
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
                    ResultJson.write(
                            result, out.resolve("build-" + ended.number()).resolve("result.json"));
                    String score =
                            result.score().earned() + "/" + result.score().possible();
                    tell(
                            "build " + ended.number(),
                            ended.nonce(),
                            score + " " + result.submission().file());
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

    /** The log while it grows. */
    @Command(name = "log", description = "Print a build's log, to its end.")
    int log(
            @Mixin JenkinsServer server,
            @Parameters(paramLabel = "NUMBER", description = "The build's number.") int number)
            throws IOException, InterruptedException {
        try (HttpJenkins jenkins = server.open()) {
            Jenkins.LogPart part = new Jenkins.LogPart("", 0, true);
            while (part.more()) {
                part = jenkins.log(server.job(), number, part.next());
                terminal.out().print(Inert.text(part.text()));
                terminal.out().flush();
                if (part.more()) {
                    Thread.sleep(FOLLOWING);
                }
            }
        }
        return ExitStatus.OK.code();
    }

    /** Makes room on the agents; what is asked for again is built again. */
    @Command(name = "cancel", description = "Take builds out of the queue or stop them.")
    int cancel(
            @Mixin JenkinsServer server,
            @Option(names = "--all", description = "All builds that wait or run.") boolean all,
            @Parameters(
                            arity = "0..*",
                            paramLabel = "NONCE",
                            description = "By which 'jenkins collect' lists the builds.")
                    List<String> nonces)
            throws IOException, InterruptedException {
        if (all == (nonces != null && !nonces.isEmpty())) {
            throw new UsageException("say which builds: --all, or their nonces.");
        }
        try (HttpJenkins jenkins = server.open()) {
            for (RemoteBuild build : jenkins.list(server.job())) {
                boolean meant = all ? !build.nonce().isEmpty() : nonces.contains(build.nonce());
                if (meant && !(build instanceof RemoteBuild.Ended)) {
                    jenkins.cancel(server.job(), build);
                    tell("cancelled", build.nonce(), "");
                }
            }
        }
        return ExitStatus.OK.code();
    }

    private void tell(String state, String nonce, String more) {
        terminal.out().println(Inert.text(state + "  " + nonce + "  " + more));
    }
}
