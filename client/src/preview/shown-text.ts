import type {
  EffectivePodAnswer,
  PreviewedLine,
  PreviewLayer,
  ProtocolLocation,
} from '../../../server/src/lsp/protocol.ts';
import type { Translate } from '../translate.ts';

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
export function effectiveText(answer: EffectivePodAnswer, layers: readonly PreviewLayer[], t: Translate): ShownText {
  const head =
    layers.length === 0
      ? t('{0} as it is written', titleOf(answer))
      : t('{0} as it will run ({1})', titleOf(answer), layers.join(', '));
  return shown([comment(head), ...notesOf(answer, t), ...answer.lines]);
}

/** The same for a comparison, where nothing stands on top that isn't to be said. */
export const comparedText = (answer: EffectivePodAnswer, t: Translate): ShownText =>
  shown([...notesOf(answer, t), ...answer.lines]);

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

/** Conflicts first: with one, all that stands below is without its presets. */
function notesOf({ notes }: EffectivePodAnswer, t: Translate): readonly ShownLine[] {
  const heads = { conflict: t('CONFLICT'), refused: t('REFUSED'), note: t('Note') };
  const sorted = [...notes].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return sorted.flatMap(({ kind, message, location }) => {
    const place = location ? placeText(location) : '';
    const lines = wrapped(`${heads[kind]}: ${message}${place === '' ? '' : ` (${place})`}`).map(comment);
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
