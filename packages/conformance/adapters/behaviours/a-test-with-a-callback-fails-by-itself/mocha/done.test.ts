import { connect } from './connect.js';

it('calls back', (done) => {
  connect(4118).then(() => done());
});
it('is innocent', (done) => setTimeout(done, 10));
