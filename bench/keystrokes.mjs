// Typing, as a program: places in the generated files, and what one person types there, a character at a time.
import { OPEN_FILE, SHARED_FILE } from './generate.mjs';

/** Where is typed. `behind` is unique text in the file; the cursor stands behind it. */
export const EDITS = [
  { name: 'image tag', file: OPEN_FILE, behind: 'image: registry.example.com/shop/orders:1.0.0' },
  { name: 'key of a ConfigMap in env', file: OPEN_FILE, behind: 'key: FEATURE_FLAGS' },
  { name: "pod template's label", file: OPEN_FILE, behind: '      labels:\n        app.kubernetes.io/name: orders' },
  { name: "ConfigMap's key", file: OPEN_FILE, behind: '\n  LOG_LEVEL' },
  { name: "Secret's name", file: OPEN_FILE, behind: 'kind: Secret\nmetadata:\n  name: orders-secrets' },
  { name: 'new key, half typed', file: OPEN_FILE, behind: 'terminationGracePeriodSeconds: 30\n      ' },
  { name: "ConfigMap's key, its name known in every namespace", file: SHARED_FILE, behind: '\n  REGION' },
];

/** Where is typed and then asked for completion. `before` is put behind the place first. */
export const COMPLETIONS = [
  { name: 'field of a container', behind: 'imagePullPolcy: IfNotPresent', before: '\n          ' },
  { name: 'value of an enum', behind: 'restartPolicy: OnFailure' },
  { name: 'key of a ConfigMap', behind: 'key: FEATURE_FLAGS' },
  { name: 'name of a ConfigMap', behind: 'configMapRef:\n                name: orders-config' },
  { name: 'name of a volume', behind: 'volumeMounts:\n            - name: settings' },
  { name: "label in a Service's selector", behind: '\n  selector:\n    app.kubernetes.io/name: orders' },
];

const TYPED = 'xy';

/** The offset behind the first occurrence of a text. Throws where there is none: the generator has changed. */
export function offsetBehind(text, behind) {
  const at = text.indexOf(behind);
  if (at < 0) throw new Error(`the generated file has no ${JSON.stringify(behind)}`);
  return at + behind.length;
}

/**
 * Types characters and deletes them again, endlessly; each press is one key.
 *
 * @param {string} text the file as it is
 * @param {number} offset where the cursor stands
 */
export function typist(text, offset) {
  const head = text.slice(0, offset);
  const tail = text.slice(offset);
  const line = head.split('\n').length - 1;
  const column = offset - (head.lastIndexOf('\n') + 1);
  const positionAt = (typed) => ({ line, character: column + typed });
  let typed = '';
  let growing = true;
  return {
    /** Returns the new text, the cursor as an offset and as LSP has it, and the change as LSP has it. */
    press() {
      if (typed.length === TYPED.length) growing = false;
      else if (typed.length === 0) growing = true;
      const before = typed.length;
      typed = TYPED.slice(0, before + (growing ? 1 : -1));
      const range = { start: positionAt(Math.min(before, typed.length)), end: positionAt(before) };
      return {
        text: head + typed + tail,
        cursor: offset + typed.length,
        position: positionAt(typed.length),
        change: { range, text: typed.slice(before) },
      };
    },
  };
}
