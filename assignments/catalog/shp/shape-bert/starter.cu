// assignment: shape-bert
//
// Give the shape of every tensor in BERT, and go back from shapes to hyper-parameters. The handout has the list of nodes.
// Both functions run on the device, one thread per case; there is nothing to launch.

// B sentences, S tokens each, V words, H hidden, L layers, A heads, I inner FFN size, P positions, T sentence types,
// M masked tokens per sentence. The head size is D = H / A.
struct BertCfg {
    int B, S, V, H, L, A, I, P, T, M;
};

// Writes the extents of the node to dim[0], dim[1], ... and returns how many there are; -1 if the configuration is invalid.
extern "C" __device__ int bert_shape(BertCfg c, int node, int* dim) {
    switch (node) {
        case 0:  // token ids [B, S]
            dim[0] = c.B;
            dim[1] = c.S;
            return 2;
        // FILL ME IN: nodes 1 to 25, and the test for invalid configurations (roughly 60 lines).
        default:
            return -1;
    }
}

// scores [B,A,S,S], heads [B,A,S,D], ffn [B,S,I], table [V,H]. Fills B, S, H, A, I, V of *c and returns 0; -1 if the four
// shapes contradict each other.
extern "C" __device__ int bert_solve(const int* scores, const int* heads, const int* ffn, const int* table, BertCfg* c) {
    // FILL ME IN (roughly 12 lines).
    return -1;
}
