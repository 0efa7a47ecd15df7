import { connect } from './connect.js';

it('never ends', async function () {
  this.timeout(200);
  await connect(4120);
  await new Promise(() => {});
});
it('is innocent', () => {});
