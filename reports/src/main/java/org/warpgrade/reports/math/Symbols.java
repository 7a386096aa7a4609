package org.warpgrade.reports.math;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.warpgrade.reports.math.Symbol.Role;

/** What every macro and every plain character stands for. */
final class Symbols {

    private static final Map<String, Symbol> MACROS = new HashMap<>();

    private static final Map<String, Double> GAPS = Map.of(
            ",", 3 / 18.0, ":", 4 / 18.0, ">", 4 / 18.0, ";", 5 / 18.0, "!", -3 / 18.0, " ", 0.25, "quad", 1.0, "qquad",
            2.0);

    private static final Map<String, String> ACCENTS =
            Map.of("hat", "^", "bar", "¯", "tilde", "~", "vec", "→", "dot", "˙", "overline", "¯");

    private static final Set<String> FUNCTIONS = Set.of(
            "exp", "log", "ln", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan", "arg", "dim", "deg", "ker");

    private static final Set<String> FUNCTIONS_WITH_LIMITS =
            Set.of("max", "min", "sup", "inf", "lim", "det", "gcd", "Pr");

    static {
        define(Role.LETTER, """
                alpha α  beta β  gamma γ  delta δ  epsilon ϵ  varepsilon ε  zeta ζ  eta η  theta θ  iota ι  kappa κ
                lambda λ  mu μ  nu ν  xi ξ  pi π  rho ρ  sigma σ  tau τ  upsilon υ  phi ϕ  varphi φ  chi χ  psi ψ
                omega ω  vartheta ϑ  ell ℓ  partial ∂
                """);
        define(Role.UPRIGHT, """
                Gamma Γ  Delta Δ  Theta Θ  Lambda Λ  Xi Ξ  Pi Π  Sigma Σ  Upsilon Υ  Phi Φ  Psi Ψ  Omega Ω
                infty ∞  nabla ∇  emptyset ∅  top ⊤  bot ⊥  forall ∀  exists ∃  neg ¬  lnot ¬  % %  # #  _ _  $ $
                & &
                """);
        define(Role.BINARY, """
                cdot ⋅  times ×  div ÷  pm ±  mp ∓  ast ∗  circ ∘  odot ⊙  oplus ⊕  otimes ⊗  cup ∪  cap ∩
                land ∧  wedge ∧  lor ∨  vee ∨  setminus ∖  bmod mod
                """);
        define(Role.RELATION, """
                le ≤  leq ≤  ge ≥  geq ≥  ne ≠  neq ≠  ll ≪  gg ≫  approx ≈  equiv ≡  sim ∼  propto ∝  in ∈  notin ∉
                subset ⊂  subseteq ⊆  leftarrow ←  gets ←  rightarrow →  to →  leftrightarrow ↔  Rightarrow ⇒
                Leftrightarrow ⇔  mapsto ↦  mid ∣  parallel ∥  lt <  gt >
                """);
        define(Role.LARGE, "sum ∑  prod ∏  int ∫  bigcup ⋃  bigcap ⋂");
        define(Role.OPEN, "{ {  lceil ⌈  lfloor ⌊  langle ⟨  lvert |  lVert ‖  lbrace {  lbrack [");
        define(Role.CLOSE, "} }  rceil ⌉  rfloor ⌋  rangle ⟩  rvert |  rVert ‖  rbrace }  rbrack ]");
        define(Role.TIGHT, "vert |  | ‖  Vert ‖");
        define(Role.ELLIPSIS, "dots …  ldots …  cdots ⋯  vdots ⋮  ddots ⋱");
    }

    private Symbols() {}

    private static void define(Role role, String table) {
        String[] words = table.strip().split("\\s+");
        for (int i = 0; i < words.length; i += 2) {
            MACROS.put(words[i], new Symbol(words[i + 1], role));
        }
    }

    static @Nullable Symbol macro(String name) {
        return MACROS.get(name);
    }

    static @Nullable Double gap(String name) {
        return GAPS.get(name);
    }

    static @Nullable String accent(String name) {
        return ACCENTS.get(name);
    }

    static Formula.@Nullable Function function(String name) {
        return FUNCTIONS.contains(name) || FUNCTIONS_WITH_LIMITS.contains(name)
                ? new Formula.Function(name, FUNCTIONS_WITH_LIMITS.contains(name))
                : null;
    }

    /** A character that is typed as itself; null for those that are not for formulas. */
    static @Nullable Symbol plain(char c) {
        return switch (c) {
            case '+', '*' -> new Symbol(c == '*' ? "∗" : "+", Role.BINARY);
            case '-' -> new Symbol("−", Role.BINARY);
            case '=', '<', '>', ':' -> new Symbol(String.valueOf(c), Role.RELATION);
            case '/', '|', '.' -> new Symbol(String.valueOf(c), Role.TIGHT);
            case '(', '[' -> new Symbol(String.valueOf(c), Role.OPEN);
            case ')', ']', '!' -> new Symbol(String.valueOf(c), Role.CLOSE);
            case ',', ';' -> new Symbol(String.valueOf(c), Role.PUNCTUATION);
            default -> null;
        };
    }

    /** The delimiter after {@code \left} or {@code \right}; the empty text for the invisible one, null for others. */
    static @Nullable String delimiter(String typed) {
        if (typed.equals(".")) {
            return "";
        }
        if (typed.length() == 1) {
            return "()[]|/<>".contains(typed) ? typed.replace('<', '⟨').replace('>', '⟩') : null;
        }
        Symbol symbol = macro(typed.substring(1));
        return symbol == null
                ? null
                : switch (symbol.role()) {
                    case OPEN, CLOSE, TIGHT -> symbol.text();
                    case LETTER, UPRIGHT, BINARY, RELATION, LARGE, PUNCTUATION, ELLIPSIS -> null;
                };
    }
}
