package org.warpgrade.cli;

import org.warpgrade.reports.Inert;
import org.warpgrade.reports.jenkins.RemoteNews;

/** Tells on standard error what Jenkins is up to, in the reader's language. */
final class JenkinsNews implements RemoteNews.Listener {

    private final Terminal terminal;
    private final Messages messages;

    JenkinsNews(Terminal terminal, Messages messages) {
        this.terminal = terminal;
        this.messages = messages;
    }

    @Override
    public void hear(RemoteNews news) {
        String words =
                switch (news) {
                    case RemoteNews.ConnectionLost lost -> messages.text("jenkins.lost", lost.reason());
                    case RemoteNews.ConnectionBack back -> messages.text("jenkins.back");
                    case RemoteNews.AllWait all -> messages.text("jenkins.wait", all.builds(), all.why());
                    case RemoteNews.BuildLost lost -> messages.text("jenkins.again", lost.file(), lost.reason());
                };
        terminal.err().println("warpgrade: " + Inert.text(words));
    }
}
