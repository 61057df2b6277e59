import type {
  EffectivePodAnswer,
  PreviewedLine,
  PreviewLayer,
  ProtocolLocation,
} from '../../../server/src/lsp/protocol.ts';

/** A read-only text, and what is known of each of its lines. */
export interface ShownText {
  readonly text: string;
  readonly lines: readonly ShownLine[];
}

export interface ShownLine {
  readonly text: string;
  /** Who has added the line, where that is not the author. */
  readonly note?: string;
  /** Where it comes from. */
  readonly location?: ProtocolLocation;
  /** The part of the text that names that place, for a link. */
  readonly link?: { readonly start: number; readonly end: number };
}

/** Of the pod that is shown: its name and its layers on top, then what is to be said of it, then the pod. */
export function effectiveText(answer: EffectivePodAnswer, layers: readonly PreviewLayer[]): ShownText {
  const how = layers.length === 0 ? 'as it is written' : `as it will run (${layers.join(', ')})`;
  return shown([comment(`${titleOf(answer)} ${how}`), ...notesOf(answer), ...answer.lines]);
}

/** The same for a comparison, where nothing stands on top that isn't to be said. */
export const comparedText = (answer: EffectivePodAnswer): ShownText => shown([...notesOf(answer), ...answer.lines]);

export const writtenText = (answer: EffectivePodAnswer): ShownText => shown(answer.written);

/** Something else than a pod: why there is none, or why it may not be the present one. */
export function messageText(message: string, rest: ShownText | undefined): ShownText {
  // Who added what to a pod of the past, nobody can be asked.
  const below = rest?.lines.map(({ text }): ShownLine => ({ text })) ?? [];
  return shown([...wrapped(message).map(comment), ...below]);
}

/** `Deployment web`. */
export const titleOf = ({ kind, name }: Pick<EffectivePodAnswer, 'kind' | 'name'>): string =>
  name === '' ? kind : `${kind} ${name}`;

/** `preset.yaml:7`. */
export function placeText({ uri, range }: ProtocolLocation): string {
  const file = uri.slice(uri.lastIndexOf('/') + 1);
  return `${decoded(file)}:${range.start.line + 1}`;
}

const heads = { conflict: 'CONFLICT: ', refused: 'REFUSED: ', note: 'Note: ' } as const;

/** Conflicts first: with one, all that stands below is without its presets. */
function notesOf({ notes }: EffectivePodAnswer): readonly ShownLine[] {
  const sorted = [...notes].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return sorted.flatMap(({ kind, message, location }) => {
    const place = location ? placeText(location) : '';
    const lines = wrapped(`${heads[kind]}${message}${place === '' ? '' : ` (${place})`}`).map(comment);
    return lines.map((line): ShownLine => {
      const start = place === '' ? -1 : line.text.lastIndexOf(place);
      const isLast = line === lines.at(-1);
      return {
        ...line,
        ...(location && { location }),
        ...(isLast && start >= 0 && { link: { start, end: start + place.length } }),
      };
    });
  });
}

const order = ['conflict', 'refused', 'note'] as const;

const comment = (text: string): ShownLine => ({ text: `# ${text}` });

const shown = (lines: readonly (ShownLine | PreviewedLine)[]): ShownText => ({
  text: lines.map(({ text }) => `${text}\n`).join(''),
  lines,
});

const width = 100;

/** A sentence in lines, cut at blanks; names with line ends in them stay in one. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + word.length >= width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
