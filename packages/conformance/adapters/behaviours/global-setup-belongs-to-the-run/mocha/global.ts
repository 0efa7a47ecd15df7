import { connect } from './connect.js';

export const mochaGlobalSetup = async (): Promise<void> => {
  await connect(4096);
};
