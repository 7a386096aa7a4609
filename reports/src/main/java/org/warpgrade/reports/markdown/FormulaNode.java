package org.warpgrade.reports.markdown;

import org.commonmark.node.CustomNode;

/** A formula between dollar signs. */
final class FormulaNode extends CustomNode {

    private final String tex;
    private final boolean display;

    FormulaNode(String tex, boolean display) {
        this.tex = tex;
        this.display = display;
    }

    String tex() {
        return tex;
    }

    /** Whether it stands between two dollar signs on each side: on a line of its own. */
    boolean display() {
        return display;
    }

    /** As it was typed. */
    String source() {
        String dollars = display ? "$$" : "$";
        return dollars + tex + dollars;
    }
}
