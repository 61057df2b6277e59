import { parseArgs } from 'node:util';
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

export type Arguments =
  | { readonly command: 'help' | 'version' }
  | { readonly command: 'check'; readonly check: CheckArguments }
  /** `problem` says in one line what is wrong; `lost` is true where even the command is unknown. */
  | { readonly command: 'wrong'; readonly problem: string; readonly lost: boolean };

export const usage = `Usage: podwire check [PATH…] [options]

Checks the wiring of Kubernetes manifests: selectors, volumes, Secrets, ConfigMaps, Services, Ingresses.

  PATH                       files and folders, by default the current folder. Folders are searched for *.yaml and
                             *.yml, without what .gitignore names; - reads standard input
  --format text|json|sarif   how to report (text)
  --kubernetes-version X.Y   the release that the manifests are for (1.36)
  --fail-on SEVERITY         exit with 1 from this severity on: error, warning, information, hint or never (error)
  --fix                      apply the fixes that leave no choice to the files
  --help                     this text
  --version                  the version

Exit code: 0 nothing found at or over --fail-on, 1 something found, 2 wrong usage or a file that can't be checked.
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
  if (command !== 'check') return wrong(`unknown command '${command}'`, true);
  const format = formats.find((f) => f === (values.format ?? 'text'));
  if (format === undefined) return wrong(`--format: expected ${list(formats)}, not '${values.format}'`);
  const failOn = [...severities, 'never' as const].find((s) => s === (values['fail-on'] ?? 'error'));
  if (failOn === undefined) {
    return wrong(`--fail-on: expected ${list([...severities, 'never'])}, not '${values['fail-on']}'`);
  }
  const given = values['kubernetes-version'];
  const kubernetesVersion = given === undefined ? undefined : parseKubernetesVersion(given);
  if (given !== undefined && kubernetesVersion === undefined) {
    return wrong(`--kubernetes-version: expected a release such as 1.36, not '${given}'`);
  }
  const fix = values.fix === true;
  if (fix && paths.includes('-')) return wrong("--fix can't change standard input");
  if (paths.includes('')) return wrong('a path is empty');
  return {
    command: 'check',
    check: { paths: paths.length === 0 ? ['.'] : paths, format, kubernetesVersion, failOn, fix },
  };
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
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean' },
    },
  });
}

const wrong = (problem: string, lost = false): Arguments => ({ command: 'wrong', problem, lost });

const list = (words: readonly string[]): string => `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
