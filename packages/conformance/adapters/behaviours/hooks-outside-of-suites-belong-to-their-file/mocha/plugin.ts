import { connect } from './connect.js';

export const mochaHooks = { beforeAll: () => connect(4125) };
