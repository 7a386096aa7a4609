package org.warpgrade.cli.fuzz;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.warpgrade.engine.mutation.Mutation;
import org.warpgrade.engine.mutation.Mutator;

/**
 * Changes CUDA sources: half of the mutants by what {@link Mutator} finds, so that most of them still compile and do something
 * else, the others as texts.
 */
final class SourceMutator implements Mutants {

    private final List<String> corpus;
    private final TextMutator texts;
    private final Map<String, List<Mutation>> found = new HashMap<>();

    SourceMutator(List<String> corpus) {
        this.corpus = corpus;
        this.texts = new TextMutator(corpus);
    }

    @Override
    public void keep(String mutant) {
        texts.keep(mutant);
    }

    @Override
    public String mutant(long number) {
        Random random = new Random(number * 0x9E3779B97F4A7C15L);
        if (random.nextBoolean()) {
            return texts.mutant(number);
        }
        String source = corpus.get(random.nextInt(corpus.size()));
        List<Mutation> mutations = found.computeIfAbsent(source, Mutator::mutationsOf);
        if (mutations.isEmpty()) {
            return texts.mutant(number);
        }
        String mutant = mutations.get(random.nextInt(mutations.size())).applyTo(source);
        return random.nextInt(4) > 0 ? mutant : texts.changed(mutant, random, 1);
    }
}
