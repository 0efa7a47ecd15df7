import http from 'node:http';

const [usage] = process.argv.slice(2);
const request = http.request('http://telemetry.example.test/usage', { method: 'POST' }, (response) => {
  response.resume();
  process.exitCode = response.statusCode === 204 ? 0 : 1;
});
request.end(usage);
