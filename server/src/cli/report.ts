import type { Finding } from './findings.ts';

/** What a check came to; the formats turn it into text. */
export interface Report {
  readonly files: number;
  readonly resources: number;
  /** By file, then by position. */
  readonly findings: readonly Finding[];
}
