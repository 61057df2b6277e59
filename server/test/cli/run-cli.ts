import type { CheckEngine } from '../../src/cli/check.ts';
import { run } from '../../src/cli/run.ts';
import { Engine } from '../../src/engine.ts';
import { loadApiModel } from '../../src/host/schema-file.ts';

export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface CliOptions {
  readonly cwd: string;
  readonly stdin?: string;
  readonly color?: boolean;
  /** Stands in for the real engine. */
  readonly engine?: CheckEngine;
}

const model = loadApiModel();

/** The command line in this process, over the real engine and the built API model. */
export async function podwire(argv: readonly string[], options: CliOptions): Promise<CliResult> {
  let out = '';
  let err = '';
  const createEngine = async (): Promise<CheckEngine> => options.engine ?? new Engine({ model: (await model).model });
  const code = await run(argv, createEngine, '1.2.3', {
    cwd: options.cwd,
    color: options.color ?? false,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    readStdin: async () => Buffer.from(options.stdin ?? ''),
  });
  return { code, out, err };
}

/** A ConfigMap, and a Pod that reads one key of it; `key` and `name` let a test miss them. */
export const pod = (name: string, key: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx
      env:
        - name: MODE
          valueFrom:
            configMapKeyRef:
              name: ${name}
              key: ${key}
`;

export const configMap = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  mode: fast
`;
