import type { Rule } from '../rule.ts';
import { invalidCertificateRequest } from './invalid-certificate-request.ts';
import { invalidPolicyRule } from './invalid-policy-rule.ts';
import { invalidRoleBinding } from './invalid-role-binding.ts';

/** What the API server says of roles and of who has them. */
export const accessRules: readonly Rule[] = [invalidPolicyRule, invalidRoleBinding, invalidCertificateRequest];
