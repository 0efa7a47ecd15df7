import { connect } from './connect.js';

suite('payments', () => {
  suiteSetup(() => connect(4111));
  setup(() => connect(9, '127.0.0.1'));
  test('charges a card', () => connect(4110));
  test('is innocent', () => {});
});
