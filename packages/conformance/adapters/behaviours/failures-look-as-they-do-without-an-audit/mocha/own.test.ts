import { deepEqual } from 'node:assert/strict';
import { connect } from './connect.js';

const deep = (depth: number): void => {
  if (depth === 0) throw new Error('deep');
  deep(depth - 1);
};
describe('own failures', () => {
  before(() => console.log('before'));
  afterEach(() => connect(9, '127.0.0.1'));
  it('throws', () => deep(12));
  it('asserts', () => deepEqual({ cents: 1 }, { cents: 2 }));
  it('rejects', async () => {
    await connect(9, '127.0.0.1');
    throw new Error('rejected');
  });
  it('calls back', (done) => {
    setTimeout(() => done(new Error('called back')), 5);
  });
  it('calls back twice', (done) => {
    done();
    done();
  });
  it('throws outside', (_done) => {
    setTimeout(() => {
      throw new Error('outside');
    }, 5);
  });
  it('skips', function () {
    this.skip();
  });
  it('is not written');
  describe('hooks', () => {
    beforeEach(() => {
      throw new Error('in a hook');
    });
    it('never runs', () => {});
  });
  after(() => console.log('after'));
});
