// Loaded after the hooks of the audit: puts back what save.cjs has kept.
const { syncBuiltinESMExports } = require('node:module');
const net = require('node:net');

const restore = (all) => {
  for (const saved of all)
    for (const { name, value } of saved.methods.filter((method) => saved.target[method.name] !== method.value)) {
      saved.target[name] = value;
      saved.restored = true;
    }
  // A worker that is used again had them restored before.
  if (!all.some(({ restored }) => restored)) throw new Error('nothing was wrapped, so this suite shows nothing');
  syncBuiltinESMExports();
};

// The runner of node:test runs no test, and must hand the audit on to those that do.
if (!process.execArgv.includes('--test')) restore(net[Symbol.for('as node has it')]);
