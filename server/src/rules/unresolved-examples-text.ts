export const podWith = (spec: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
  annotations:
    team: shop
spec:
${spec}`;

export const container = `  containers:
    - name: web
      image: nginx:1.27
`;

export const object = (apiVersion: string, kind: string, name: string, rest = ''): string => `apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  name: ${name}
${rest}`;

/** A bad and a good fixture. */
export interface Example {
  readonly bad: string;
  readonly good: string;
}

/** One fixture twice: with the name that is wrong and its mark, and with the right one and no mark. */
export function inBothForms(
  text: (name: string, mark: (line: string) => string) => string,
  bad: string,
  good: string,
): Example {
  return { bad: text(bad, (line) => `${line}\n`), good: text(good, () => '') };
}
