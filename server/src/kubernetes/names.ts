export type NameForm = keyof typeof forms;

/** Why the API server would refuse a name of that form; undefined for a good one. */
export function nameFault(name: string, form: NameForm): string | undefined {
  const { noun, pattern, rule } = forms[form];
  return pattern.test(name) ? undefined : `"${name}" is no valid ${noun}: ${rule}.`;
}

/** What a name may be made of, by the API server's validation (k8s.io/apimachinery/pkg/util/validation). */
const forms = {
  // IsDNS1123Subdomain: most objects.
  subdomain: {
    noun: 'name',
    pattern: /^(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/,
    rule: 'lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part',
  },
  // IsDNS1123Label: Services, Namespaces, containers, volumes.
  label: {
    noun: 'name',
    pattern: /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/,
    rule: 'up to 63 lower-case letters, digits and "-", with a letter or digit at both ends',
  },
  // IsValidPortName.
  port: {
    noun: 'name',
    pattern: /^(?=.*[a-z])(?=.{1,15}$)[a-z0-9]+(?:-[a-z0-9]+)*$/,
    rule: 'up to 15 lower-case letters, digits and single "-", at least one of them a letter',
  },
  // IsConfigMapKey.
  key: { noun: 'key', pattern: /^(?!\.\.?$)(?!\.\.)[-._a-zA-Z0-9]{1,253}$/, rule: 'letters, digits, "-", "_" and "."' },
  // IsEnvVarName.
  variable: {
    noun: 'name',
    pattern: /^[-._a-zA-Z][-._a-zA-Z0-9]*$/,
    rule: 'letters, digits, "-", "_" and ".", with no digit in front',
  },
  // IsQualifiedName: keys of labels and annotations.
  qualified: {
    noun: 'label key',
    pattern: /^(?:[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[-._A-Za-z0-9]{0,61}[A-Za-z0-9])?$/,
    rule: 'a domain and "/" if need be, then up to 63 letters, digits, "-", "_" and "."',
  },
  // IsValidLabelValue, but for the empty one.
  'label-value': {
    noun: 'label value',
    pattern: /^[A-Za-z0-9](?:[-._A-Za-z0-9]{0,61}[A-Za-z0-9])?$/,
    rule: 'up to 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends',
  },
  // IsValidPathSegmentName: roles.
  segment: { noun: 'name', pattern: /^(?!\.\.?$)[^/%]+$/, rule: 'anything but "/" and "%"' },
} as const;
