import { destinationText } from '../../model/destination.js';
import { BySubject } from '../by-subject.js';
import type { Detector } from '../detector.js';

/** Connections that a rule of the level `warn` allows. */
export const warned = (): Detector => {
  const found = new BySubject();
  return {
    charged: (observed) => {
      const { event, warned: rule } = observed.judged;
      if (rule === undefined) return false;
      found.add(`${destinationText(event)} by the rule ${rule}`, observed);
      return true;
    },
    conclude: () => found.conclude((subject) => `allowed with a warning: ${subject}`),
  };
};
