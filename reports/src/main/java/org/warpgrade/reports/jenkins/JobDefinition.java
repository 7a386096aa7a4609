package org.warpgrade.reports.jenkins;

import java.util.Map;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.html.Pages;

/**
 * The job that grades one submission, as a {@code config.xml} for Jenkins: a freestyle project, because only those take files as
 * parameters without a plugin, in a form that servers from Hudson 1.395 on read.
 *
 * @param agents the label of the agents that may run it
 * @param launcher where the launcher script of a pinned WarpGrade lies on them
 */
public record JobDefinition(String agents, String launcher) {

    /** To be sent to {@code createItem}, or laid into {@code jobs/NAME/config.xml}. */
    public String xml() {
        String quoted = "'" + launcher.replace("'", "'\\''") + "'";
        return Pages.render("jenkins/job.ftlx", Messages.of("en"), Map.of("agents", agents, "launcher", quoted));
    }
}
