package org.warpgrade.reports.html;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapperBuilder;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNumberModel;
import freemarker.template.TemplateScalarModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.warpgrade.reports.Messages;

/**
 * Renders templates to pages. A template is named from the root of this module's packages, {@code html/index.ftlh}, and
 * puts its content into {@code html/frame.ftlh}; whatever it inserts is escaped.
 */
public final class Pages {

    /** Loading the templates is the expensive part of a first report, so it is done once and only when needed. */
    private static final class Templates {
        private static final Configuration CONFIGURATION = configuration();

        private static Configuration configuration() {
            Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
            configuration.setClassForTemplateLoading(Messages.class, "");
            configuration.setDefaultEncoding("UTF-8");
            configuration.setLocale(Locale.ROOT);
            configuration.setNumberFormat("c");
            configuration.setBooleanFormat("c");
            configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
            configuration.setLogTemplateExceptions(false);
            configuration.setWrapUncheckedExceptions(true);
            configuration.setFallbackOnNullLoopVariable(false);
            configuration.setLocalizedLookup(false);
            configuration.setObjectWrapper(new DefaultObjectWrapperBuilder(Configuration.VERSION_2_3_34).build());
            return configuration;
        }
    }

    private Pages() {}

    /** Reads a template ahead of time. */
    public static void warmUp(String template) {
        try {
            Templates.CONFIGURATION.getTemplate(template);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The page.
     *
     * @param template for example {@code html/index.ftlh}
     * @param messages what {@code ${m("key", argument, …)}} says in the template; their language is {@code lang} there
     * @param model what else the template may name: public records, or {@link #markup}
     */
    public static String render(String template, Messages messages, Map<String, Object> model) {
        Map<String, Object> all = new HashMap<>(model);
        all.put("lang", messages.language());
        all.put("m", method(messages));
        StringWriter out = new StringWriter();
        try {
            Templates.CONFIGURATION.getTemplate(template).process(all, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TemplateException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        return out.toString();
    }

    /**
     * A style sheet that pages name.
     *
     * @param path from the root of this module's packages: {@code html/report.css}
     */
    public static String styleSheet(String path) {
        try (InputStream in = Objects.requireNonNull(Messages.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Markup of ours, such as {@link Svg#close()}, that a template must not escape again. */
    public static Object markup(String trusted) {
        try {
            return HTMLOutputFormat.INSTANCE.fromMarkup(trusted);
        } catch (TemplateModelException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TemplateMethodModelEx method(Messages messages) {
        return arguments -> {
            List<?> given = arguments;
            Object[] texts = new Object[given.size() - 1];
            for (int i = 1; i < given.size(); i++) {
                texts[i - 1] = text(given.get(i));
            }
            return messages.text(text(given.getFirst()), texts);
        };
    }

    private static String text(Object model) throws TemplateModelException {
        return switch (model) {
            case TemplateScalarModel scalar -> scalar.getAsString();
            case TemplateNumberModel number -> number.getAsNumber().toString();
            default -> throw new TemplateModelException("a text or a number expected, found " + model);
        };
    }
}
