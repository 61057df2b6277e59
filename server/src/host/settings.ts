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
  return { settings: { kubernetesVersion, rules, externalResources }, problems };
}

/** "1.36" from "1.36", "v1.36" or "1.36.2"; undefined for anything else. */
export function parseKubernetesVersion(text: string): string | undefined {
  const version = /^v?(\d{1,3})\.(\d{1,3})(?:\.\d+)?(?:[-+].*)?$/.exec(text.trim());
  return version === null ? undefined : `${Number(version[1])}.${Number(version[2])}`;
}

const severities = ['error', 'warning', 'information', 'hint', 'off'] as const;

function parseVersionSetting(value: unknown, problems: string[]): string {
  if (value === undefined || value === null || value === '') return defaultSettings.kubernetesVersion;
  const version = typeof value === 'string' ? parseKubernetesVersion(value) : undefined;
  if (version !== undefined) return version;
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

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
