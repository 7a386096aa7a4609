package org.warpgrade.engine.check;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Hands each {@link GradedCheck} method its {@link Bench}, from the {@link Source} that its launcher session holds. */
public final class BenchParameter implements ParameterResolver {

    /** Where a runner leaves its {@link Source}; one per launcher session, so that sessions never mix. */
    public static final String KEY = "org.warpgrade.engine.check.BenchParameter";

    /** Makes the benches of one grading run. */
    @FunctionalInterface
    public interface Source {
        Bench benchFor(String checkId);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Bench.class;
    }

    @Override
    public Bench resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Source source =
                context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.GLOBAL).get(KEY, Source.class);
        if (source == null) {
            throw new HarnessFault("graded checks run through the grader, not as plain JUnit tests");
        }
        String check = AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), GradedCheck.class)
                .orElseThrow()
                .value();
        return source.benchFor(check);
    }
}
