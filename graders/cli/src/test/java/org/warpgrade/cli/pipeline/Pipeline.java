package org.warpgrade.cli.pipeline;

import groovy.lang.Binding;
import groovy.lang.Closure;
import groovy.lang.GroovyShell;
import groovy.lang.Script;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.codehaus.groovy.control.CompilerConfiguration;

/**
 * Runs a declarative pipeline as Jenkins does, as far as ours goes: stages in order, skipped by their conditions or after a
 * failure, on agents by label; steps do nothing but be written down. The language is Groovy in Jenkins' own version.
 */
public final class Pipeline {

    /** What happened, in order: {@code agent gpu}, {@code sh}, {@code junit}, … */
    final List<String> happened = new ArrayList<>();

    /** The scripts that shells were given, as Groovy types, to tell texts with holes from plain ones. */
    final List<Object> scripts = new ArrayList<>();

    final Map<String, String> parameters = new HashMap<>();
    final Map<String, String> environment = new HashMap<>();
    String result = "SUCCESS";

    private final Script script;
    private final Function<String, Integer> shell;
    private boolean anAgentIsFree = true;

    /** What {@code error} and a timeout throw. */
    static final class StepFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StepFailed(String message) {
            super(message);
        }
    }

    /** @param shell the exit status of a shell on the agent with that label */
    Pipeline(String text, Function<String, Integer> shell) {
        this.shell = shell;
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(Base.class.getName());
        Binding binding = new Binding();
        binding.setVariable("none", "none");
        binding.setVariable("params", parameters);
        binding.setVariable("env", environment);
        script = new GroovyShell(Pipeline.class.getClassLoader(), binding, configuration).parse(text, "Jenkinsfile");
        ((Base) script).pipeline = this;
    }

    void noGpuIsFree() {
        anAgentIsFree = false;
    }

    String run() {
        script.run();
        return result;
    }

    /** Every word of the pipeline that is no method of the script comes here. */
    public abstract static class Base extends Script {

        private Pipeline pipeline;

        public Object methodMissing(String name, Object arguments) {
            return pipeline.said(name, Arrays.asList((Object[]) arguments));
        }
    }

    private String agent = "none";
    private boolean failed;

    private Object said(String name, List<Object> arguments) {
        Closure<?> body = !arguments.isEmpty() && arguments.getLast() instanceof Closure<?> closure ? closure : null;
        return switch (name) {
            case "pipeline", "stages", "steps", "always", "parameters" -> body.call();
            case "stage" -> stage(String.valueOf(arguments.getFirst()), body);
            case "agent" -> agent(arguments.getFirst());
            case "label" -> arguments.getFirst();
            case "options" -> options(body);
            case "when" -> when(body);
            case "post" -> later = body;
            case "expression" -> condition = body;
            case "beforeAgent", "beforeOptions" -> null;
            case "node" -> on(String.valueOf(arguments.getFirst()), body);
            case "timeout", "lock" -> {
                happened.add(name);
                yield body == null ? null : body.call();
            }
            case "withEnv" -> withEnvironment((List<?>) arguments.getFirst(), body);
            case "catchError" -> caught(body);
            case "sh" -> shell((Map<?, ?>) arguments.getFirst());
            case "error" -> throw new StepFailed(String.valueOf(arguments.getFirst()));
            case "unstable" -> result = "UNSTABLE";
            case "string", "choice", "buildDiscarder", "logRotator", "skipDefaultCheckout", "timestamps" -> {
                declared.add(name + " " + arguments);
                yield name;
            }
            case "stash",
                    "unstash",
                    "junit",
                    "publishHTML",
                    "recordIssues",
                    "archiveArtifacts",
                    "deleteDir",
                    "sarif" -> {
                happened.add(name);
                yield name;
            }
            default -> throw new AssertionError("Jenkins knows no step '" + name + "', or this double does not");
        };
    }

    /** Parameters and options of the pipeline. */
    final List<String> declared = new ArrayList<>();

    private Closure<?> later;
    private Closure<?> condition;

    /** Its sections are read before it runs, so they come as closures of their own. */
    private Object stage(String name, Closure<?> body) {
        if (failed) {
            happened.add("skipped " + name);
            return null;
        }
        Sections sections = new Sections();
        body.setDelegate(sections);
        body.setResolveStrategy(Closure.DELEGATE_FIRST);
        body.call();
        if (sections.when != null && !Boolean.TRUE.equals(evaluated(sections.when))) {
            happened.add("skipped " + name);
            return null;
        }
        happened.add("stage " + name);
        try {
            if (sections.options != null) {
                sections.options.call();
            }
            Closure<?> steps = sections.steps;
            if (sections.agent != null) {
                on(String.valueOf(sections.agent.call()), steps);
            } else {
                steps.call();
            }
        } catch (StepFailed e) {
            failed = true;
            result = "FAILURE";
        } finally {
            if (sections.post != null) {
                sections.post.call();
            }
        }
        return null;
    }

    private Object evaluated(Closure<?> when) {
        condition = null;
        when.call();
        return condition.call();
    }

    /** The sections of a stage. */
    public static final class Sections {
        private Closure<?> when;
        private Closure<?> options;
        private Closure<?> agent;
        private Closure<?> steps;
        private Closure<?> post;

        public void when(Closure<?> body) {
            when = body;
        }

        public void options(Closure<?> body) {
            options = body;
        }

        public void agent(Closure<?> body) {
            agent = body;
        }

        public void steps(Closure<?> body) {
            steps = body;
        }

        public void post(Closure<?> body) {
            post = body;
        }
    }

    private Object agent(Object which) {
        declared.add("agent " + which);
        return null;
    }

    private Object options(Closure<?> body) {
        return body.call();
    }

    private Object when(Closure<?> body) {
        return body.call();
    }

    private Object on(String label, Closure<?> body) {
        if (label.equals("gpu") && !anAgentIsFree) {
            throw new StepFailed("Timeout has been exceeded");
        }
        String before = agent;
        agent = label;
        happened.add("agent " + label);
        try {
            return body.call();
        } finally {
            agent = before;
        }
    }

    private Object withEnvironment(List<?> variables, Closure<?> body) {
        Map<String, String> before = new HashMap<>(environment);
        for (Object variable : variables) {
            String[] parts = variable.toString().split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        try {
            return body.call();
        } finally {
            String graded = environment.get("GRADED");
            environment.clear();
            environment.putAll(before);
            if (graded != null) {
                environment.put("GRADED", graded);
            }
        }
    }

    private Object caught(Closure<?> body) {
        try {
            return body.call();
        } catch (StepFailed e) {
            happened.add("caught " + e.getMessage());
            return null;
        }
    }

    private Object shell(Map<?, ?> arguments) {
        if (agent.equals("none")) {
            throw new AssertionError("a shell needs an agent");
        }
        scripts.add(arguments.get("script"));
        happened.add("sh DEVICE=" + environment.get("DEVICE"));
        return shell.apply(agent);
    }
}
