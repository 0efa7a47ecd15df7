const http = require('node:http');

// Telemetry as it is: nobody is told of a failure, and nobody waits.
exports.report = (done) => {
  const request = http.get('http://203.0.113.10:4351/');
  request.on('error', () => done());
  request.on('response', () => done());
};
