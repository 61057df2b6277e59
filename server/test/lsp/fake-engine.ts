import type { Span } from '../../src/base/span.ts';
import type { Change, CodeAction, Settings, Snapshot } from '../../src/engine.ts';
import type { WorkspaceEngine } from '../../src/lsp/workspaces.ts';
import type { Diagnostic, FileEdit } from '../../src/rules/rule-types.ts';

/**
 * A toy with the engine's interface: a line `def: x` defines a name, a line `use: x` needs it somewhere in the
 * workspace. A file with `CHOKE` makes `apply` throw, one with `TRAP` every question about it.
 */
export class FakeEngine implements WorkspaceEngine {
  readonly applied: Change[] = [];
  settings: Partial<Settings> = {};
  readonly #disk = new Map<string, string>();
  readonly #open = new Map<string, string>();

  configure(settings: Partial<Settings>): void {
    this.settings = settings;
  }

  apply(changes: readonly Change[]): void {
    for (const change of changes) {
      if ('text' in change && change.text.includes('CHOKE')) throw new TypeError(change.text);
      this.applied.push(change);
      if (change.type === 'edit') this.#open.set(change.uri, change.text);
      else if (change.type === 'disk') this.#disk.set(change.uri, change.text);
      else if (change.type === 'close') this.#open.delete(change.uri);
      else this.#disk.delete(change.uri);
    }
  }

  snapshot(): Snapshot {
    const texts = new Map([...this.#disk, ...this.#open]);
    const text = (uri: string): string | undefined => texts.get(uri);
    const words = (uri: string, verb: string): { word: string; span: Span }[] => {
      const found = text(uri) ?? '';
      if (found.includes('TRAP')) throw new TypeError(found);
      return [...found.matchAll(new RegExp(`^${verb}: (\\S+)`, 'gm'))].map((match) => {
        const start = match.index + verb.length + 2;
        return { word: match[1] ?? '', span: { start, end: start + (match[1] ?? '').length } };
      });
    };
    const files = [...texts.keys()].sort();
    const safe = files.filter((uri) => !text(uri)?.includes('TRAP'));
    const defined = new Set(safe.flatMap((uri) => words(uri, 'def').map(({ word }) => word)));
    const severity = this.settings.rules?.['missing-name'] ?? 'error';
    const diagnostics = (uri: string): readonly Diagnostic[] =>
      severity === 'off'
        ? []
        : words(uri, 'use')
            .filter(({ word }) => !defined.has(word))
            .map(({ word, span }) => ({
              span,
              severity,
              code: 'missing-name',
              message: `${word} is not defined`,
              related: [],
              tags: ['unnecessary'],
            }));
    const at = (uri: string, offset: number): { word: string; span: Span } | undefined =>
      [...words(uri, 'use'), ...words(uri, 'def')].find(({ span }) => span.start <= offset && offset <= span.end);
    const places = (word: string, verb: string): { uri: string; span: Span }[] =>
      safe.flatMap((uri) => words(uri, verb).flatMap((w) => (w.word === word ? [{ uri, span: w.span }] : [])));
    const fix = (uri: string, word: string): FileEdit => {
      const end = text(uri)?.length ?? 0;
      return { uri, span: { start: end, end }, newText: `\ndef: ${word}` };
    };
    return {
      files: () => files,
      text,
      resourceCount: (uri) => (uri === undefined ? texts.size : texts.has(uri) ? 1 : 0),
      diagnostics,
      diagnosticsVersion: (uri) =>
        `${text(uri)?.length}.${text(uri)?.includes('TRAP') ? '' : JSON.stringify(diagnostics(uri))}`,
      completion: (uri, offset) =>
        [...defined].map((word) => {
          const span = at(uri, offset)?.span ?? { start: offset, end: offset };
          return {
            label: word,
            kind: 'reference',
            detail: 'a name',
            documentation: `**${word}**`,
            deprecated: word === 'old',
            sortText: word,
            filterText: word,
            span,
            newText: `\${1:${word}}$0`,
            also: [],
            retrigger: true,
          };
        }),
      snippets: (uri, offset) => {
        const end = offset ?? 0;
        const here = {
          ...{
            label: 'k8s-def',
            kind: 'snippet' as const,
            detail: '',
            documentation: '',
            deprecated: false,
            sortText: '',
          },
          ...{ filterText: '', span: { start: end, end }, newText: 'def: ${1:a}$0', retrigger: false },
          also: [{ span: { start: 0, end: 0 }, newText: 'def: b\n' }],
        };
        const known = offset !== undefined && text(uri) !== undefined;
        const choice = { prefix: 'k8s-def', title: 'Def', description: 'defines', preview: 'def: a', place: 'a file' };
        return [{ ...choice, here: known ? here : undefined, document: 'def: ${1:a}$0' }];
      },
      hover: (uri, offset) => {
        const found = at(uri, offset);
        return found && { span: found.span, contents: `name **${found.word}**`, wiring: '' };
      },
      definition: (uri, offset) => places(at(uri, offset)?.word ?? '', 'def'),
      references: (uri, offset, includeDeclaration) => [
        ...(includeDeclaration ? places(at(uri, offset)?.word ?? '', 'def') : []),
        ...places(at(uri, offset)?.word ?? '', 'use'),
      ],
      highlights: (uri, offset) => {
        const word = at(uri, offset)?.word;
        const of = (verb: string, kind: 'read' | 'write'): { span: Span; kind: 'read' | 'write' }[] =>
          words(uri, verb).flatMap((w) => (w.word === word ? [{ span: w.span, kind }] : []));
        return [...of('def', 'write'), ...of('use', 'read')];
      },
      prepareRename: (uri, offset) => {
        const found = at(uri, offset);
        if (found === undefined) return undefined;
        return found.word === 'fixed' ? { refused: 'fixed stays' } : { span: found.span, text: found.word };
      },
      rename: (uri, offset, newName) => {
        const word = at(uri, offset)?.word ?? '';
        if (/\s/.test(newName)) return { refused: 'a name has no spaces' };
        const all = [...places(word, 'def'), ...places(word, 'use')];
        return { edits: all.map((place) => ({ ...place, newText: newName })) };
      },
      codeLenses: (uri) => words(uri, 'def').map(({ span }) => ({ kind: 'uses', span })),
      codeLensText(uri, lens) {
        const word = words(uri, 'def').find(({ span }) => span.start === lens.span.start)?.word;
        if (word === undefined) return undefined;
        const found = places(word, 'use');
        return { title: `used by ${found.length}`, action: { does: 'show-places', places: found } };
      },
      inlayHints: (uri, sight) =>
        words(uri, 'use')
          .filter(({ span }) => span.start >= sight.start && span.end <= sight.end)
          .map(({ word, span }) => {
            const [location] = places(word, 'def');
            return { offset: span.end, apart: true, parts: [{ text: location ? 'here' : 'nowhere', location }] };
          }),
      outline: () => [],
      workspaceSymbols: () => [],
      folds: () => [],
      documentLinks: () => [],
      selectionRanges: () => [],
      secretActions: () => [],
      hiddenSecret: () => undefined,
      semanticTokens: (uri) =>
        words(uri, 'use').map(({ word, span }) => ({
          span,
          type: 'reference',
          unresolved: !defined.has(word),
          declaration: false,
        })),
      codeActions: (uri, span): readonly CodeAction[] =>
        diagnostics(uri)
          .filter((diagnostic) => diagnostic.span.start <= span.end && span.start <= diagnostic.span.end)
          .map((diagnostic) => {
            const word = diagnostic.message.split(' ')[0] ?? '';
            const fixes = { title: `Define ${word}`, preferred: true, edits: [fix(uri, word)] };
            return { ...fixes, diagnostics: [diagnostic], silences: false };
          }),
      upgradeAll: () => files.flatMap((uri) => words(uri, 'old').map(({ span }) => ({ uri, span, newText: 'newer' }))),
      fixAll: (uri) => ({
        edits: diagnostics(uri).map((diagnostic) => fix(uri, diagnostic.message.split(' ')[0] ?? '')),
        steps: diagnostics(uri).map(({ code }) => ({ code, title: 'Define it', uri })),
      }),
      refactorings: () => [],
      podResources: () => [],
      preview: () => undefined,
      containerView: () => undefined,
    };
  }
}
