import { connect } from './connect.js';

export default async function setup(): Promise<void> {
  await connect(4096);
}
