// What a worker thread, a forked process or a cluster worker does: net.connect.
import { workerData } from 'node:worker_threads';
import { connect } from './javascript.mjs';

await connect(workerData ?? JSON.parse(process.argv[2]));
process.exit(0);
