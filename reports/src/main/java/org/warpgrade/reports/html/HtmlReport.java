package org.warpgrade.reports.html;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapperBuilder;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModelException;
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
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.reports.Handout;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.markdown.HandoutMarkup;

/**
 * The page of one graded submission. It works under Jenkins' default content policy: no script, no inline style, nothing
 * from elsewhere; pictures are inline SVG.
 */
public final class HtmlReport {

    /** Loading the templates is the expensive part of a first report. */
    private static final class Templates {
        private static final Configuration CONFIGURATION = configuration();

        private static Configuration configuration() {
            Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
            configuration.setClassForTemplateLoading(HtmlReport.class, "");
            configuration.setDefaultEncoding("UTF-8");
            configuration.setLocale(Locale.ROOT);
            configuration.setNumberFormat("c");
            configuration.setBooleanFormat("c");
            configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
            configuration.setLogTemplateExceptions(false);
            configuration.setWrapUncheckedExceptions(true);
            configuration.setFallbackOnNullLoopVariable(false);
            configuration.setLocalizedLookup(false);
            configuration.setObjectWrapper(
                    new DefaultObjectWrapperBuilder(Configuration.VERSION_2_3_34).build());
            return configuration;
        }
    }

    private HtmlReport() {}

    /** Reads the templates ahead of time, for example while the checks run. */
    public static void warmUp() {
        try {
            Templates.CONFIGURATION.getTemplate("index.ftlh");
            HandoutMarkup.render("# $x$");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@code index.html}.
     *
     * @param result redacted for its audience and inert
     * @param forInstructor whether to say that the page shows hidden data
     */
    public static String page(GradingResult result, boolean forInstructor, String language) {
        return page(result, forInstructor, language, null);
    }

    /** The same page with what was asked; without it if {@code handout} is null. */
    public static String page(
            GradingResult result, boolean forInstructor, String language, @Nullable Handout handout) {
        Messages messages = Messages.of(language);
        Map<String, Object> model = new HashMap<>();
        model.put("result", result);
        model.put("lang", messages.language());
        model.put("forInstructor", forInstructor);
        model.put("m", method(messages));
        model.put("page", new PageFormat(result, messages));
        model.put("source", SourceListing.of(result, messages));
        StringWriter out = new StringWriter();
        try {
            if (handout != null) {
                model.put("handout", markup(HandoutMarkup.render(handout.markdown())));
            }
            Templates.CONFIGURATION.getTemplate("index.ftlh").process(model, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TemplateException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        return out.toString();
    }

    /** {@code report.css}. */
    public static String styleSheet() {
        try (InputStream in =
                Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"), "report.css is missing")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code m("key", argument, …)}; arguments are texts. */
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
            case freemarker.template.TemplateNumberModel number -> number.getAsNumber().toString();
            default -> throw new TemplateModelException("a text or a number expected, found " + model);
        };
    }

    static Object markup(String trusted) throws TemplateModelException {
        return HTMLOutputFormat.INSTANCE.fromMarkup(trusted);
    }
}
