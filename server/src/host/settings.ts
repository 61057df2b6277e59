import { newestRelease, oldestRelease, parseRelease, releaseName } from '../base/release.ts';
import type { Settings } from '../engine.ts';

export interface ParsedSettings {
  /** Complete: what was missing or wrong has its default. */
  readonly settings: Settings;
  /** A sentence for each value that was not understood. */
  readonly problems: readonly string[];
}

export const defaultSettings: Settings = {
  kubernetesVersion: '1.36',
  rules: {},
  externalResources: [],
  codeLens: {},
  inlayHints: {},
};

/**
 * Reads the `podwire` section of an editor's settings. Takes any JSON; null and undefined stand for the defaults,
 * keys that it doesn't know are the editor's own. Never throws.
 */
export function parseSettings(json: unknown): ParsedSettings {
  if (json === undefined || json === null) return { settings: defaultSettings, problems: [] };
  if (!isObject(json))
    return {
      settings: defaultSettings,
      problems: ['podwire: expected an object'],
    };
  const problems: string[] = [];
  const kubernetesVersion = parseVersionSetting(json['kubernetesVersion'], problems);
  const rules = parseRules(json['rules'], problems);
  const externalResources = parsePatterns(json['externalResources'], problems);
  const codeLens = parseSwitches('codeLens', json, problems);
  const inlayHints = parseSwitches('inlayHints', json, problems);
  return { settings: { kubernetesVersion, rules, externalResources, codeLens, inlayHints }, problems };
}

/**
 * "1.36" from "1.36", "v1.36" or "1.36.2", and a sentence where no such release is known: `version` is the nearest then.
 * Undefined for what is no release at all.
 */
export function parseKubernetesVersion(
  text: string,
): { readonly version: string; readonly problem?: string } | undefined {
  const release = parseRelease(text);
  if (release === undefined) return undefined;
  const nearest = Math.max(oldestRelease, Math.min(release, newestRelease));
  if (nearest === release) return { version: releaseName(release) };
  const known = `${releaseName(oldestRelease)} to ${releaseName(newestRelease)}`;
  return { version: releaseName(nearest), problem: `Podwire knows Kubernetes ${known}, not ${releaseName(release)}` };
}

const severities = ['error', 'warning', 'information', 'hint', 'off'] as const;

function parseVersionSetting(value: unknown, problems: string[]): string {
  if (value === undefined || value === null || value === '') return defaultSettings.kubernetesVersion;
  const parsed = typeof value === 'string' ? parseKubernetesVersion(value) : undefined;
  if (parsed?.problem !== undefined)
    problems.push(`podwire.kubernetesVersion: ${parsed.problem}; the manifests are judged as for ${parsed.version}`);
  if (parsed !== undefined) return parsed.version;
  problems.push(`podwire.kubernetesVersion: expected a string such as "1.36", not ${shown(value)}`);
  return defaultSettings.kubernetesVersion;
}

function parseRules(value: unknown, problems: string[]): Settings['rules'] {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) {
    problems.push(`podwire.rules: expected an object of severities by rule, not ${shown(value)}`);
    return {};
  }
  const rules: [string, (typeof severities)[number]][] = [];
  for (const [id, given] of Object.entries(value)) {
    const severity = severities.find((s) => s === given);
    if (severity !== undefined) rules.push([id, severity]);
    else if (given !== null)
      problems.push(`podwire.rules.${id}: expected ${severities.join(', ')}, not ${shown(given)}`);
  }
  return Object.fromEntries(rules);
}

function parsePatterns(value: unknown, problems: string[]): readonly string[] {
  if (value === undefined || value === null) return [];
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.filter((item): item is string => {
    if (typeof item === 'string' && item !== '') return true;
    problems.push(`podwire.externalResources: expected a pattern such as "Secret/registry-*", not ${shown(item)}`);
    return false;
  });
}

function parseSwitches(
  name: 'codeLens' | 'inlayHints',
  json: Readonly<Record<string, unknown>>,
  problems: string[],
): Settings['codeLens'] {
  const value = json[name];
  if (value === undefined || value === null) return {};
  if (!isObject(value)) {
    problems.push(`podwire.${name}: expected an object of switches, not ${shown(value)}`);
    return {};
  }
  const switches: [string, boolean][] = [];
  for (const [id, given] of Object.entries(value)) {
    if (typeof given === 'boolean') switches.push([id, given]);
    else if (given !== null) problems.push(`podwire.${name}.${id}: expected true or false, not ${shown(given)}`);
  }
  return Object.fromEntries(switches);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
