import { connect } from './connect.js';

export const before = () => connect(4115);
export const payments = {
  'charges a card': () => connect(4114),
  'is innocent': () => {},
};
