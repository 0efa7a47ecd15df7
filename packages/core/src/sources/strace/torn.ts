import { readCall } from './call.js';
import { isOfInterest, startsCallOfInterest } from './calls.js';
import { looksLikeEgress } from './hidden.js';
import type { Body } from './line.js';

/** Whether the first line of a trace is what is left of a call that began before it, and may have been evidence. */
export const lacksBeginning = (body: Body): boolean => {
  switch (body.kind) {
    case 'call':
    case 'unfinished':
      return !isOfInterest(body.name, body.text) && (egressNames.test(body.name) || (body.kind === 'call' && readCall(body.text) === null));
    case 'foreign':
      return callEnd.test(body.text);
    case 'split':
    case 'resumed':
    case 'exit':
    case 'superseded':
    case 'signal':
    case 'message':
      return false;
  }
};

/** Whether the last line of a trace, which has no line end, may be the beginning of evidence. */
export const lacksEnd = (body: Body): boolean => {
  switch (body.kind) {
    case 'call':
    case 'unfinished':
    case 'split':
    case 'resumed':
      return isOfInterest(body.name, body.text);
    case 'foreign':
      return prefix.test(body.text) || startsCallOfInterest(body.text) || looksLikeEgress(body.text);
    case 'exit':
    case 'superseded':
    case 'signal':
    case 'message':
      return false;
  }
};

/** Endings of the names of calls that carry a destination. */
const egressNames = /^(?:(?:(?:(?:(?:o?n)?n)?e)?c)?t|(?:(?:(?:s?e)?n)?d)?to|(?:(?:(?:s?e)?n)?d)?m?msg)$/;
const callEnd = /(?:\)|^) *= (?:-1 |\?|\d|0x)|<unfinished \.\.\.>$/;
/** What stands before a call, cut anywhere: process, time, and groups in brackets. */
const prefix = /^(?:(?:\[pid +)?\d{1,10}<[^>]*(?:>\]?)?|[\d.:+()\s]*(?:\[[^\]]*\]?)?)$/;
