import * as vscode from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import { openExample } from './example.ts';
import { registerPlaces } from './places.ts';
import { registerPreview } from './preview/preview.ts';
import { reportIssue } from './report-issue.ts';
import { registerSecrets } from './secrets.ts';
import { ServerLife } from './server-life.ts';
import { registerSnippets } from './snippets.ts';
import { registerStatus } from './status.ts';
import { besideYamlExtension, watchYamlExtension } from './yaml-extension/beside.ts';

const SELECTOR = [
  { language: 'yaml', scheme: 'file' },
  { language: 'yaml', scheme: 'untitled' },
  { language: 'yaml', scheme: 'vscode-remote' },
] as const;

let client: LanguageClient | undefined;

/** Starts the language server; VS Code calls this when the first YAML file opens, or for a command. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('Podwire', { log: true });
  const life = new ServerLife();
  const languageClient = createClient(context, output, life);
  const restart = (): Promise<void> => life.restart(languageClient);
  const { extension } = context;
  client = languageClient;
  context.subscriptions.push(
    output,
    registerSecrets(languageClient),
    registerSnippets(languageClient),
    registerPlaces(languageClient),
    registerPreview(languageClient, context.workspaceState),
    registerStatus(languageClient, releasesOf(extension)),
    watchYamlExtension(output, restart),
    vscode.commands.registerCommand('podwire.restartServer', restart),
    vscode.commands.registerCommand('podwire.showOutput', () => output.show()),
    vscode.commands.registerCommand('podwire.reportIssue', () => reportIssue(languageClient, extension)),
    vscode.commands.registerCommand('podwire.openExample', () => openExample(extension.extensionUri)),
    vscode.commands.registerCommand('podwire.getStarted', () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extension.id}#getStarted`, false),
    ),
  );
  // For the conditions under which commands are offered.
  void vscode.commands.executeCommand('setContext', 'podwire.isActive', true);
  // The client itself reports a server that doesn't start; the commands must outlive that, for another try.
  await languageClient.start().catch(() => {});
}

/** Stops the server; VS Code waits for it a few seconds. */
export async function deactivate(): Promise<void> {
  await client?.dispose();
  client = undefined;
}

function createClient(
  context: vscode.ExtensionContext,
  output: vscode.LogOutputChannel,
  errorHandler: ServerLife,
): LanguageClient {
  const module = context.asAbsolutePath('dist/server.js');
  // The same transport that every other LSP client uses, so that the protocol tests cover it.
  const run = { module, transport: TransportKind.stdio };
  const server: ServerOptions = { run, debug: { ...run, options: { execArgv: ['--enable-source-maps'] } } };
  const options: LanguageClientOptions = {
    documentSelector: [...SELECTOR],
    outputChannel: output,
    traceOutputChannel: output,
    // Nobody who types wants a panel to open.
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    errorHandler,
    middleware: besideYamlExtension(() => client),
    // Changed settings and files it hears of as every client's server does: by what it registers itself.
    initializationOptions: initializationOptions(),
  };
  return new LanguageClient('podwire', 'Podwire', server, options);
}

/** The releases that the setting knows, newest first. */
function releasesOf({ packageJSON }: vscode.Extension<unknown>): readonly string[] {
  const { contributes } = packageJSON as {
    contributes: { configuration: { properties: { 'podwire.kubernetesVersion': { enum: readonly string[] } } } };
  };
  return [...contributes.configuration.properties['podwire.kubernetesVersion'].enum].reverse();
}

/** The settings, for the time before the server can ask for them, and what opens the suggestions behind `key: `. */
function initializationOptions(): object {
  const settings = vscode.workspace.getConfiguration('podwire', null);
  return {
    kubernetesVersion: settings.get('kubernetesVersion'),
    rules: settings.get('rules'),
    externalResources: settings.get('externalResources'),
    codeLens: settings.get('codeLens'),
    inlayHints: settings.get('inlayHints'),
    revealCommand: 'podwire.revealSecret',
    showEffectivePodCommand: 'podwire.showEffectivePod',
    notifyChanges: true,
    showPlacesCommand: 'podwire.showPlaces',
    retriggerCommand: 'editor.action.triggerSuggest',
  };
}
