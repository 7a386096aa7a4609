package org.warpgrade.cli;

import java.util.function.Consumer;
import org.warpgrade.engine.result.GradingResult.HarnessInfo;
import org.warpgrade.reports.Inert;
import org.warpgrade.reports.jenkins.RemoteNews;

/** Tells in a line what Jenkins is up to, in the reader's language. */
final class JenkinsNews implements RemoteNews.Listener {

    private final Consumer<String> say;
    private final Messages messages;

    JenkinsNews(Consumer<String> say, Messages messages) {
        this.say = say;
        this.messages = messages;
    }

    @Override
    public void hear(RemoteNews news) {
        String words = switch (news) {
            case RemoteNews.ConnectionLost lost -> messages.text("jenkins.lost", lost.reason());
            case RemoteNews.ConnectionBack back -> messages.text("jenkins.back");
            case RemoteNews.AllWait all -> messages.text("jenkins.wait", all.builds(), all.why());
            case RemoteNews.BuildLost lost -> messages.text("jenkins.again", lost.file(), lost.reason());
            case RemoteNews.OtherWarpGrade other ->
                messages.text("jenkins.other", named(other.theirs()), named(other.ours()));
        };
        say.accept("warpgrade: " + Inert.text(words));
    }

    private static String named(HarnessInfo harness) {
        return harness.version() + " (" + harness.commit() + ")";
    }
}
