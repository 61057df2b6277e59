import { parseArgs } from 'node:util';
import { type Layer, layers } from '../engine.ts';
import { parseKubernetesVersion } from '../host/settings.ts';
import type { Severity } from '../rules/rule-types.ts';

export const formats = ['text', 'json', 'sarif'] as const;
export type Format = (typeof formats)[number];

/** Gravest first. */
export const severities = ['error', 'warning', 'information', 'hint'] as const satisfies readonly Severity[];

export interface CheckArguments {
  /** As they were given; the working directory where there were none. */
  readonly paths: readonly string[];
  readonly format: Format;
  readonly kubernetesVersion: string | undefined;
  readonly failOn: Severity | 'never';
  readonly fix: boolean;
}

export const previewFormats = ['yaml', 'json'] as const;

export interface PreviewArguments {
  readonly paths: readonly string[];
  readonly kind: string | undefined;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly layers: readonly Layer[];
  readonly diff: boolean;
  readonly containerView: boolean;
  readonly format: (typeof previewFormats)[number];
  readonly kubernetesVersion: string | undefined;
}

export type Arguments =
  | { readonly command: 'help' | 'version' }
  | { readonly command: 'check'; readonly check: CheckArguments }
  | { readonly command: 'preview'; readonly preview: PreviewArguments }
  /** `problem` says in one line what is wrong; `lost` is true where even the command is unknown. */
  | { readonly command: 'wrong'; readonly problem: string; readonly lost: boolean };

export const usage = `Usage: podwire check [PATH…] [options]
       podwire preview PATH… [options]

podwire check checks the wiring of Kubernetes manifests: selectors, volumes, Secrets, ConfigMaps, Services, Ingresses.

  PATH                       files and folders, by default the current folder. Folders are searched for *.yaml and
                             *.yml, without what .gitignore names; - reads standard input
  --format text|json|sarif   how to report (text)
  --kubernetes-version X.Y   the release that the manifests are for: 1.16 to 1.36 (1.36)
  --fail-on SEVERITY         exit with 1 from this severity on: error, warning, information, hint or never (error)
  --fix                      apply the fixes that leave no choice to the files

Exit code: 0 nothing found at or over --fail-on, 1 something found, 2 wrong usage or a file that can't be checked.

podwire preview prints the pods that will run: each Pod, and each workload with its pod template, as PodPresets and
the cluster change them. Presets, LimitRanges and the like are those that the paths hold.

  PATH                       as above
  --kind KIND, --name NAME   only the resources of that kind, of that name
  --namespace NAME           only those of that namespace
  --layers LAYERS            what to apply, with commas between: presets (what PodPresets merge), defaults (what the
                             API server fills in), admission (service account, priority, tolerations, LimitRanges),
                             controller (the Pod that the workload's controller makes); presets
  --diff                     what that changes, as a unified diff
  --container-view           what each container sees: its environment and the files that its mounts make. Values of
                             Secrets are masked
  --format yaml|json         how to print (yaml): one object by itself, several as a stream or an array
  --kubernetes-version X.Y   as above

Exit code: 0 printed, 1 presets conflict with a pod or with each other, 2 wrong usage or nothing to print.

  --help                     this text
  --version                  the version
`;

export function parseArguments(argv: readonly string[]): Arguments {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    // Node explains at length how to pass such a thing as a path.
    const message = error instanceof Error ? error.message : '';
    return wrong(message.split('. ')[0] || 'wrong usage');
  }
  const { values, positionals } = parsed;
  const [command, ...paths] = positionals;
  if (values.help === true || command === 'help') return { command: 'help' };
  if (values.version === true) return { command: 'version' };
  if (command === undefined) return wrong('no command given', true);
  if (command === 'preview') return parsePreview(values, paths);
  if (command !== 'check') return wrong(`unknown command '${command}'`, true);
  for (const option of previewOptions)
    if (values[option] !== undefined) return wrong(`--${option} is for podwire preview`);
  const format = formats.find((f) => f === (values.format ?? 'text'));
  if (format === undefined) return wrong(`--format: expected ${list(formats)}, not '${values.format}'`);
  const failOn = [...severities, 'never' as const].find((s) => s === (values['fail-on'] ?? 'error'));
  if (failOn === undefined) {
    return wrong(`--fail-on: expected ${list([...severities, 'never'])}, not '${values['fail-on']}'`);
  }
  const kubernetesVersion = parseVersion(values['kubernetes-version']);
  if (typeof kubernetesVersion === 'object') return kubernetesVersion;
  const fix = values.fix === true;
  if (fix && paths.includes('-')) return wrong("--fix can't change standard input");
  if (paths.includes('')) return wrong('a path is empty');
  return {
    command: 'check',
    check: { paths: paths.length === 0 ? ['.'] : paths, format, kubernetesVersion, failOn, fix },
  };
}

const previewOptions = ['kind', 'name', 'namespace', 'layers', 'diff', 'container-view'] as const;

function parsePreview(values: ReturnType<typeof parse>['values'], paths: readonly string[]): Arguments {
  for (const option of ['fail-on', 'fix'] as const)
    if (values[option] !== undefined) return wrong(`--${option} is for podwire check`);
  if (paths.length === 0) return wrong('preview needs a path');
  if (paths.includes('')) return wrong('a path is empty');
  const format = previewFormats.find((f) => f === (values.format ?? 'yaml'));
  if (format === undefined) return wrong(`--format: expected ${list(previewFormats)}, not '${values.format}'`);
  const asked = (values.layers ?? 'presets').split(',').map((layer) => layer.trim());
  const unknown = asked.find((layer) => layer !== '' && !layers.some((known) => known === layer));
  if (unknown !== undefined) return wrong(`--layers: expected some of ${list(layers)}, not '${unknown}'`);
  const kubernetesVersion = parseVersion(values['kubernetes-version']);
  if (typeof kubernetesVersion === 'object') return kubernetesVersion;
  const diff = values.diff === true;
  const containerView = values['container-view'] === true;
  if (diff && containerView) return wrong("--diff and --container-view can't go together");
  if (diff && format === 'json') return wrong('--diff is text: it has no --format json');
  return {
    command: 'preview',
    preview: {
      paths,
      kind: values.kind,
      name: values.name,
      namespace: values.namespace,
      layers: layers.filter((layer) => asked.includes(layer)),
      diff,
      containerView,
      format,
      kubernetesVersion,
    },
  };
}

/** Null for what is no release. */
/** The release, or what is wrong with it. */
function parseVersion(given: string | undefined): string | undefined | Arguments {
  if (given === undefined) return undefined;
  const parsed = parseKubernetesVersion(given);
  if (parsed === undefined) return wrong(`--kubernetes-version: expected a release such as 1.36, not '${given}'`);
  return parsed.problem === undefined ? parsed.version : wrong(`--kubernetes-version: ${parsed.problem}`);
}

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      format: { type: 'string' },
      'kubernetes-version': { type: 'string' },
      'fail-on': { type: 'string' },
      fix: { type: 'boolean' },
      kind: { type: 'string' },
      name: { type: 'string' },
      namespace: { type: 'string', short: 'n' },
      layers: { type: 'string' },
      diff: { type: 'boolean' },
      'container-view': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean' },
    },
  });
}

const wrong = (problem: string, lost = false): Arguments => ({ command: 'wrong', problem, lost });

const list = (words: readonly string[]): string => `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
