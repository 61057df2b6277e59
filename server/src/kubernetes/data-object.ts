import { type MapData, mapAt, type Origin } from '../base/data.ts';

/** A ConfigMap or a Secret, as its readers see it. */
export interface DataObject {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly keys: ReadonlyMap<string, DataEntry>;
  /** Somebody else makes the object, or adds to it: what it lacks proves nothing. */
  readonly open: boolean;
  readonly origin: Origin;
}

export interface DataEntry {
  /** Undefined for bytes that are no text. */
  readonly text: string | undefined;
  readonly origin: Origin;
}

/** Looks objects up in the pod's namespace; undefined for what the workspace doesn't hold. */
export type Objects = (kind: 'ConfigMap' | 'Secret', name: string) => DataObject | undefined;

/** What a manifest of a ConfigMap or Secret holds; `stringData` is written over `data`. */
export function dataObject(kind: DataObject['kind'], name: string, value: MapData): DataObject {
  const keys = new Map<string, DataEntry>();
  const read = (field: string, decode: (text: string) => string | undefined): void => {
    for (const [key, entry] of mapAt(value, field)?.entries ?? []) {
      const text = entry.type === 'scalar' && entry.value !== null ? decode(String(entry.value)) : '';
      keys.set(key, { text, origin: entry.origin });
    }
  };
  if (kind === 'ConfigMap') {
    read('data', (text) => text);
    read('binaryData', () => undefined);
  } else {
    read('data', fromBase64);
    read('stringData', (text) => text);
  }
  return { kind, name, keys, open: false, origin: value.origin };
}

/** The UTF-8 text that base64 stands for; undefined where it is no base64, or the bytes are no text. */
export function fromBase64(text: string): string | undefined {
  const digits = text.replace(/\s+/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(digits)) return undefined;
  try {
    const bytes = Uint8Array.from(atob(digits), (c) => c.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
