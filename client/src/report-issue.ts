import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { YAML_EXTENSION } from './yaml-extension/given.ts';

/** Opens VS Code's own form, with versions and settings that have a say, and nothing of what the workspace holds. */
export async function reportIssue(client: LanguageClient, extension: vscode.Extension<unknown>): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openIssueReporter', {
    extensionId: extension.id,
    issueBody: issueBody(client, extension),
  });
}

function issueBody(client: LanguageClient, extension: vscode.Extension<unknown>): string {
  const settings = vscode.workspace.getConfiguration('podwire', null);
  const beside = vscode.extensions.getExtension(YAML_EXTENSION);
  const facts = [
    ['Podwire', versionOf(extension)],
    ['server', client.initializeResult?.serverInfo?.version ?? 'not running'],
    [
      'VS Code',
      `${vscode.version} (${vscode.env.appName}${vscode.env.remoteName ? `, ${vscode.env.remoteName}` : ''})`,
    ],
    ['system', `${process.platform} ${process.arch}, Node ${process.versions.node}`],
    ['target release', String(settings.get('kubernetesVersion'))],
    ['workspace folders', String(vscode.workspace.workspaceFolders?.length ?? 0)],
    ['Red Hat YAML', beside ? versionOf(beside) : 'not installed'],
  ];
  return `${vscode.l10n.t('What happened, and what did you expect?')}\n\n\n${vscode.l10n.t('A manifest that shows it, if you can share one:')}\n\n\`\`\`yaml\n\`\`\`\n\n---\n\n${facts.map(([name, value]) => `- ${name}: ${value}\n`).join('')}`;
}

function versionOf({ packageJSON }: vscode.Extension<unknown>): string {
  const { version } = packageJSON as { readonly version?: unknown };
  return typeof version === 'string' ? version : '?';
}
