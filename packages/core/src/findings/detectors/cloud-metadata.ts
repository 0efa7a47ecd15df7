import { withoutMapping } from '../../model/address.js';
import { destinationText } from '../../model/destination.js';
import { BySubject } from '../by-subject.js';
import type { Detector } from '../detector.js';

/** Connections to a metadata service of a cloud, which hands out the credentials of the machine: also where a broad rule allows its address. */
export const cloudMetadata = (): Detector => {
  const found = new BySubject();
  return {
    charged: (observed) => {
      const { event, status } = observed.judged;
      const service = services.get(withoutMapping(event.addr ?? '').toLowerCase());
      if (service === undefined || status === 'probe') return false;
      found.add(`${destinationText(event)} (${service})`, observed);
      return true;
    },
    conclude: () => found.conclude((place) => `${place} is a cloud's metadata service, which hands out credentials of the machine`),
  };
};

/** By the providers' documentation. */
const services = new Map([
  ['169.254.169.254', 'AWS, Azure, Google Cloud, OpenStack'],
  ['fd00:ec2::254', 'AWS'],
  ['169.254.170.2', 'AWS ECS'],
  ['169.254.170.23', 'AWS EKS'],
  ['fd00:ec2::23', 'AWS EKS'],
  ['100.100.100.200', 'Alibaba Cloud'],
  ['192.0.0.192', 'Oracle Cloud'],
]);
