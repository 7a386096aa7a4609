// mutant: H1a every node is refused
// assignment: shape-bert

struct BertCfg {
    int B, S, V, H, L, A, I, P, T, M;
};

extern "C" __device__ int bert_shape(BertCfg c, int node, int* dim) {
    if (c.B < 1 || c.S < 1 || c.V < 1 || c.H < 1 || c.L < 1 || c.A < 1 || c.I < 1 || c.P < 1 || c.T < 1 || c.M < 1) {
        return -1;
    }
    if (c.H % c.A != 0 || c.S > c.P) {
        return -1;
    }
    return -1;
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
