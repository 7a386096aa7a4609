package org.warpgrade.engine.similarity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Covers two works with the code that they share, longest pieces first, no symbol twice (greedy string tiling, Wise
 * 1993). Two pieces are the same if one becomes the other by renaming, one name to one name, throughout the piece.
 * Where the pieces stand does not matter, so functions and independent statements may have moved.
 */
final class Tiling {

    private static final int[] NOWHERE = {};

    /** Which name stands for which, begun anew with every round. */
    private record Renaming(int[] names, int[] rounds) {

        Renaming(int most) {
            this(new int[most], new int[most]);
        }

        boolean isNew(int name, int round) {
            return rounds[name] != round;
        }

        int get(int name, int round) {
            return isNew(name, round) ? -1 : names[name];
        }

        void put(int name, int other, int round) {
            names[name] = other;
            rounds[name] = round;
        }
    }

    /** @param first where the tile begins in the first work */
    record Tile(int first, int second, int length) {}

    private final Sketch a;
    private final Sketch b;
    private final int shortest;
    private final BitSet usedA;
    private final BitSet usedB;

    private final Renaming there;
    private final Renaming back;
    private int round;

    private Tiling(Sketch a, Sketch b, int shortest) {
        this.a = a;
        this.b = b;
        this.shortest = shortest;
        this.there = new Renaming(a.symbols().size());
        this.back = new Renaming(b.symbols().size());
        this.usedA = (BitSet) a.given().clone();
        this.usedB = (BitSet) b.given().clone();
    }

    /** The tiles, in the order of the first work; none contains a symbol that was given to everyone. */
    static List<Tile> of(Sketch a, Sketch b, int shortest) {
        return new Tiling(a, b, shortest).tiles();
    }

    private List<Tile> tiles() {
        PriorityQueue<Tile> longestFirst = new PriorityQueue<>(Comparator.comparingInt((Tile t) -> -t.length())
                .thenComparingInt(Tile::first)
                .thenComparingInt(Tile::second));
        longestFirst.addAll(seeds());
        List<Tile> placed = new ArrayList<>();
        while (!longestFirst.isEmpty()) {
            Tile tile = longestFirst.poll();
            List<Tile> free = free(tile);
            if (free.size() == 1 && free.getFirst().equals(tile)) {
                placed.add(tile);
                usedA.set(tile.first(), tile.first() + tile.length());
                usedB.set(tile.second(), tile.second() + tile.length());
            } else {
                longestFirst.addAll(free);
            }
        }
        placed.sort(Comparator.comparingInt(Tile::first));
        return placed;
    }

    /** Every piece of the two works that cannot be made longer on either side. */
    private List<Tile> seeds() {
        List<Tile> seeds = new ArrayList<>();
        long[] windowsB = b.windows();
        // where the last seed on each diagonal ended: a seed inside of it is a part of it
        int[] reached = new int[a.windows().length + windowsB.length + 1];
        Arrays.fill(reached, -1);
        for (int j = 0; j < windowsB.length; j++) {
            for (int i : a.places().getOrDefault(windowsB[j], NOWHERE)) {
                int diagonal = i - j + windowsB.length;
                if (j <= reached[diagonal]) {
                    continue;
                }
                int length = extent(i, j);
                if (length >= shortest) {
                    reached[diagonal] = j + length - shortest;
                    seeds.add(new Tile(i, j, length));
                }
            }
        }
        return seeds;
    }

    /** How far the two works agree from there on, up to renaming and up to given code. */
    private int extent(int i, int j) {
        round++;
        Symbols left = a.symbols();
        Symbols right = b.symbols();
        int length = 0;
        while (i + length < left.size()
                && j + length < right.size()
                && !a.given().get(i + length)
                && !b.given().get(j + length)
                && left.codes()[i + length] == right.codes()[j + length]) {
            int from = left.names()[i + length];
            int to = right.names()[j + length];
            if (from >= 0) {
                if (there.isNew(from, round) && back.isNew(to, round)) {
                    there.put(from, to, round);
                    back.put(to, from, round);
                } else if (there.get(from, round) != to || back.get(to, round) != from) {
                    break;
                }
            }
            length++;
        }
        return length;
    }

    /** The parts of a tile that no longer tile has taken, if they are long enough. */
    private List<Tile> free(Tile tile) {
        List<Tile> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= tile.length(); i++) {
            boolean taken = i == tile.length() || usedA.get(tile.first() + i) || usedB.get(tile.second() + i);
            if (taken) {
                if (i - from >= shortest) {
                    parts.add(new Tile(tile.first() + from, tile.second() + from, i - from));
                }
                from = i + 1;
            }
        }
        return parts;
    }
}
