// mutant: H3 a single head, token or sentence is taken for an error
// assignment: shape-bert

struct BertCfg {
    int B, S, V, H, L, A, I, P, T, M;
};

__device__ int shape(int* dim, int rank, int d0, int d1, int d2 = 0, int d3 = 0) {
    int extents[4] = {d0, d1, d2, d3};
    for (int axis = 0; axis < rank; axis++) {
        dim[axis] = extents[axis];
    }
    return rank;
}

extern "C" __device__ int bert_shape(BertCfg c, int node, int* dim) {
    if (c.B < 2 || c.S < 2 || c.V < 1 || c.H < 1 || c.L < 1 || c.A < 2 || c.I < 1 || c.P < 1 || c.T < 1 || c.M < 1) {
        return -1;
    }
    if (c.H % c.A != 0 || c.S > c.P) {
        return -1;
    }
    int d = c.H / c.A;
    switch (node) {
        case 0:  // token ids
            return shape(dim, 2, c.B, c.S);
        case 1:
        case 3:
        case 4:  // word and type embeddings, and their sum with the positions
            return shape(dim, 3, c.B, c.S, c.H);
        case 2:  // position embeddings, the same for every sentence
            return shape(dim, 3, 1, c.S, c.H);
        case 5:  // additive mask, broadcast over heads and queries
            return shape(dim, 4, c.B, 1, 1, c.S);
        case 6:  // Q after the linear layer
            return shape(dim, 3, c.B, c.S, c.H);
        case 7:  // Q in heads
            return shape(dim, 4, c.B, c.A, c.S, d);
        case 8:  // K in heads, transposed for the product
            return shape(dim, 4, c.B, c.A, d, c.S);
        case 9:
        case 10:  // scores and probabilities: one matrix per sentence and head
            return shape(dim, 4, c.B, c.A, c.S, c.S);
        case 11:  // context in heads
            return shape(dim, 4, c.B, c.A, c.S, d);
        case 12:
        case 13:
        case 15:  // context merged, attention output, layer output
            return shape(dim, 3, c.B, c.S, c.H);
        case 14:  // inner activation of the FFN
            return shape(dim, 3, c.B, c.S, c.I);
        case 16:  // pooled: the first token of each sentence
            return shape(dim, 2, c.B, c.H);
        case 17:  // hidden states at the masked tokens
            return shape(dim, 2, c.B * c.M, c.H);
        case 18:  // MLM logits
            return shape(dim, 2, c.B * c.M, c.V);
        case 19:  // NSP logits
            return shape(dim, 2, c.B, 2);
        case 20:  // word table
            return shape(dim, 2, c.V, c.H);
        case 21:  // fused weight of Q, K, V
            return shape(dim, 2, 3 * c.H, c.H);
        case 22:  // W1, [out][in]
            return shape(dim, 2, c.I, c.H);
        case 23:  // W2, [out][in]
            return shape(dim, 2, c.H, c.I);
        case 24:  // position table
            return shape(dim, 2, c.P, c.H);
        case 25:  // outputs of all layers
            return shape(dim, 4, c.L, c.B, c.S, c.H);
        default:
            return -1;
    }
}

extern "C" __device__ int bert_solve(const int* scores, const int* heads, const int* ffn, const int* table, BertCfg* c) {
    int b = scores[0], a = scores[1], s = scores[2], d = heads[3], i = ffn[2], v = table[0], h = table[1];
    if (b < 1 || a < 1 || s < 1 || d < 1 || i < 1 || v < 1 || h < 1) {
        return -1;
    }
    if (scores[3] != s || heads[2] != s || ffn[1] != s) {
        return -1;
    }
    if (heads[0] != b || ffn[0] != b || heads[1] != a || a * d != h) {
        return -1;
    }
    c->B = b;
    c->S = s;
    c->H = h;
    c->A = a;
    c->I = i;
    c->V = v;
    return 0;
}
