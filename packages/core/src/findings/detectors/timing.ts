import { destinationText } from '../../model/destination.js';
import type { EgressEvent } from '../../model/event.js';
import type { Timing } from '../../model/scope.js';
import { BySubject } from '../by-subject.js';
import type { Detector } from '../detector.js';

/** Connections that a test made after its own end: it did not wait for what it had begun, or did not stop it. */
export const late = (): Detector => outOfTime('late', (place) => `${place} was connected to after the test that began it had ended`);

/** Connections of a process that outlived the test which started it. */
export const detached = (): Detector => outOfTime('detached', (place) => `${place} was connected to by a process that outlived its test`);

const outOfTime = (timing: Timing, message: (place: string) => string): Detector => {
  const found = new BySubject();
  return {
    charged: (observed) => {
      const { event, owner, status } = observed.judged;
      if (owner.timing !== timing || status === 'probe' || !isInternet(event)) return false;
      found.add(destinationText(event), observed);
      return true;
    },
    conclude: () => found.conclude(message),
  };
};

const isInternet = ({ family }: EgressEvent): boolean => family === 'AF_INET' || family === 'AF_INET6';
