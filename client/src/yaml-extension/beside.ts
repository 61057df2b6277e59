import * as vscode from 'vscode';
import type { LanguageClient, Middleware } from 'vscode-languageclient/node';
import { type Given, givenFor, KUBERNETES_EXTENSION, nothingGiven, YAML_EXTENSION } from './given.ts';

const SETTING = 'podwire.besideYamlExtension';

/** What the schema tells, rather than the workspace. */
const structuralKinds: ReadonlySet<vscode.CompletionItemKind | undefined> = new Set([
  vscode.CompletionItemKind.Property,
  vscode.CompletionItemKind.Value,
  vscode.CompletionItemKind.Class,
]);

/**
 * Keeps Podwire to what Red Hat's YAML extension doesn't give for the same document, so that nothing stands there
 * twice: that one knows fields, Podwire knows what they are wired to.
 *
 * @param client asked only once the server runs
 */
export function besideYamlExtension(client: () => LanguageClient | undefined): Middleware {
  return {
    provideCompletionItem: async (document, position, context, token, next) => {
      const answer = await next(document, position, context, token);
      if (!answer || !givenIn(document).completion) return answer;
      const isOwn = ({ kind }: vscode.CompletionItem): boolean => !structuralKinds.has(kind);
      if (Array.isArray(answer)) return answer.filter(isOwn);
      return new vscode.CompletionList(answer.items.filter(isOwn), answer.isIncomplete);
    },
    provideHover: async (document, position, token, next) => {
      const running = givenIn(document).hover ? client() : undefined;
      if (!running) return await next(document, position, token);
      const params = running.code2ProtocolConverter.asTextDocumentPositionParams(document, position);
      const answer = await running.sendRequest<Parameters<typeof running.protocol2CodeConverter.asHover>[0]>(
        'podwire/wiringHover',
        params,
        token,
      );
      return running.protocol2CodeConverter.asHover(answer);
    },
    provideDiagnostics: async (document, previousResultId, token, next) => {
      const uri = document instanceof vscode.Uri ? document : document.uri;
      const open = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
      const { diagnostics } = open ? givenIn(open) : nothingGiven;
      if (diagnostics.size === 0) return await next(document, previousResultId, token);
      // What was there before this file was opened had nothing taken out.
      const report = await next(document, undefined, token);
      if (report?.kind !== 'full') return report;
      return { ...report, items: report.items.filter((item) => !diagnostics.has(codeOf(item))) };
    },
  };
}

/** Tells once what Podwire leaves to the other extension, and starts anew where that changes. */
export function watchYamlExtension(output: vscode.LogOutputChannel, restart: () => Promise<void>): vscode.Disposable {
  let before = signature();
  tell(output);
  const look = (): void => {
    const now = signature();
    if (now === before) return;
    before = now;
    tell(output);
    restart().catch((error: unknown) => output.error(String(error)));
  };
  return vscode.Disposable.from(
    vscode.extensions.onDidChange(look),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('yaml') || event.affectsConfiguration(SETTING)) look();
    }),
  );
}

function tell(output: vscode.LogOutputChannel): void {
  if (!vscode.extensions.getExtension(YAML_EXTENSION)) return;
  output.info(
    isComplementing()
      ? vscode.l10n.t(
          'Red Hat’s YAML extension is installed. Podwire leaves to it what it gives: errors of syntax and duplicate keys, and, in files to which its settings give the schema of Kubernetes, fields and their values, types and documentation. Setting {0} changes that.',
          SETTING,
        )
      : vscode.l10n.t('Red Hat’s YAML extension is installed. Podwire gives everything all the same ({0}).', SETTING),
  );
}

const isComplementing = (): boolean => vscode.workspace.getConfiguration().get(SETTING) !== 'everything';

function givenIn(document: vscode.TextDocument): Given {
  if (!vscode.extensions.getExtension(YAML_EXTENSION) || !isComplementing()) return nothingGiven;
  const yaml = vscode.workspace.getConfiguration('yaml', document.uri);
  const setup = {
    validate: yaml.get('validate') !== false,
    hover: yaml.get('hover') !== false,
    completion: yaml.get('completion') !== false,
    schemas: yaml.get('schemas'),
    everyManifest: vscode.extensions.getExtension(KUBERNETES_EXTENSION) !== undefined,
  };
  return givenFor(setup, document.uri.path, document.getText());
}

function signature(): string {
  const installed = [YAML_EXTENSION, KUBERNETES_EXTENSION].map(
    (id) => vscode.extensions.getExtension(id) !== undefined,
  );
  if (installed[0] !== true) return '';
  const yaml = vscode.workspace.getConfiguration('yaml');
  const settings = ['validate', 'hover', 'completion', 'schemas'].map((name) => yaml.get<unknown>(name));
  return JSON.stringify([installed, isComplementing(), settings]);
}

function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}
