import { newestRelease } from '../base/release.ts';
import {
  configMapKey,
  dns1123Label,
  dns1123Subdomain,
  envVarName,
  type Form,
  ianaServiceName,
  labelValue,
  pathSegmentName,
  qualifiedName,
} from './forms.ts';

export type NameForm = keyof typeof forms;

/** Why the API server would refuse a name of that form; undefined for a good one. */
export function nameFault(name: string, form: NameForm): string | undefined {
  const { noun, fault } = forms[form];
  const reason = name === '' ? 'must not be empty' : fault(name);
  return reason === undefined ? undefined : `"${name}" is no valid ${noun}: it ${reason}.`;
}

/** What a name may be made of. */
const forms = {
  subdomain: { noun: 'name', fault: dns1123Subdomain },
  label: { noun: 'name', fault: dns1123Label },
  port: { noun: 'name', fault: ianaServiceName },
  key: { noun: 'key', fault: configMapKey },
  variable: { noun: 'name', fault: (text: string) => envVarName(text, newestRelease) },
  qualified: { noun: 'label key', fault: qualifiedName },
  'label-value': { noun: 'label value', fault: labelValue },
  segment: { noun: 'name', fault: pathSegmentName },
} as const satisfies Readonly<Record<string, { readonly noun: string; readonly fault: Form }>>;
