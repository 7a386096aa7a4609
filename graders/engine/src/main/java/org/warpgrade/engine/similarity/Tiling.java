package org.warpgrade.engine.similarity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Covers two works with the code that they share, longest pieces first, no symbol twice (greedy string tiling, Wise
 * 1993). Two pieces are the same if one becomes the other by renaming, one name to one name, throughout the piece.
 * Where the pieces stand does not matter, so functions and independent statements may have moved.
 */
final class Tiling {

    /**
     * A window that one work repeats more often starts no tile from its later places: generated code is not compared
     * pairwise.
     */
    private static final int MOST_PLACES = 24;

    /** @param first where the tile begins in the first work */
    record Tile(int first, int second, int length) {}

    private final Sketch a;
    private final Sketch b;
    private final int shortest;
    private final BitSet usedA;
    private final BitSet usedB;

    private Tiling(Sketch a, Sketch b, int shortest) {
        this.a = a;
        this.b = b;
        this.shortest = shortest;
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
        Map<Long, List<Integer>> places = new HashMap<>();
        long[] windowsA = a.windows();
        for (int i = 0; i < windowsA.length; i++) {
            if (a.given().nextSetBit(i) < 0 || a.given().nextSetBit(i) >= i + shortest) {
                List<Integer> at = places.computeIfAbsent(windowsA[i], hash -> new ArrayList<>(2));
                if (at.size() < MOST_PLACES) {
                    at.add(i);
                }
            }
        }
        List<Tile> seeds = new ArrayList<>();
        long[] windowsB = b.windows();
        // where the last seed on each diagonal ended: a seed inside of it is a part of it
        int[] reached = new int[windowsA.length + windowsB.length + 1];
        Arrays.fill(reached, -1);
        for (int j = 0; j < windowsB.length; j++) {
            for (int i : places.getOrDefault(windowsB[j], List.of())) {
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
        Map<Integer, Integer> there = new HashMap<>();
        Map<Integer, Integer> back = new HashMap<>();
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
                Integer known = there.putIfAbsent(from, to);
                Integer knownBack = back.putIfAbsent(to, from);
                if (known != null && known != to || knownBack != null && knownBack != from) {
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
