/** A release of Kubernetes by its minor number: 36 is 1.36. There is no other major version. */
export type Release = number;

/** The releases that the API model knows. */
export const oldestRelease: Release = 16;
export const newestRelease: Release = 36;

/** 36 from "1.36" or "v1.36.2"; undefined for any other text. */
export function parseRelease(text: string): Release | undefined {
  const match = /^v?1\.(\d{1,3})(?:\.\d+)?(?:[-+].*)?$/.exec(text.trim());
  return match ? Number(match[1]) : undefined;
}

export const releaseName = (release: Release): string => `1.${release}`;

/** The releases that serve something: from the first to the last; undefined where there is none before, or no end yet. */
export interface Lifetime {
  readonly since: Release | undefined;
  readonly until: Release | undefined;
}

export const isServed = ({ since, until }: Lifetime, release: Release): boolean =>
  (since === undefined || since <= release) && (until === undefined || release <= until);
