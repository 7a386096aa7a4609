// NVRTC itself declares assert.
