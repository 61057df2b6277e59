import type { VersionOf } from './patch-target.ts';
import { noTemplates, type TemplatesOf } from './pod-templates.ts';

/** What the extraction of facts asks the schemas, as far as they are known at the time. */
export interface Schemas {
  readonly templates: TemplatesOf;
  readonly versionOf: VersionOf;
}

/** Nothing is known: what needs no schema is found all the same. */
export const noSchemas: Schemas = { templates: noTemplates, versionOf: () => undefined };
