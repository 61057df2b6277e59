import { type Data, type MapData, mapAt, mapsAt, textOf, valueAt } from '../base/data.ts';
import { envVarName } from './forms.ts';
import { type NameForm, nameFault } from './names.ts';
import type { Preset } from './pod-preset.ts';

/** Why the API server doesn't take a preset: one reason, at the part that it is about. */
export interface PresetFault {
  readonly message: string;
  readonly at: Data;
}

/**
 * What the API server refuses in a preset: pkg/apis/settings/validation, ValidatePodPreset, and what it calls for
 * labels, volumes, variables and mounts. A preset with any of these is not on the cluster. The webhook's is a custom
 * resource, of which only the schema is checked.
 */
export function presetFaults(preset: Preset): readonly PresetFault[] {
  const faults: PresetFault[] = [];
  const add = (at: Data | undefined, message: string): void => void faults.push({ message, at: at ?? preset.value });
  const { value } = preset;
  checkText(add, value, ['metadata', 'name'], 'subdomain');
  checkSelector(add, value);
  if (preset.by === 'webhook') {
    if (!mapAt(value, 'spec', 'selector')) add(valueAt(value, 'spec'), 'it has no selector');
    return faults;
  }
  if (isEmptyPreset(value)) add(valueAt(value, 'spec'), 'it brings neither env, envFrom, volumes nor volumeMounts');
  checkVariables(add, value);
  const volumes = checkVolumes(add, value);
  checkMounts(add, value, volumes);
  return faults;
}

/** Without any of the four lists the API server refuses a preset; an empty list is enough for it. */
export const isEmptyPreset = (preset: MapData): boolean =>
  ['env', 'envFrom', 'volumes', 'volumeMounts'].every((list) => valueAt(preset, 'spec', list) === undefined);

type Add = (at: Data | undefined, message: string) => void;

/** Whether a field holds a text of the form. */
function checkText(
  add: Add,
  holder: MapData,
  path: readonly string[],
  form?: NameForm | 'variable-of-1.19',
  needed = true,
): string | undefined {
  const value = valueAt(holder, ...path);
  const field = path.join('.');
  if (value === undefined || (value.type === 'scalar' && value.value === '')) {
    if (needed) add(value ?? holder, `${field} is missing`);
    return undefined;
  }
  if (value.type !== 'scalar' || typeof value.value !== 'string') {
    add(value, `${field} is no string`);
    return undefined;
  }
  const fault = faultOf(value.value, form);
  if (fault) add(value, `${field}: ${fault}`);
  return value.value;
}

function faultOf(text: string, form: NameForm | 'variable-of-1.19' | undefined): string | undefined {
  if (form === undefined) return undefined;
  // The last release with presets of its own takes fewer names of variables than later ones.
  if (form === 'variable-of-1.19') return envVarName(text, 19) && `"${text}" is no valid name of a variable`;
  return nameFault(text, form)?.replace(/\.$/, '');
}

function checkSelector(add: Add, preset: MapData): void {
  const labels = mapAt(preset, 'spec', 'selector', 'matchLabels');
  for (const [key, value] of labels?.entries ?? []) {
    const fault = nameFault(key, 'qualified');
    if (fault) add(value, fault.replace(/\.$/, ''));
    if (value.type !== 'scalar' || typeof value.value !== 'string') add(value, `the label ${key} is no string`);
    else if (value.value !== '' && nameFault(value.value, 'label-value'))
      add(value, (nameFault(value.value, 'label-value') ?? '').replace(/\.$/, ''));
  }
  for (const expression of mapsAt(preset, 'spec', 'selector', 'matchExpressions')) {
    const operator = textOf(expression, 'operator');
    const values = valueAt(expression, 'values');
    const has = values?.type === 'list' && values.items.length > 0;
    checkText(add, expression, ['key'], 'qualified');
    if (operator === 'In' || operator === 'NotIn') {
      if (!has) add(expression, `${operator} needs values`);
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (has) add(values, `${operator} takes no values`);
    } else add(valueAt(expression, 'operator') ?? expression, `"${operator}" is no operator of a label selector`);
  }
}

function checkVariables(add: Add, preset: MapData): void {
  for (const variable of mapsAt(preset, 'spec', 'env')) {
    checkText(add, variable, ['name'], 'variable-of-1.19');
    const value = checkText(add, variable, ['value'], undefined, false);
    const from = mapAt(variable, 'valueFrom');
    if (from && value) add(from, 'a variable has either a value or a valueFrom');
    if (from) checkOneOf(add, from, ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef'], 'valueFrom');
    for (const source of ['configMapKeyRef', 'secretKeyRef'])
      if (from && mapAt(from, source)) for (const field of ['name', 'key']) checkText(add, from, [source, field]);
  }
  for (const source of mapsAt(preset, 'spec', 'envFrom')) {
    checkText(add, source, ['prefix'], 'variable-of-1.19', false);
    checkOneOf(add, source, ['configMapRef', 'secretRef'], 'envFrom');
    for (const ref of ['configMapRef', 'secretRef']) if (mapAt(source, ref)) checkText(add, source, [ref, 'name']);
  }
}

function checkOneOf(add: Add, holder: MapData, sources: readonly string[], name: string): void {
  const found = sources.filter((source) => mapAt(holder, source));
  if (found.length === 0) add(holder, `${name} has no source`);
  if (found.length > 1) add(holder, `${name} has more than one source`);
}

/** Returns the volumes' names. */
function checkVolumes(add: Add, preset: MapData): ReadonlySet<string> {
  const names = new Set<string>();
  for (const volume of mapsAt(preset, 'spec', 'volumes')) {
    const name = checkText(add, volume, ['name'], 'label');
    if (name !== undefined && names.has(name)) add(volume, `the volume "${name}" stands twice`);
    if (name !== undefined) names.add(name);
    const sources = [...volume.entries].filter(([key, value]) => key !== 'name' && value.type === 'map');
    if (sources.length > 1) add(volume, `the volume "${name ?? ''}" has more than one source`);
    for (const [source, field] of neededFields) if (mapAt(volume, source)) checkText(add, volume, [source, field]);
  }
  return names;
}

const neededFields = [
  ['secret', 'secretName'],
  ['configMap', 'name'],
  ['persistentVolumeClaim', 'claimName'],
  ['hostPath', 'path'],
] as const;

function checkMounts(add: Add, preset: MapData, volumes: ReadonlySet<string>): void {
  const paths = new Set<string>();
  for (const mount of mapsAt(preset, 'spec', 'volumeMounts')) {
    const name = checkText(add, mount, ['name']);
    if (name !== undefined && !volumes.has(name))
      add(valueAt(mount, 'name'), `it mounts the volume "${name}" and doesn't bring it`);
    const path = checkText(add, mount, ['mountPath']);
    if (path !== undefined && paths.has(path)) add(valueAt(mount, 'mountPath'), `${path} is mounted twice`);
    if (path !== undefined) paths.add(path);
    const subPath = textOf(mount, 'subPath');
    if (/^\/|(?:^|\/)\.\.(?:\/|$)/.test(subPath)) add(valueAt(mount, 'subPath'), 'subPath must stay in the volume');
    if (subPath !== '' && textOf(mount, 'subPathExpr') !== '') add(mount, 'a mount has either subPath or subPathExpr');
  }
}
