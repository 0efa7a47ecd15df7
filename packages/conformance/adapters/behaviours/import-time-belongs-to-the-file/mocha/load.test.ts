import { connect } from './connect.js';

await connect(4030);
it('runs', () => {});
