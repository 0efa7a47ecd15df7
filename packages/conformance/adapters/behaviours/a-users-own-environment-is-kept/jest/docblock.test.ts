/** @jest-environment jsdom */
import { connect } from './connect.js';
import { expect, test } from './framework.js';

test('connects in jsdom', () => connect(4312));
test('has a document', () => {
  expect(document.createElement('p').tagName).toBe('P');
});
