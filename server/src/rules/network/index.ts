import type { Rule } from '../rule.ts';
import { emptyIngress } from './empty-ingress.ts';
import { invalidAddressRange } from './invalid-address-range.ts';
import { invalidEndpoints } from './invalid-endpoints.ts';
import { invalidIngressBackend } from './invalid-ingress-backend.ts';
import { invalidIngressClass } from './invalid-ingress-class.ts';
import { invalidIngressHost } from './invalid-ingress-host.ts';
import { invalidIngressPath } from './invalid-ingress-path.ts';
import { invalidNetworkPolicy } from './invalid-network-policy.ts';
import { invalidService } from './invalid-service.ts';
import { invalidServiceAddress } from './invalid-service-address.ts';
import { invalidServicePort } from './invalid-service-port.ts';

/** What the API server says of Services, Ingresses, NetworkPolicies and endpoints. */
export const networkRules: readonly Rule[] = [
  invalidService,
  invalidServicePort,
  invalidServiceAddress,
  emptyIngress,
  invalidIngressHost,
  invalidIngressPath,
  invalidIngressBackend,
  invalidIngressClass,
  invalidNetworkPolicy,
  invalidEndpoints,
  invalidAddressRange,
];
