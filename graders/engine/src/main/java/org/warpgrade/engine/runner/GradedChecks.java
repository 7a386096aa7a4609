package org.warpgrade.engine.runner;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Assignment.CheckSpec;
import org.warpgrade.engine.check.GradedCheck;
import org.warpgrade.engine.check.HarnessFault;

/**
 * The methods of a checks class by check id.
 *
 * @param type the class
 * @param methods check id to method
 */
record GradedChecks(Class<?> type, Map<String, Method> methods) {

    /**
     * The checks of a class, none of which may be missing in {@code assignment.yaml}.
     *
     * @param selected the checks to run: each needs a method. A student kit has methods for public checks only.
     */
    static GradedChecks of(Class<?> type, Assignment assignment, List<CheckSpec> selected) {
        Map<String, Method> methods = new LinkedHashMap<>();
        for (Method method : type.getDeclaredMethods()) {
            GradedCheck check = method.getAnnotation(GradedCheck.class);
            if (check != null && methods.put(check.value(), method) != null) {
                throw new HarnessFault(type.getName() + " has two methods @GradedCheck(\"" + check.value() + "\")");
            }
        }
        Set<String> asked = new TreeSet<>();
        assignment.checks().stream().map(CheckSpec::id).forEach(asked::add);
        Set<String> missing = new TreeSet<>();
        selected.stream().map(CheckSpec::id).forEach(missing::add);
        missing.removeAll(methods.keySet());
        Set<String> extra = new TreeSet<>(methods.keySet());
        extra.removeAll(asked);
        if (!missing.isEmpty() || !extra.isEmpty()) {
            throw new HarnessFault("the checks of " + assignment.id() + " do not match its assignment.yaml:"
                    + (missing.isEmpty() ? "" : " no method in " + type.getName() + " for " + missing)
                    + (extra.isEmpty() ? "" : " no entry in the yaml for the methods " + extra));
        }
        return new GradedChecks(type, methods);
    }
}
