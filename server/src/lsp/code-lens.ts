import type { CodeLens, CodeLensParams, Command } from 'vscode-languageserver/node';
import type { CodeLens as Lens, LensText } from '../engine.ts';
import { rangeOf, toLocations } from './convert.ts';
import { guard } from './guard.ts';
import type { ShowEffectivePodArguments, ShowPlacesArguments } from './protocol.ts';
import { Redelivery } from './redelivery.ts';
import { type Session, type Target, target } from './session.ts';

/** What is kept with a lens until the client asks what it says. */
interface LensData {
  readonly uri: string;
  readonly lens: Lens;
}

/** `textDocument/codeLens` says where lenses are, `codeLens/resolve` what those in sight say. */
export function serveCodeLens(session: Session): Redelivery {
  const { connection, client } = session;
  /** What the lenses of each file say that were asked for since the client has asked where they are. */
  const told = new Map<string, { readonly where: string; readonly texts: Map<string, LensText | undefined> }>();
  const lensesOf = ({ uri, snapshot }: Target): readonly Lens[] =>
    snapshot
      .codeLenses(uri)
      .filter(({ leadsTo }) => leadsTo !== 'show-effective-pod' || client.showEffectivePodCommand !== undefined);
  const redelivery = new Redelivery(session, {
    method: 'workspace/codeLens/refresh',
    supported: client.codeLensRefresh,
    refresh: () => connection.sendRequest('workspace/codeLens/refresh'),
    now(uri) {
      const file = target(session, uri);
      if (file === undefined) return undefined;
      const asked = [...(told.get(uri)?.texts.keys() ?? [])];
      const texts = asked.map((lens) => [lens, file.snapshot.codeLensText(uri, JSON.parse(lens) as Lens)] as const);
      return describe(JSON.stringify(lensesOf(file)), new Map(texts));
    },
    closed: (uri) => void told.delete(uri),
  });
  connection.onCodeLens(
    guard<CodeLensParams, CodeLens[]>(session, 'textDocument/codeLens', [], ({ textDocument }) => {
      const file = target(session, textDocument.uri);
      if (file === undefined) return [];
      const lenses = lensesOf(file);
      const answer = { where: JSON.stringify(lenses), texts: new Map<string, LensText | undefined>() };
      told.set(file.uri, answer);
      redelivery.delivered(file.uri, describe(answer.where, answer.texts));
      return lenses.map((lens): CodeLens => {
        const data: LensData = { uri: textDocument.uri, lens };
        return { range: rangeOf(session, file.uri, file.text, lens.span), data };
      });
    }),
  );
  connection.onCodeLensResolve(
    guardResolve(session, (lens) => {
      const { uri: clientUri, lens: asked } = lens.data as LensData;
      const file = target(session, clientUri);
      const text = file?.snapshot.codeLensText(file.uri, asked);
      const answer = file && told.get(file.uri);
      if (answer) {
        answer.texts.set(JSON.stringify(asked), text);
        redelivery.delivered(file.uri, describe(answer.where, answer.texts));
      }
      return { ...lens, command: file && text ? commandOf(session, file, clientUri, lens, text) : nothing };
    }),
  );
  return redelivery;
}

const describe = (where: string, texts: ReadonlyMap<string, LensText | undefined>): string =>
  `${where} ${JSON.stringify([...texts])}`;

/** A lens without a command has not been resolved. */
const nothing: Command = { title: '', command: '' };

/** A lens that can't be resolved says nothing. */
const guardResolve = (session: Session, resolve: (lens: CodeLens) => CodeLens) =>
  guard<CodeLens, CodeLens>(
    session,
    'codeLens/resolve',
    { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, command: nothing },
    resolve,
  );

function commandOf(session: Session, file: Target, uri: string, { range }: CodeLens, text: LensText): Command {
  const { title, action } = text;
  const { showPlacesCommand, showEffectivePodCommand } = session.client;
  if (action?.does === 'show-places' && showPlacesCommand !== undefined) {
    const places = toLocations(session, file.snapshot, action.places);
    const values: ShowPlacesArguments = [uri, range.start, places];
    return { title, command: showPlacesCommand, arguments: [...values] };
  }
  if (action?.does === 'show-effective-pod' && showEffectivePodCommand !== undefined) {
    const values: ShowEffectivePodArguments = [uri, range.start];
    return { title, command: showEffectivePodCommand, arguments: [...values] };
  }
  return { title, command: '' };
}
