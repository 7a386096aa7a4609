package org.warpgrade.gpu.compile;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.warpgrade.gpu.source.Token;

/** The words by which a source gives something to the device: CUDA's specifiers, and macros that stand for them. */
final class Specifiers {

    private Specifiers() {}

    /**
     * @param significant the tokens of the source, those of directives included
     * @param words CUDA's specifiers that are looked for
     */
    static Set<String> in(List<Token> significant, Set<String> words) {
        Set<String> all = new HashSet<>(words);
        for (int i = 0; i + 2 < significant.size(); i++) {
            if (!significant.get(i).is("define") || !significant.get(i).inDirective()) {
                continue;
            }
            for (int j = i + 2; j < significant.size() && isInBody(significant.get(j)); j++) {
                if (all.contains(significant.get(j).text())) {
                    all.add(significant.get(i + 1).text());
                }
            }
        }
        return all;
    }

    private static boolean isInBody(Token token) {
        return token.inDirective() && !token.is("#");
    }
}
