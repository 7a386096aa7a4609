package org.warpgrade.cli;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.warpgrade.reports.serve.ReportServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code warpgrade serve}: reports in a browser on this machine, as Jenkins would show them. */
@Command(description = "Show a folder of reports on this machine, under the content policy of Jenkins.")
final class ServeCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "The folder; links in it are not followed.")
    private Path folder = Path.of(".");

    @Option(names = "--port", paramLabel = "N", description = "The port; default: any free one.")
    private int port;

    @Mixin
    private LanguageOption language = new LanguageOption();

    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new UsageException(folder + ": there is no such folder.");
        }
        if (port < 0 || port > 65535) {
            throw new UsageException("--port takes a number from 0 to 65535.");
        }
        try (ReportServer server = ReportServer.start(folder, port)) {
            terminal.out().println(Messages.of(language.tag()).text("serve.at", folder, server.address()));
            new CountDownLatch(1).await();
        } catch (BindException e) {
            throw new UsageException("port " + port + " is taken; leave --port away for any free one.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitStatus.OK.code();
    }
}
