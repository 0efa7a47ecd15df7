// A Mocha whose inside has changed.
const mocha = require('mocha');
delete (mocha.default ?? mocha).prototype.parallelMode;
