import { blindSpotText } from '../../model/blind-spot.js';
import { printable } from '../../model/printable.js';
import { BySubject } from '../by-subject.js';
import type { Detector } from '../detector.js';

/** What processes did after which the trace does not show everything. */
export const blindSpot = (): Detector => {
  const found = new BySubject();
  const texts = new Map<string, string>();
  return {
    noted: (noted) => {
      const { event } = noted;
      if (event.kind !== 'blind') return;
      const subject = event.peer === null ? event.spot : `${event.spot} (${printable(event.peer)})`;
      found.note(subject, noted);
      if (texts.size < mostTexts) texts.set(subject, blindSpotText(event.spot));
    },
    conclude: () => found.conclude((subject) => `${subject}: ${texts.get(subject) ?? 'something can pass unseen'}`),
  };
};

const mostTexts = 1000;
