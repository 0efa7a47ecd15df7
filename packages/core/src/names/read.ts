import type { NameMessage, ReadNames } from '../model/source.js';
import { readAnswer } from './answer.js';
import { readNscdRequest } from './nscd.js';
import { readQuestion } from './question.js';
import { readResolved } from './resolved.js';

/** Reads one message of a name service, sent or received. */
export const readNames: ReadNames = (protocol, message, cut) => {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  switch (protocol) {
    case 'dns':
      return readDns(bytes, cut);
    case 'resolved':
      return readResolved(bytes);
    case 'nscd':
      return readNscdRequest(bytes);
  }
};

const readDns = (bytes: Buffer, cut: boolean): NameMessage | null => {
  const question = readQuestion(bytes);
  if (question) return { id: bytes.readUInt16BE(0), question, answer: null };
  const found = readAnswer(bytes, cut);
  return found && { id: bytes.readUInt16BE(0), ...found };
};
