package org.warpgrade.checks.concept;

import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.pointer;
import static org.warpgrade.gpu.DeviceBuffer.Access.IN;
import static org.warpgrade.gpu.ElementType.F64;

import java.util.ArrayList;
import java.util.List;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.Hypothesis;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.reference.oracle.OracleTensor;

/**
 * Draws of one concept question with their answers. The driver beside the assignment's starter launches {@code
 * wg_concept}, which calls the student's {@code concept_check} once per draw.
 */
public final class ConceptQuestions {

    /** The fewest draws per question (curriculum C9). */
    public static final int DRAWS = 16;

    /** Answers are formulas of a few operations: double precision with room for float constants. */
    private static final Tolerance TOLERANCE = Tolerance.elem(1e-9, 1e-6);

    /** An answer as a function of the parameters: the right one, or a mistaken one. */
    @FunctionalInterface
    public interface Answer {
        double of(double[] p);
    }

    private final int question;
    private final int stride;
    private final Answer answer;
    private final List<double[]> draws = new ArrayList<>();
    private final List<Hypothesis> hypotheses = new ArrayList<>();

    /** @param stride the number of parameters of the question */
    public ConceptQuestions(int question, int stride, Answer answer) {
        this.question = question;
        this.stride = stride;
        this.answer = answer;
    }

    public ConceptQuestions draw(double... p) {
        if (p.length != stride) {
            throw new IllegalArgumentException(
                    "question " + question + " has " + stride + " parameters, not " + p.length);
        }
        draws.add(p);
        return this;
    }

    /** A mistaken answer that is told by name. */
    public ConceptQuestions orElse(String english, String chinese, Answer mistaken) {
        hypotheses.add(Hypothesis.of(english, chinese, () -> tensor(mistaken)));
        return this;
    }

    /** Asks the submission all draws in one launch and demands the right answers. */
    public void ask(Bench bench) {
        if (draws.size() < DRAWS) {
            throw new IllegalStateException("question " + question + " has only " + draws.size() + " draws");
        }
        int n = draws.size();
        int[] numbers = new int[n];
        double[] parameters = new double[n * stride];
        for (int i = 0; i < n; i++) {
            numbers[i] = question;
            System.arraycopy(draws.get(i), 0, parameters, i * stride, stride);
        }
        DeviceBuffer answers = DeviceBuffer.output("concept_check, q = " + question, F64, n);
        bench.run(
                        "concept questions",
                        "q=" + question,
                        Call.of(
                                "wg_concept",
                                pointer(DeviceBuffer.ints("q", IN, numbers)),
                                pointer(DeviceBuffer.doubles("p", IN, parameters)),
                                i32(stride),
                                pointer(answers),
                                i32(n)))
                .assertThat(answers)
                .isCloseTo(tensor(answer), TOLERANCE, hypotheses.toArray(Hypothesis[]::new));
    }

    private OracleTensor tensor(Answer of) {
        double[] values = new double[draws.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = of.of(draws.get(i));
        }
        return OracleTensor.of("concept_check, q = " + question, values, values.length);
    }
}
