import { connect } from './connect.js';

beforeEach(async function () {
  if (this.currentTest?.title === 'first') await connect(4020);
});
afterEach(async function () {
  if (this.currentTest?.title === 'second') await connect(4021);
});
it('first', () => {});
it('second', () => {});
it('third', () => {});
