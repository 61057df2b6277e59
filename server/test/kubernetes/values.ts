import { type Data, type Json, type MapData, mapAt, toJson } from '../../src/base/data.ts';
import type { Preset } from '../../src/kubernetes/pod-preset.ts';
import { decode } from '../../src/syntax/decode.ts';
import { parseYaml } from '../../src/syntax/parse.ts';

/** A YAML text as the decoder reads it. */
export function value(text: string): Data {
  const { value: found } = decode(parseYaml(text).root, { uri: 'file:///w/a.yaml', start: 0 });
  if (!found) throw new Error('there is no value');
  return found;
}

export function map(text: string): MapData {
  const found = mapAt(value(text));
  if (!found) throw new Error('this is no map');
  return found;
}

/** A preset by its name and its spec, whose selector matches every pod. */
export function preset(name: string, spec: string, by: Preset['by'] = 'plugin'): Preset {
  const indented = spec.trim().replace(/^/gm, '  ');
  return { name, by, value: map(`metadata: { name: ${name} }\nspec:\n${indented}\n`) };
}

/** A pod of one container, of which this is the rest, and a spec of which this is the rest. */
export function pod(container = '', spec = ''): MapData {
  const inner = container.trim() === '' ? '' : `${container.trim().replace(/^/gm, '      ')}\n`;
  const outer = spec.trim() === '' ? '' : `${spec.trim().replace(/^/gm, '  ')}\n`;
  return map(`metadata: { name: web }\nspec:\n  containers:\n    - name: web\n${inner}${outer}`);
}

/** The part of a value at a path, as plain data. */
export function part(of: Data, ...path: (string | number)[]): Json | undefined {
  let here: Json | undefined = toJson(of);
  for (const segment of path) here = (here as Record<string | number, Json> | undefined)?.[segment];
  return here;
}
