import type { Span } from '../../base/span.ts';
import type { TextEdit } from '../../base/text-edit.ts';
import type { ApiModel, ObjectSchema } from '../../schema/api-model.ts';
import { type Line, readLines } from '../../syntax/lines.ts';
import type { Severity } from '../rule-types.ts';
import { type Layout, layOut } from './layout.ts';

/** Something that keeps a manifest from being read as it is meant. Offsets count from the text's start. */
export interface Fault {
  readonly span: Span;
  readonly message: string;
  readonly severity?: Severity;
  /** Whatever else is out of place in the document is a consequence of it. */
  readonly isWhole?: true;
  /** What mends it; the first is what the rest of the document is judged by, and the only one that is applied unasked. */
  readonly repairs: readonly { readonly title: string; readonly edits: readonly TextEdit[] }[];
}

/** A manifest's text on its way to being read. */
export class RepairSource {
  readonly text: string;
  /** The parser can't read the original. */
  readonly broken: boolean;
  readonly model: ApiModel;
  #lines: readonly Line[] | undefined;
  #layout: Layout | 'none' | undefined;

  constructor(text: string, broken: boolean, model: ApiModel) {
    this.text = text;
    this.broken = broken;
    this.model = model;
  }

  get lines(): readonly Line[] {
    this.#lines ??= readLines(this.text);
    return this.#lines;
  }

  /** Lines with something to read that don't go on with a value from above. */
  get content(): readonly Line[] {
    return this.lines.filter(({ type, within }) => type === 'content' && within === undefined);
  }

  /** Undefined where the document is of no kind that is known. */
  get schema(): ObjectSchema | undefined {
    const apiVersion = firstValue(this.text, 'apiVersion');
    const kind = firstValue(this.text, 'kind');
    if (apiVersion === undefined || kind === undefined) return undefined;
    return (this.model.find(apiVersion, kind) ?? this.model.named(kind)[0])?.schema;
  }

  /** How the lines belong together by the schema; undefined where nothing is known of them. */
  get layout(): Layout | undefined {
    if (this.#layout === undefined) {
      const schema = this.schema;
      this.#layout = (schema && layOut(this.text, this.lines, schema)) ?? 'none';
    }
    return this.#layout === 'none' ? undefined : this.#layout;
  }
}

/** The first value of a key that stands in a line of its own, however the line is indented. */
function firstValue(text: string, key: string): string | undefined {
  return new RegExp(`^[^\\S\\n]*${key}:[^\\S\\n]*["']?([\\w./-]+)`, 'm').exec(text)?.[1];
}
