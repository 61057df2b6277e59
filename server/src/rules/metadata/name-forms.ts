import type { Release } from '../../base/release.ts';
import {
  dns1035Label,
  dns1123Label,
  dns1123Subdomain,
  type Form,
  ipAddress,
  pathSegmentName,
} from '../../kubernetes/forms.ts';
import type { KindInfo } from '../../schema/api-model.ts';

/**
 * The form of a kind's names: the strategies' ValidateName functions in pkg/apis and pkg/registry; where a kind isn't
 * listed, and for custom resources, that of most (NameIsDNSSubdomain).
 */
export function nameForm({ group, kind }: KindInfo, release: Release): Form {
  if (group === 'rbac.authorization.k8s.io' || group === 'apiregistration.k8s.io') return pathSegmentName;
  switch (`${group}/${kind}`) {
    case '/Namespace':
      return dns1123Label;
    case '/Service':
      return release >= relaxedServiceNames ? dns1123Label : dns1035Label;
    case '/Event':
    case 'events.k8s.io/Event':
    case 'certificates.k8s.io/ClusterTrustBundle':
      return anything;
    case 'apps/StatefulSet':
      return release >= strictStatefulSetNames ? dns1123Label : dns1123Subdomain;
    case 'batch/CronJob':
      return atMost(52, 'Jobs get eleven more');
    case 'batch/Job':
      return atMost(63, 'it becomes the value of a label');
    case 'storage.k8s.io/CSIDriver':
      return atMost(63, 'it becomes a part of paths');
    case 'networking.k8s.io/IPAddress':
      return ipAddress;
    default:
      return dns1123Subdomain;
  }
}

/** RelaxedServiceNameValidation is on by default from then on: a digit in front is fine. */
const relaxedServiceNames: Release = 35;
/** A real 1.20 server took dots, a real 1.36 doesn't; what lies between isn't accused. */
const strictStatefulSetNames: Release = 36;

const anything: Form = () => undefined;

const atMost =
  (length: number, why: string): Form =>
  (text) =>
    text.length > length
      ? `must have no more than ${length} characters (${why}), and has ${text.length}`
      : dns1123Subdomain(text);
